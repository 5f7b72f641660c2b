import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { ComputerView } from "./computer-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["computers"]["get"]>(trpc.computers.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/computers/${id}`);
  return { title: (await read(readId(id))).name };
}

export default async function ComputerPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/computers/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <ComputerView id={readId(id)} />
    </Hydrate>
  );
}
