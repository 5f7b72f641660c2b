import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { describeTarget } from "@/server/core/sentence";
import { EntityLink } from "../../_words/entity-link";
import { ScheduleMenu } from "../_actions/schedule-menu";
import { sayKept } from "../_editor/recurrence";

export type ScheduleRow = Outputs["schedules"]["list"]["rows"][number];

const zones: Record<ScheduleRow["timeZoneKind"], string> = {
  schedule: "",
  tenant: "each tenant's time",
  computer: "each computer's time",
};
const targetWords = (row: ScheduleRow) =>
  describeTarget(row, { tenant: row.targetTenantName, target: row.targetLabel });
const whenWords = (row: ScheduleRow) =>
  `${sayKept(row.recurrenceKind, row.recurrence)}${row.recurrenceKind === "cron" ? "" : ` at ${row.detectionTime}`}`;

export function stateOf(row: Pick<ScheduleRow, "enabled" | "deletedAt">) {
  if (row.deletedAt) return <Pill tone="bad">Deleted</Pill>;
  return row.enabled ? <Pill tone="ok">On</Pill> : <Pill tone="off">Off</Pill>;
}

export const scheduleColumns: readonly DataColumn<ScheduleRow>[] = [
  {
    id: "name",
    header: "Schedule",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.name,
    cell: (row) => (
      <span className="inline-flex items-center gap-2">
        <EntityLink main href={`/schedules/${row.id}`}>
          {row.name}
        </EntityLink>
        {row.itemName ? <Tag>{row.itemName} only</Tag> : null}
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    csv: (row) => (row.deletedAt ? "deleted" : row.enabled ? "on" : "off"),
    cell: stateOf,
  },
  {
    id: "next",
    header: "Next",
    csv: (row) => row.nextRunAt?.toISOString(),
    cell: (row) => <Time at={row.nextRunAt} show="near" computerZone={row.shownTimeZone} empty="–" />,
  },
  {
    id: "when",
    header: "When",
    csv: whenWords,
    className: "max-w-[320px] truncate",
    cell: (row) => (
      <span className="text-ink-2">
        {whenWords(row)} <span className="text-ink-3">{zones[row.timeZoneKind] || row.timeZone}</span>
      </span>
    ),
  },
  {
    id: "target",
    header: "On",
    csv: targetWords,
    className: "max-w-[240px] truncate",
    cell: (row) => (
      <span className="text-ink-2" title={targetWords(row)}>
        {targetWords(row)}
      </span>
    ),
  },
  {
    id: "execution",
    header: "Executes",
    isHiddenAtFirst: true,
    csv: (row) => row.executionTime ?? "at once",
    cell: (row) => <span className="text-ink-2">{row.executionTime ?? "at once"}</span>,
  },
  {
    id: "last",
    header: "Last",
    csv: (row) => row.lastRunAt?.toISOString(),
    cell: (row) => <Time at={row.lastRunAt} empty="not yet" />,
  },
  {
    id: "updated",
    header: "Changed",
    sortBy: "updatedAt",
    isHiddenAtFirst: true,
    csv: (row) => row.updatedAt.toISOString(),
    cell: (row) => <Time at={row.updatedAt} />,
  },
  { id: "menu", header: "Actions", align: "right", cell: (row) => <ScheduleMenu schedule={row} small /> },
];
