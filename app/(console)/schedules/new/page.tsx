import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, requireFound, trpc } from "@/app/_trpc/server";
import { PageHeader } from "@/app/_ui/page-header";
import { Tag } from "@/app/_ui/pill";
import { openPage } from "../../_shell/page-context";
import { ScheduleEditor } from "../_editor/schedule-editor";
import { emptySchedule } from "../_editor/schedule-form";

export const metadata: Metadata = { title: "New schedule" };

/** A new schedule; it begins with the tenant that is looked at. */
export default async function NewSchedulePage() {
  const { tenantId } = await openPage("/schedules/new");
  const tenant =
    tenantId === null
      ? null
      : await requireFound<Outputs["tenants"]["get"]>(trpc.tenants.get.queryOptions({ id: tenantId }));
  const target = tenant ? { tenant: { id: tenant.id, name: tenant.name } } : {};
  return (
    <Hydrate>
      <PageHeader
        crumbs={[{ label: "Schedules", href: "/schedules" }, { label: "New" }]}
        title="New schedule"
        status={<Tag>not saved</Tag>}
      />
      <ScheduleEditor initial={{ ...emptySchedule, target: { ...emptySchedule.target, ...target } }} saved={null} />
    </Hydrate>
  );
}
