import type { ScriptResult } from "../../server/agents/wire";

type Json = ScriptResult["value"];

/**
 * The value of a bash script: its last line of stdout that is not blank, trimmed. Read as JSON where it is an object,
 * an array, a quoted string, `true`, `false`, `null`, or a number in the form JavaScript itself prints
 * (`12`, `-0.5`; not `1.10`, `007`, `1e3`, so that version strings survive). Anything else is the text. No line: `null`.
 */
export function parseBashValue(lastLine: string): Json {
  const line = lastLine.trim();
  if (line === "") return null;
  const number = Number(line);
  if (Number.isFinite(number) && String(number) === line) return number;
  if (line === "true" || line === "false" || line === "null" || /^[{["]/.test(line)) {
    try {
      return cleanJson(JSON.parse(line));
    } catch {
      return line;
    }
  }
  return line;
}

/** NUL and lone surrogates cannot be stored in PostgreSQL: they become U+FFFD, in text and anywhere inside JSON. */
export function cleanText(text: string): string {
  const wellFormed = /[\uD800-\uDFFF]/.test(text) ? Buffer.from(text, "utf8").toString("utf8") : text;
  return wellFormed.includes("\u0000") ? wellFormed.replaceAll("\u0000", "\uFFFD") : wellFormed;
}

export function cleanJson(value: unknown): Json {
  return mapJsonStrings(value, cleanText);
}

/** Applies `change` to every string and key of a JSON value. */
export function mapJsonStrings(value: unknown, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map((entry) => mapJsonStrings(entry, change));
  if (typeof value !== "object") return null;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [change(key), mapJsonStrings(entry, change)]));
}
