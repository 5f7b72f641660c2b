"use client";

import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tabs } from "@/app/_ui/tabs";
import { useTab } from "@/app/_ui/use-tab";
import { AuditTable } from "../../audit/_list/audit-table";
import { PersonHeader } from "./person-header";
import { PersonOverview } from "./person-overview";

export type PersonDetail = Outputs["people"]["get"];

/** A person: how they are reached, and which computers are theirs. */
export function PersonView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.people.get.queryOptions({ id }));
  const [tab, setTab] = useTab("overview");
  return (
    <QueryGate query={query} what="The person">
      {(person) => (
        <>
          <PersonHeader person={person} />
          <Tabs
            label="Views of the person"
            value={tab}
            onChange={setTab}
            items={[
              { id: "overview", label: "Overview", content: <PersonOverview person={person} /> },
              { id: "audit", label: "Audit", content: <AuditTable of={{ entity: "person", entityId: String(id) }} /> },
            ]}
          />
        </>
      )}
    </QueryGate>
  );
}
