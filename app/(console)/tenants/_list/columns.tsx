import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { formatNumber } from "@/app/_ui/format";
import { Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { tenantKinds } from "./tenant-kinds";

export type TenantRow = Outputs["tenants"]["list"]["rows"][number];

const numberOrDash = (count: number) =>
  count === 0 ? <span className="text-ink-3">0</span> : <span>{formatNumber(count)}</span>;

export const tenantColumns: readonly DataColumn<TenantRow>[] = [
  {
    id: "name",
    header: "Tenant",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.name,
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <EntityLink main href={`/tenants/${row.id}`}>
          {row.name}
        </EntityLink>
        {row.archivedAt ? <Pill tone="off">Archived</Pill> : null}
        {row.optsOutOfCrossTenant ? <Tag>own deployments only</Tag> : null}
      </span>
    ),
  },
  {
    id: "kind",
    header: "Kind",
    csv: (row) => tenantKinds[row.kind],
    cell: (row) => <span className="text-ink-2">{tenantKinds[row.kind]}</span>,
  },
  {
    id: "parent",
    header: "Below",
    csv: (row) => row.parentName,
    cell: (row) =>
      row.parentId ? (
        <EntityLink href={`/tenants/${row.parentId}`}>{row.parentName}</EntityLink>
      ) : (
        <span className="text-ink-3">nothing</span>
      ),
  },
  {
    id: "computers",
    header: "Computers",
    align: "right",
    csv: (row) => row.computerCount,
    cell: (row) => numberOrDash(row.computerCount),
  },
  {
    id: "online",
    header: "Online",
    align: "right",
    csv: (row) => row.onlineCount,
    cell: (row) => numberOrDash(row.onlineCount),
  },
  {
    id: "people",
    header: "People",
    align: "right",
    csv: (row) => row.personCount,
    cell: (row) => numberOrDash(row.personCount),
  },
  {
    id: "zone",
    header: "Time zone",
    csv: (row) => row.timeZone,
    cell: (row) => <span className="text-ink-2">{row.timeZone}</span>,
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
