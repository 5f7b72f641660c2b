import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { openPage, readId } from "../../_shell/page-context";
import { DeploymentView } from "./deployment-view";

interface Props {
  params: Promise<{ id: string }>;
}
const read = (id: number) => requireFound<Outputs["deployments"]["get"]>(trpc.deployments.get.queryOptions({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await openPage(`/deployments/${id}`);
  const deployment = await read(readId(id));
  return { title: `Deployment ${deployment.id}: ${deployment.itemName}` };
}

export default async function DeploymentPage({ params }: Props) {
  const { id } = await params;
  await openPage(`/deployments/${id}`);
  await read(readId(id));
  return (
    <Hydrate>
      <DeploymentView id={readId(id)} />
    </Hydrate>
  );
}
