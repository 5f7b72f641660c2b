"use client";

import { useRef, useState } from "react";
import { describeError } from "../describe-error";
import { countOf } from "../format";
import { toast } from "../toast";
import { toCsv } from "./csv";
import type { DataColumn, DataPage } from "./types";

const PAGE_ROWS = 200;

export type ReadPage<Row> = (page: { cursor: string | null; limit: number }) => Promise<DataPage<Row>>;

/** Saves every row that the current filter finds, page by page, with a way to stop. */
export function useCsvExport<Row>(name: string, columns: readonly DataColumn<Row>[], readPage: ReadPage<Row>) {
  const [busy, setBusy] = useState(false);
  const stopped = useRef(false);
  const run = async () => {
    const rows: Row[] = [];
    stopped.current = false;
    const stop = {
      label: "Stop",
      onClick: () => {
        stopped.current = true;
      },
    };
    setBusy(true);
    const id = toast.loading("Exporting…", { cancel: stop });
    try {
      let cursor: string | null = null;
      do {
        const page: DataPage<Row> = await readPage({ cursor, limit: PAGE_ROWS });
        rows.push(...page.rows);
        cursor = page.nextCursor;
        toast.loading(`Exporting… ${countOf(rows.length, "row")} so far`, { id, cancel: stop });
      } while (cursor !== null && !stopped.current);
      if (stopped.current) {
        toast.info("The export was stopped; no file was made.", { id, cancel: null });
        return;
      }
      download(`${name}.csv`, toCsv(columns, rows));
      toast.success(`${countOf(rows.length, "row")} exported.`, { id, cancel: null });
    } catch (error) {
      toast.error("The export did not finish; no file was made.", {
        id,
        description: describeError(error).why,
        cancel: null,
      });
    } finally {
      setBusy(false);
    }
  };
  return { run, busy };
}

function download(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
