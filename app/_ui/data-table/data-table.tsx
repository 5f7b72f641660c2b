"use client";

import {
  type ColumnDef,
  columnVisibilityFeature,
  type RowData,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Download } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "../button";
import { Card } from "../card";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { EmptyState } from "../empty-state";
import { ErrorState } from "../error-state";
import { HeaderCell } from "./header-cell";
import { Pager } from "./pager";
import { SkeletonRows } from "./skeleton-rows";
import { Toolbar } from "./toolbar";
import type { DataColumn, DataFilter, DataQuery } from "./types";
import { type ReadPage, useCsvExport } from "./use-csv-export";
import type { ListControl } from "./use-list-state";
import { useRowKeys } from "./use-row-keys";
import { useStoredColumns } from "./use-stored-columns";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

export interface DataTableProps<Row extends RowData & { readonly id: number | string }> {
  /** Under which the browser keeps the chosen columns, and the file's name. */
  readonly name: string;
  /** What the rows are, in the plural: "computers". */
  readonly noun: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly list: ListControl;
  readonly query: DataQuery<Row>;
  readonly filters?: readonly DataFilter[];
  /** Null: the list has no search. */
  readonly searchLabel: string | null;
  /** Shown when there is nothing at all (not when a filter finds nothing). */
  readonly empty: ReactNode;
  /** Offered on the chosen rows; without it, rows cannot be chosen. */
  readonly bulkActions?: ((rows: readonly Row[], clear: () => void) => ReactNode) | undefined;
  /** Reads a page of what the filter finds; with it, the list can be exported. */
  readonly readPage?: ReadPage<Row>;
  readonly actions?: ReactNode;
  readonly rowClassName?: (row: Row) => string | undefined;
}

/** The one list of the console: the server pages, sorts, searches and filters; the address holds what is shown. */
export function DataTable<Row extends RowData & { readonly id: number | string }>(props: DataTableProps<Row>) {
  const { name, noun, columns, list, query, bulkActions } = props;
  const host = useRef<HTMLElement>(null);
  useRowKeys(host);
  const [selection, setSelection] = useState<RowSelectionState>({});
  const clear = () => setSelection({});
  const place = JSON.stringify([list.search, list.filters, list.cursor, list.sort]);
  useEffect(() => {
    if (place) setSelection({});
  }, [place]);
  const initial = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id, column.isHiddenAtFirst !== true])),
    [columns],
  );
  const [visibility, setVisibility] = useStoredColumns(name, initial);
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () => columns.map((column) => ({ id: column.id, header: column.header, enableHiding: column.isMain !== true })),
    [columns],
  );
  const rows = useMemo(() => [...(query.data?.rows ?? [])], [query.data]);
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: (row) => String(row.id),
    enableRowSelection: bulkActions !== undefined,
    state: { rowSelection: selection, columnVisibility: visibility },
    onRowSelectionChange: (next) => setSelection((now) => (typeof next === "function" ? next(now) : next)),
    onColumnVisibilityChange: (next) => setVisibility(typeof next === "function" ? next(visibility) : next),
  });
  const visible = table.getVisibleLeafColumns().flatMap(({ id }) => columns.filter((column) => column.id === id));
  const chosen = table.getSelectedRowModel().rows.map((row) => row.original);
  const isEmpty = query.data !== undefined && rows.length === 0;
  return (
    <Card ref={host} aria-label={noun} className="overflow-hidden">
      {chosen.length > 0 && bulkActions ? (
        <div className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-3.5 py-2">
          <b className="font-[600]">{chosen.length} chosen</b>
          {bulkActions(chosen, clear)}
          <Button look="quiet" size="small" className="ml-auto" onClick={clear}>
            Choose none
          </Button>
        </div>
      ) : (
        <Toolbar
          list={list}
          filters={props.filters ?? []}
          searchLabel={props.searchLabel}
          columns={table
            .getAllLeafColumns()
            .filter((column) => column.getCanHide())
            .map((column) => ({
              id: column.id,
              header: String(column.columnDef.header),
              visible: column.getIsVisible(),
              toggle: (shown) => column.toggleVisibility(shown),
            }))}
          actions={
            <>
              {props.actions}
              {props.readPage && !isEmpty ? <ExportButton {...props} readPage={props.readPage} /> : null}
            </>
          }
        />
      )}
      {query.error && query.data === undefined ? (
        <ErrorState error={query.error} what={`The ${noun}`} onRetry={() => query.refetch()} />
      ) : isEmpty ? (
        list.isNarrowed || list.cursor !== null ? (
          <EmptyState
            title={`No ${noun} match this.`}
            action={<Button onClick={list.clearFilters}>Clear search and filters</Button>}
          >
            Look for fewer words, or take a filter off.
          </EmptyState>
        ) : (
          props.empty
        )
      ) : (
        <div className="overflow-x-auto" aria-busy={query.isPending || query.isPlaceholderData || undefined}>
          <table className={cn("w-full border-collapse", query.isPlaceholderData && "opacity-60")}>
            <caption className="sr-only">{noun}. Press j and k to move, Enter to open, slash to search.</caption>
            <thead>
              <tr>
                {bulkActions ? (
                  <th scope="col" className="w-9 border-b border-line pl-3.5">
                    <Checkbox
                      aria-label="Choose all on this page"
                      checked={table.getIsAllRowsSelected()}
                      mixed={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
                      onChange={table.getToggleAllRowsSelectedHandler()}
                      className="block"
                    />
                  </th>
                ) : null}
                {visible.map((column) => (
                  <HeaderCell key={column.id} column={column} list={list} />
                ))}
              </tr>
            </thead>
            <tbody>
              {query.data === undefined ? (
                <SkeletonRows columnCount={visible.length + (bulkActions ? 1 : 0)} />
              ) : (
                table.getRowModel().rows.map((row) => (
                  <tr
                    key={row.id}
                    data-row
                    data-chosen={row.getIsSelected() || undefined}
                    className={cn(
                      "group border-b border-line last:border-0 focus-within:bg-sunken hover:bg-sunken",
                      "data-chosen:bg-accent-soft",
                      props.rowClassName?.(row.original),
                    )}
                  >
                    {bulkActions ? (
                      <td className="pl-3.5">
                        <Checkbox
                          aria-label="Choose this row"
                          checked={row.getIsSelected()}
                          onChange={row.getToggleSelectedHandler()}
                          className="block"
                        />
                      </td>
                    ) : null}
                    {visible.map((column) => (
                      <td
                        key={column.id}
                        className={cn(
                          "h-[34px] px-3.5 whitespace-nowrap",
                          column.align === "right" && "text-right",
                          column.isMain &&
                            "sticky left-0 z-[1] max-w-[62vw] truncate bg-panel group-focus-within:bg-sunken group-hover:bg-sunken group-data-chosen:bg-accent-soft",
                          column.className,
                        )}
                      >
                        {column.cell(row.original)}
                      </td>
                    ))}
                  </tr>
                ))
              )}
            </tbody>
          </table>
        </div>
      )}
      {query.data && !isEmpty ? <Pager page={query.data} list={list} noun={noun} /> : null}
    </Card>
  );
}

function ExportButton<Row extends RowData & { readonly id: number | string }>({
  name,
  columns,
  readPage,
}: DataTableProps<Row> & { readPage: ReadPage<Row> }) {
  const { run, busy } = useCsvExport(name, columns, readPage);
  return (
    <Button look="quiet" size="small" busy={busy} onClick={run}>
      {busy ? null : <Download aria-hidden />} <span className="max-lg:sr-only">Export CSV</span>
    </Button>
  );
}
