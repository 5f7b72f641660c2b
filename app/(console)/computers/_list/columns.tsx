import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { OnlineDot, Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { StatusPill } from "../../_words/status-pill";
import { computerStatuses, deviceClasses, sessionStatuses } from "../../_words/statuses";

export type ComputerRow = Outputs["computers"]["list"]["rows"][number];

export const computerColumns: readonly DataColumn<ComputerRow>[] = [
  {
    id: "name",
    header: "Computer",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.name,
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <OnlineDot online={row.online} hideWord />
        <EntityLink main href={`/computers/${row.id}`}>
          {row.name}
        </EntityLink>
        {row.pendingReboot ? <Tag>reboot pending</Tag> : null}
        {row.excludedFromMaintenance ? <Tag>excluded</Tag> : null}
      </span>
    ),
  },
  {
    id: "tenant",
    header: "Tenant",
    sortBy: "tenant",
    csv: (row) => row.tenantName,
    cell: (row) => <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>,
  },
  {
    id: "status",
    header: "Status",
    csv: (row) => computerStatuses[row.status].label,
    cell: (row) => <StatusPill said={computerStatuses[row.status]} />,
  },
  {
    id: "last-session",
    header: "Last session",
    csv: (row) => (row.lastSession ? sessionStatuses[row.lastSession.status].label : ""),
    cell: (row) =>
      row.lastSession ? (
        <EntityLink href={`/sessions/${row.lastSession.id}`}>
          <StatusPill said={sessionStatuses[row.lastSession.status]} />
        </EntityLink>
      ) : (
        <span className="text-ink-3">none yet</span>
      ),
  },
  {
    id: "person",
    header: "Primary person",
    csv: (row) => row.primaryPersonName,
    cell: (row) =>
      row.primaryPersonId ? (
        <EntityLink href={`/people/${row.primaryPersonId}`}>{row.primaryPersonName}</EntityLink>
      ) : (
        <span className="text-ink-3">nobody</span>
      ),
  },
  {
    id: "os",
    header: "System",
    sortBy: "os",
    csv: (row) => `${row.osName} ${row.osVersion}`,
    cell: (row) => (
      <span className="text-ink-2">
        {row.osName} <span className="text-ink-3">{row.osVersion}</span>
      </span>
    ),
  },
  {
    id: "class",
    header: "Class",
    csv: (row) => deviceClasses[row.deviceClass],
    cell: (row) => <span className="text-ink-2">{deviceClasses[row.deviceClass]}</span>,
  },
  {
    id: "seen",
    header: "Last seen",
    sortBy: "lastSeenAt",
    csv: (row) => row.lastSeenAt?.toISOString(),
    cell: (row) =>
      row.online ? (
        <Pill tone="ok" mark={false}>
          online
        </Pill>
      ) : (
        <span className="text-ink-2">
          <Time at={row.lastSeenAt} computerZone={row.timeZone} />
        </span>
      ),
  },
  {
    id: "tags",
    header: "Tags",
    isHiddenAtFirst: true,
    csv: (row) => row.tags.map((tag) => tag.name).join(", "),
    cell: (row) => (
      <span className="inline-flex gap-1">
        {row.tags.map((tag) => (
          <Tag key={tag.id} color={tag.color}>
            {tag.name}
          </Tag>
        ))}
      </span>
    ),
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
