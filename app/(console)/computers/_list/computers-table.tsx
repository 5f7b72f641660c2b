"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, Laptop } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { useMay } from "../../_shell/signed-in";
import { useTenantId } from "../../_shell/tenant-scope";
import { computerStatuses, deviceClasses, optionsOf, osFamilies } from "../../_words/statuses";
import { RunMaintenanceDialog } from "../_dialogs/run-maintenance-dialog";
import { TagMenu } from "../_dialogs/tag-menu";
import { type ComputerRow, computerColumns } from "./columns";
import { computerFilterKeys, computersInput } from "./input";

const yesNo = (yes: string, no: string) => [
  { value: "yes", label: yes },
  { value: "no", label: no },
];
const filters = [
  { key: "status", label: "Status", options: optionsOf(computerStatuses) },
  { key: "online", label: "Online", options: yesNo("Online", "Offline"), isSingle: true },
  { key: "os", label: "System", options: optionsOf(osFamilies) },
  { key: "class", label: "Class", options: optionsOf(deviceClasses) },
  { key: "reboot", label: "Reboot", options: yesNo("Pending", "Not pending"), isSingle: true },
  { key: "excluded", label: "Excluded", options: yesNo("Excluded", "Maintained"), isSingle: true },
];

/** All computers in view, those that need a person, or those of one tenant and what is below it. */
export function ComputersTable({
  onlyAttention = false,
  ofTenantId,
  addButton,
}: {
  onlyAttention?: boolean;
  ofTenantId?: number;
  addButton?: ReactNode;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const scope = useTenantId();
  const tenantId = ofTenantId ?? scope;
  const mayOperate = useMay("operate");
  const list = useListState(computerFilterKeys);
  const input = computersInput(list, tenantId, onlyAttention);
  const query = useQuery(trpc.computers.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const [maintained, setMaintained] = useState<readonly ComputerRow[]>([]);
  return (
    <>
      <DataTable
        name={onlyAttention ? "attention" : "computers"}
        noun="computers"
        searchLabel="Name, serial number or person"
        columns={computerColumns}
        filters={filters}
        list={list}
        query={query}
        readPage={(page) => client.computers.list.query({ ...input, ...page, direction: "next" })}
        empty={
          onlyAttention ? (
            <EmptyState icon={CircleCheck} title="Nothing needs a person.">
              Machines that must be decided on, or whose last session did not pass, appear here.
            </EmptyState>
          ) : (
            <EmptyState icon={Laptop} title="No computers here yet." action={addButton}>
              Install the agent on a machine; it appears within seconds.
            </EmptyState>
          )
        }
        bulkActions={
          mayOperate
            ? (rows) => (
                <>
                  <Button size="small" look="primary" onClick={() => setMaintained(rows)}>
                    Run maintenance…
                  </Button>
                  <TagMenu holder="computer" holderIds={rows.map((row) => row.id)} />
                </>
              )
            : undefined
        }
      />
      <RunMaintenanceDialog
        computers={maintained}
        open={maintained.length > 0}
        onOpenChange={(open) => !open && setMaintained([])}
      />
    </>
  );
}
