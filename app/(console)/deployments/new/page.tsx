import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import type { Query } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { Tag } from "@/app/_ui/pill";
import { openPage, readId } from "../../_shell/page-context";
import { DeploymentEditor } from "../_editor/deployment-editor";
import { type DeploymentForm, emptyForm } from "../_editor/form";

export const metadata: Metadata = { title: "New deployment" };

/** A new rule. `?item=`, `?computer=`, `?tenant=` and `?person=` fill in what one came from. */
export default async function NewDeploymentPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/deployments/new");
  const form = await prefill(await searchParams, tenantId);
  return (
    <Hydrate>
      <PageHeader
        crumbs={[{ label: "Deployments", href: "/deployments" }, { label: "New" }]}
        title="Deployment"
        status={<Tag>not saved</Tag>}
        actions={<span className="text-ink-3">Saving changes no machine. The next session does.</span>}
      />
      <DeploymentEditor initial={form} saved={null} />
    </Hydrate>
  );
}

async function prefill(query: Query, scope: number | null): Promise<DeploymentForm> {
  const idOf = (key: string) => readId(String(query[key] ?? ""));
  let form = emptyForm;
  if (idOf("item") > 0) {
    const item = await requireFound<Outputs["items"]["get"]>(trpc.items.get.queryOptions({ id: idOf("item") }));
    form = { ...form, item: { id: item.id, name: item.name, kind: item.kind } };
  }
  if (idOf("computer") > 0) {
    const options = trpc.computers.get.queryOptions({ id: idOf("computer") });
    const { id, name } = await requireFound<Outputs["computers"]["get"]>(options);
    return { ...form, reach: "computer", computer: { id, name } };
  }
  if (idOf("person") > 0) {
    const person = await requireFound<Outputs["people"]["get"]>(trpc.people.get.queryOptions({ id: idOf("person") }));
    return { ...form, reach: "person", person: { id: person.id, name: person.displayName } };
  }
  const tenantId = idOf("tenant") || scope;
  if (tenantId) {
    const { id, name } = await requireFound<Outputs["tenants"]["get"]>(trpc.tenants.get.queryOptions({ id: tenantId }));
    form = { ...form, tenant: { id, name } };
  }
  return form;
}
