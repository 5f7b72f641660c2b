"use client";

import { useQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { QueryGate } from "@/app/_ui/query-gate";
import { Tabs } from "@/app/_ui/tabs";
import { useTab } from "@/app/_ui/use-tab";
import { sessionFilterKeys } from "../../sessions/_list/input";
import { AffinityTab } from "./_tabs/affinity-tab";
import { AgentsTab } from "./_tabs/agents-tab";
import { AuditTab } from "./_tabs/audit-tab";
import { DeploymentsTab } from "./_tabs/deployments-tab";
import { InventoryTab } from "./_tabs/inventory-tab";
import { OverviewTab } from "./_tabs/overview-tab";
import { SessionsTab } from "./_tabs/sessions-tab";
import { ComputerHeader } from "./computer-header";

export type ComputerDetail = Outputs["computers"]["get"];

/** A computer: what it is, and everything that is known, wished and done of it. */
export function ComputerView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.computers.get.queryOptions({ id }));
  const [tab, setTab] = useTab("overview", sessionFilterKeys);
  return (
    <QueryGate query={query} what="The computer">
      {(computer) => (
        <>
          <ComputerHeader computer={computer} />
          <Tabs
            label="Views of the computer"
            value={tab}
            onChange={setTab}
            items={[
              { id: "overview", label: "Overview", content: <OverviewTab computer={computer} /> },
              { id: "deployments", label: "Deployments", content: <DeploymentsTab computerId={id} /> },
              { id: "software", label: "Software", content: <InventoryTab computerId={id} /> },
              { id: "sessions", label: "Sessions", content: <SessionsTab computerId={id} /> },
              {
                id: "agents",
                label: "Agents",
                count: computer.agents.length,
                content: <AgentsTab computer={computer} />,
              },
              { id: "affinity", label: "User affinity", content: <AffinityTab computerId={id} /> },
              { id: "audit", label: "Audit", content: <AuditTab entity="computer" entityId={String(id)} /> },
            ]}
          />
        </>
      )}
    </QueryGate>
  );
}
