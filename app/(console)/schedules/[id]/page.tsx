import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { ScheduleView } from "./schedule-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["schedules"]["get"]>(trpc.schedules.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/schedules/${id}`);
  return { title: (await read(readId(id))).name };
}

export default async function SchedulePage({ params }: Props) {
  const { id } = await params;
  await openPage(`/schedules/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <ScheduleView id={readId(id)} />
    </Hydrate>
  );
}
