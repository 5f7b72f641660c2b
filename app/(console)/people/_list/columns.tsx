import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";

export type PersonRow = Outputs["people"]["list"]["rows"][number];

export const personColumns: readonly DataColumn<PersonRow>[] = [
  {
    id: "name",
    header: "Person",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.displayName,
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <EntityLink main href={`/people/${row.id}`}>
          {row.displayName}
        </EntityLink>
        {row.archivedAt ? <Pill tone="off">Archived</Pill> : null}
      </span>
    ),
  },
  {
    id: "upn",
    header: "UPN",
    sortBy: "upn",
    csv: (row) => row.upn,
    cell: (row) => <span className="text-ink-2">{row.upn}</span>,
  },
  {
    id: "tenant",
    header: "Tenant",
    sortBy: "tenant",
    csv: (row) => row.tenantName,
    cell: (row) => <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>,
  },
  {
    id: "computers",
    header: "Computers",
    align: "right",
    csv: (row) => row.computerCount,
    cell: (row) => (row.computerCount === 0 ? <span className="text-ink-3">0</span> : row.computerCount),
  },
  {
    id: "email",
    header: "Mail",
    csv: (row) => row.email,
    cell: (row) => <span className="text-ink-2">{row.email ?? <span className="text-ink-3">none</span>}</span>,
  },
  {
    id: "source",
    header: "Comes from",
    csv: (row) => (row.fromEntra ? "Entra ID" : "by hand"),
    cell: (row) => <Tag>{row.fromEntra ? "Entra ID" : "by hand"}</Tag>,
  },
  {
    id: "zone",
    header: "Time zone",
    isHiddenAtFirst: true,
    csv: (row) => row.timeZone,
    cell: (row) => <span className="text-ink-2">{row.timeZone ?? "the tenant's"}</span>,
  },
  {
    id: "created",
    header: "Added",
    sortBy: "createdAt",
    isHiddenAtFirst: true,
    csv: (row) => row.createdAt.toISOString(),
    cell: (row) => <Time at={row.createdAt} />,
  },
];
