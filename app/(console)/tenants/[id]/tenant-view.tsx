"use client";

import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tabs } from "@/app/_ui/tabs";
import { useTab } from "@/app/_ui/use-tab";
import { useMay } from "../../_shell/signed-in";
import { AuditTable } from "../../audit/_list/audit-table";
import { ComputersTable } from "../../computers/_list/computers-table";
import { PeopleTable } from "../../people/_list/people-table";
import { EnrollmentTab } from "./_tabs/enrollment-tab";
import { OverviewTab } from "./_tabs/overview-tab";
import { TenantHeader } from "./tenant-header";

export type TenantDetail = Outputs["tenants"]["get"];

const filterKeys = ["status", "state", "entity"];

/** A tenant: what it is, what it holds, and how machines join it. */
export function TenantView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.tenants.get.queryOptions({ id }));
  const [tab, setTab] = useTab("overview", filterKeys);
  const mayEnroll = useMay("administer");
  return (
    <QueryGate query={query} what="The tenant">
      {(tenant) => {
        const brief = { id: tenant.id, name: tenant.name };
        return (
          <>
            <TenantHeader tenant={tenant} />
            <Tabs
              label="Views of the tenant"
              value={tab}
              onChange={setTab}
              items={[
                { id: "overview", label: "Overview", content: <OverviewTab tenant={tenant} onTab={setTab} /> },
                {
                  id: "computers",
                  label: "Computers",
                  count: tenant.computerCount,
                  content: <ComputersTable ofTenantId={id} />,
                },
                {
                  id: "people",
                  label: "People",
                  count: tenant.personCount,
                  content: <PeopleTable ofTenant={brief} />,
                },
                ...(mayEnroll
                  ? [{ id: "enrolment", label: "Enrolment", content: <EnrollmentTab tenant={tenant} /> }]
                  : []),
                {
                  id: "audit",
                  label: "Audit",
                  content: <AuditTable of={{ entity: "tenant", entityId: String(id) }} />,
                },
              ]}
            />
          </>
        );
      }}
    </QueryGate>
  );
}
