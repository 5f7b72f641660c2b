"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { DataTable } from "@/app/_ui/data-table/data-table";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { useListState } from "@/app/_ui/data-table/use-list-state";
import { EmptyState } from "@/app/_ui/empty-state";
import { Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useMay, useSignedIn } from "../../../_shell/signed-in";
import { useTenantId } from "../../../_shell/tenant-scope";
import { EntityLink } from "../../../_words/entity-link";
import { AccessDialog } from "./access-dialog";
import { userFilterKeys, usersInput } from "./input";
import { roles, type UserRow } from "./roles";

const filters = [
  {
    key: "state",
    label: "Access",
    isSingle: true,
    options: [
      { value: "no", label: "May sign in" },
      { value: "yes", label: "Shut out" },
    ],
  },
];

const columnsWith = (
  ownId: number | undefined,
  edit: ((row: UserRow) => void) | null,
): readonly DataColumn<UserRow>[] => [
  {
    id: "name",
    header: "Name",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.displayName,
    cell: (row) => (
      <span className="inline-flex items-center gap-2 font-[540]">
        {row.displayName}
        {row.id === ownId ? <Tag>you</Tag> : null}
        {row.isLocal ? <Tag>local password</Tag> : null}
      </span>
    ),
  },
  {
    id: "email",
    header: "E-mail",
    csv: (row) => row.email,
    cell: (row) => <span className="text-ink-2">{row.email ?? "–"}</span>,
  },
  { id: "role", header: "Role", csv: (row) => roles[row.role].label, cell: (row) => roles[row.role].label },
  {
    id: "tenant",
    header: "Sees",
    csv: (row) => row.tenantName ?? "every tenant",
    cell: (row) =>
      row.tenantId === null ? (
        <span className="text-ink-2">every tenant</span>
      ) : (
        <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>
      ),
  },
  {
    id: "state",
    header: "Access",
    csv: (row) => (row.disabledAt ? "shut out" : "may sign in"),
    cell: (row) => (row.disabledAt ? <Pill tone="off">Shut out</Pill> : <Pill tone="ok">May sign in</Pill>),
  },
  {
    id: "seen",
    header: "Last signed in",
    sortBy: "lastSignInAt",
    csv: (row) => row.lastSignInAt?.toISOString(),
    cell: (row) => <Time at={row.lastSignInAt} />,
  },
  {
    id: "created",
    header: "Since",
    sortBy: "createdAt",
    isHiddenAtFirst: true,
    csv: (row) => row.createdAt.toISOString(),
    cell: (row) => <Time at={row.createdAt} />,
  },
  ...(edit === null
    ? []
    : [
        {
          id: "edit",
          header: "Change",
          align: "right" as const,
          cell: (row: UserRow) => (
            <Button size="small" aria-label={`Change the access of ${row.displayName}`} onClick={() => edit(row)}>
              Change…
            </Button>
          ),
        },
      ]),
];

/** Who may sign in to the console, and what each may do. */
export function UsersTab() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const me = useSignedIn();
  const mayChange = useMay("administer");
  const list = useListState(userFilterKeys);
  const [edited, setEdited] = useState<UserRow | null>(null);
  const [columns] = useState(() => columnsWith(me?.userId, mayChange ? setEdited : null));
  const input = usersInput(list, useTenantId());
  const query = useQuery(trpc.users.list.queryOptions(input, { placeholderData: keepPreviousData }));
  const { data: about } = useQuery(trpc.system.about.queryOptions());
  return (
    <>
      <p className="mb-3 max-w-[78ch] text-ink-2">
        {about?.signIn === "entra"
          ? "People are added by signing in with Microsoft Entra ID; here you say what they may do. It holds from their next click on."
          : "Only the local administrator signs in now, with the password that the product showed at its first start. Set up Microsoft Entra ID to let others in."}
      </p>
      <DataTable
        name="users"
        noun="users"
        searchLabel="Name or e-mail"
        columns={columns}
        filters={filters}
        list={list}
        query={query}
        readPage={(page) => client.users.list.query({ ...input, ...page, direction: "next" })}
        empty={
          <EmptyState icon={Users} title="Nobody has access to only this tenant.">
            Those who see every tenant are listed when no tenant is chosen above.
          </EmptyState>
        }
      />
      {edited ? <AccessDialog user={edited} onClose={() => setEdited(null)} /> : null}
    </>
  );
}
