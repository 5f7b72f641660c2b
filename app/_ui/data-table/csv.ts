import type { DataColumn } from "./types";

const MARK_FOR_EXCEL = "\uFEFF";

/** Quoted for CSV; what a spreadsheet would take for a formula is made text. */
function quote(value: string | number | null | undefined): string {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as a CSV file that spreadsheets open; columns without text of their own are left out. */
export function toCsv<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[]): string {
  const written = columns.filter((column) => column.csv !== undefined);
  const head = written.map((column) => quote(column.header)).join(",");
  const lines = rows.map((row) => written.map((column) => quote(column.csv?.(row))).join(","));
  return `${MARK_FOR_EXCEL}${[head, ...lines].join("\r\n")}\r\n`;
}
