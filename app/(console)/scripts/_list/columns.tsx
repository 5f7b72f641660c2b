import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { formatSpan } from "@/app/_ui/format";
import { Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { origins } from "../../software/_item/item-words";
import { contexts, languages } from "./script-words";

export type ScriptRow = Outputs["scripts"]["list"]["rows"][number];

export const scriptColumns: readonly DataColumn<ScriptRow>[] = [
  {
    id: "name",
    header: "Script",
    sortBy: "name",
    isMain: true,
    csv: (row) => row.name,
    cell: (row) => (
      <EntityLink main href={`/scripts/${row.id}`}>
        {row.name}
      </EntityLink>
    ),
  },
  {
    id: "origin",
    header: "Origin",
    csv: (row) => origins[row.origin],
    cell: (row) => <Tag>{origins[row.origin]}</Tag>,
  },
  {
    id: "language",
    header: "Language",
    csv: (row) => languages[row.language],
    cell: (row) => <span className="text-ink-2">{languages[row.language]}</span>,
  },
  {
    id: "context",
    header: "Runs as",
    csv: (row) => contexts[row.context].label,
    cell: (row) => (
      <span className="inline-flex items-center gap-2 text-ink-2">
        {contexts[row.context].label}
        {row.requiresElevation ? <Tag>elevated</Tag> : null}
      </span>
    ),
  },
  {
    id: "timeout",
    header: "Time-out",
    align: "right",
    csv: (row) => row.timeoutSeconds,
    cell: (row) => <span className="text-ink-2">{formatSpan(row.timeoutSeconds * 1_000)}</span>,
  },
  {
    id: "version",
    header: "Version",
    align: "right",
    csv: (row) => row.currentVersion,
    cell: (row) => <span className="text-ink-2">{row.currentVersion}</span>,
  },
  {
    id: "changed",
    header: "Changed",
    csv: (row) => row.changedAt.toISOString(),
    cell: (row) => (
      <span className="text-ink-2">
        <Time at={row.changedAt} />
      </span>
    ),
  },
  {
    id: "description",
    header: "What it does",
    isHiddenAtFirst: true,
    csv: (row) => row.description,
    cell: (row) => <span className="block max-w-[420px] truncate text-ink-2">{row.description}</span>,
  },
];
