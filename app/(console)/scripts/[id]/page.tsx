import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, prefetch, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { ScriptView } from "./script-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["scripts"]["get"]>(trpc.scripts.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/scripts/${id}`);
  return { title: (await read(readId(id))).name };
}

export default async function ScriptPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/scripts/${id}`);
  const script = await read(readId(id));
  await prefetch(trpc.scripts.versions.queryOptions({ id: script.id }));
  return (
    <Hydrate>
      <ScriptView id={script.id} />
    </Hydrate>
  );
}
