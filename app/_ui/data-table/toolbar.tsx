"use client";

import { Columns3, ListFilter, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../button";
import { Dropdown, DropdownCheck } from "../dropdown";
import { SearchBox } from "./search-box";
import type { DataFilter } from "./types";
import type { ListControl } from "./use-list-state";

export interface ColumnSwitch {
  readonly id: string;
  readonly header: string;
  readonly visible: boolean;
  readonly toggle: (visible: boolean) => void;
}

/** Search, filters and columns of a list. */
export function Toolbar({
  list,
  filters,
  searchLabel,
  columns,
  actions,
}: {
  list: ListControl;
  filters: readonly DataFilter[];
  searchLabel: string | null;
  columns: readonly ColumnSwitch[];
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2">
      {searchLabel === null ? null : <SearchBox list={list} label={searchLabel} />}
      {filters.map((filter) => (
        <FilterMenu key={filter.key} filter={filter} list={list} />
      ))}
      {list.isNarrowed ? (
        <Button look="quiet" size="small" onClick={list.clearFilters}>
          <X aria-hidden /> Clear
        </Button>
      ) : null}
      <div className="ml-auto flex items-center gap-1.5">
        {actions}
        {columns.length > 0 ? (
          <Dropdown
            align="end"
            trigger={
              <Button look="quiet" size="small">
                <Columns3 aria-hidden /> <span className="max-lg:sr-only">Columns</span>
              </Button>
            }
          >
            {columns.map((column) => (
              <DropdownCheck key={column.id} checked={column.visible} onChange={column.toggle}>
                {column.header}
              </DropdownCheck>
            ))}
          </Dropdown>
        ) : null}
      </div>
    </div>
  );
}

function FilterMenu({ filter, list }: { filter: DataFilter; list: ListControl }) {
  const values = list.filters[filter.key] ?? [];
  const labels = filter.options.filter((option) => values.includes(option.value)).map((option) => option.label);
  const toggle = (value: string, checked: boolean) => {
    if (filter.isSingle) return list.setFilter(filter.key, checked ? [value] : []);
    list.setFilter(filter.key, checked ? [...values, value] : values.filter((each) => each !== value));
  };
  return (
    <Dropdown
      trigger={
        <Button look={labels.length > 0 ? "plain" : "quiet"} size="small" className="max-w-[220px]">
          {labels.length > 0 ? null : <ListFilter aria-hidden />}
          <span className="truncate">
            {filter.label}
            {labels.length > 0 ? `: ${labels.length > 2 ? `${labels.length} chosen` : labels.join(", ")}` : ""}
          </span>
        </Button>
      }
    >
      {filter.options.map((option) => (
        <DropdownCheck
          key={option.value}
          checked={values.includes(option.value)}
          onChange={(checked) => toggle(option.value, checked)}
        >
          {option.label}
        </DropdownCheck>
      ))}
    </Dropdown>
  );
}
