import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { formatSpan } from "@/app/_ui/format";
import { OnlineDot } from "@/app/_ui/pill";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { StatusPill } from "../../_words/status-pill";
import { sessionKinds, sessionStatuses } from "../../_words/statuses";

export type SessionRow = Outputs["sessions"]["list"]["rows"][number];

/** What started it, in words. */
export function causeOf(row: Pick<SessionRow, "cause" | "scheduleName" | "createdByName">): string {
  if (row.scheduleName) return `schedule “${row.scheduleName}”`;
  if (row.cause === "onboarding") return "onboarding";
  if (row.cause === "schedule") return "a schedule";
  return row.createdByName ? `by ${row.createdByName}` : "by hand";
}

const computer: DataColumn<SessionRow> = {
  id: "computer",
  header: "Computer",
  sortBy: "computer",
  csv: (row) => row.computerName,
  cell: (row) =>
    row.computerId ? (
      <span className="inline-flex items-center gap-2">
        <OnlineDot online={row.computerOnline ?? false} hideWord />
        <EntityLink href={`/computers/${row.computerId}`}>{row.computerName}</EntityLink>
      </span>
    ) : (
      <span className="text-ink-3">the tenant itself</span>
    ),
};

const tenant: DataColumn<SessionRow> = {
  id: "tenant",
  header: "Tenant",
  csv: (row) => row.tenantName,
  cell: (row) => <EntityLink href={`/tenants/${row.tenantId}`}>{row.tenantName}</EntityLink>,
};

const own: readonly DataColumn<SessionRow>[] = [
  {
    id: "status",
    header: "Status",
    csv: (row) => sessionStatuses[row.status].label,
    cell: (row) => <StatusPill said={sessionStatuses[row.status]} />,
  },
  {
    id: "progress",
    header: "Done",
    csv: (row) => `${row.doneCount}/${row.todoCount}`,
    cell: (row) =>
      row.todoCount === 0 ? (
        <span className="text-ink-3">{row.endedAt ? "nothing to do" : "–"}</span>
      ) : (
        <span className="inline-flex w-28 items-center gap-2">
          <ProgressBar
            className="flex-1"
            label={`${row.doneCount} of ${row.todoCount} actions done`}
            value={row.doneCount / row.todoCount}
            tone={row.failedCount > 0 ? "bad" : row.endedAt ? "ok" : "run"}
          />
          <span className="text-ink-3">
            {row.doneCount} / {row.todoCount}
          </span>
        </span>
      ),
  },
  {
    id: "kind",
    header: "Kind",
    csv: (row) => sessionKinds[row.kind],
    cell: (row) => (
      <span className="text-ink-2">
        {sessionKinds[row.kind]}
        {row.itemName ? <span className="text-ink-3"> {row.itemName}</span> : null}
      </span>
    ),
  },
  { id: "cause", header: "Started", csv: causeOf, cell: (row) => <span className="text-ink-2">{causeOf(row)}</span> },
  {
    id: "execution",
    header: "Execution",
    sortBy: "executionAt",
    csv: (row) => row.executionAt?.toISOString(),
    cell: (row) => <Time at={row.executionAt} show="near" empty="–" />,
  },
  {
    id: "ended",
    header: "Ended",
    sortBy: "endedAt",
    csv: (row) => row.endedAt?.toISOString(),
    cell: (row) => <Time at={row.endedAt} empty="not yet" />,
  },
  {
    id: "span",
    header: "Took",
    align: "right",
    isHiddenAtFirst: true,
    cell: (row) =>
      row.startedAt && row.endedAt ? (
        <span className="text-ink-2">{formatSpan(row.endedAt.getTime() - row.startedAt.getTime())}</span>
      ) : (
        <span className="text-ink-3">–</span>
      ),
  },
];

const number: DataColumn<SessionRow> = {
  id: "id",
  header: "Session",
  sortBy: "id",
  isMain: true,
  csv: (row) => row.id,
  cell: (row) => (
    <EntityLink main href={`/sessions/${row.id}`}>
      #{row.id}
    </EntityLink>
  ),
};

export const sessionColumns: readonly DataColumn<SessionRow>[] = [number, computer, tenant, ...own];
export const sessionColumnsOfComputer: readonly DataColumn<SessionRow>[] = [number, ...own];
