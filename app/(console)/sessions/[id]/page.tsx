import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { SessionView } from "./session-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["sessions"]["get"]>(trpc.sessions.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/sessions/${id}`);
  const session = await read(readId(id));
  return { title: `Session ${session.id} on ${session.computerName ?? session.tenantName}` };
}

export default async function SessionPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/sessions/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <SessionView id={readId(id)} />
    </Hydrate>
  );
}
