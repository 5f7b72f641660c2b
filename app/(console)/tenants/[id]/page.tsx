import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { TenantView } from "./tenant-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["tenants"]["get"]>(trpc.tenants.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/tenants/${id}`);
  return { title: (await read(readId(id))).name };
}

export default async function TenantPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/tenants/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <TenantView id={readId(id)} />
    </Hydrate>
  );
}
