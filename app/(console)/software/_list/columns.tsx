import type { Outputs } from "@/app/_trpc/client";
import type { DataColumn } from "@/app/_ui/data-table/types";
import { Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../_words/entity-link";
import { StatusPill } from "../../_words/status-pill";
import { describePlatforms, origins, triedOn } from "../_item/item-words";

export type ItemRow = Outputs["items"]["list"]["rows"][number];

const count = (value: number) => (value === 0 ? <span className="text-ink-3">0</span> : value);

const common = (header: string, path: string): readonly DataColumn<ItemRow>[] => [
  {
    id: "name",
    header,
    sortBy: "name",
    isMain: true,
    csv: (row) => row.name,
    cell: (row) => (
      <EntityLink main href={`${path}/${row.id}`}>
        {row.name}
      </EntityLink>
    ),
  },
];

const rest: readonly DataColumn<ItemRow>[] = [
  {
    id: "origin",
    header: "Origin",
    csv: (row) => origins[row.origin],
    cell: (row) => <Tag>{origins[row.origin]}</Tag>,
  },
  {
    id: "platforms",
    header: "Works on",
    csv: (row) => describePlatforms(row.platforms),
    cell: (row) => <span className="text-ink-2">{describePlatforms(row.platforms)}</span>,
  },
  {
    id: "tried",
    header: "Tried",
    csv: (row) => triedOn[row.triedOn].label,
    cell: (row) => <StatusPill said={triedOn[row.triedOn]} />,
  },
  {
    id: "deployments",
    header: "Deployments",
    align: "right",
    csv: (row) => row.deploymentCount,
    cell: (row) => count(row.deploymentCount),
  },
];

const changed: DataColumn<ItemRow> = {
  id: "updated",
  header: "Changed",
  sortBy: "updatedAt",
  isHiddenAtFirst: true,
  csv: (row) => row.updatedAt.toISOString(),
  cell: (row) => <Time at={row.updatedAt} />,
};

export const softwareColumns: readonly DataColumn<ItemRow>[] = [
  ...common("Software", "/software"),
  {
    id: "publisher",
    header: "Publisher",
    csv: (row) => row.publisher,
    cell: (row) => <span className="text-ink-2">{row.publisher || <span className="text-ink-3">unknown</span>}</span>,
  },
  ...rest,
  {
    id: "detected",
    header: "Found on",
    align: "right",
    csv: (row) => row.detectedCount,
    cell: (row) => count(row.detectedCount),
  },
  changed,
];

export const taskColumns: readonly DataColumn<ItemRow>[] = [
  ...common("Task", "/tasks"),
  {
    id: "description",
    header: "What it does",
    csv: (row) => row.description,
    cell: (row) => <span className="block max-w-[420px] truncate text-ink-2">{row.description}</span>,
  },
  ...rest,
  changed,
];
