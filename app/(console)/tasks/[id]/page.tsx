import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, prefetch, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { deploymentsOfItem } from "../../software/_item/input";
import { ItemView } from "../../software/_item/item-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["items"]["get"]>(trpc.items.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/tasks/${id}`);
  return { title: (await read(readId(id))).name };
}

export default async function TaskPage({ params }: Props) {
  const { id } = await params;
  const { tenantId } = await openPage(`/tasks/${id}`);
  const item = await read(readId(id));
  if (item.kind === "software") redirect(`/software/${item.id}`);
  await prefetch(trpc.deployments.list.queryOptions(deploymentsOfItem(item.id, tenantId)));
  return (
    <Hydrate>
      <ItemView id={item.id} />
    </Hydrate>
  );
}
