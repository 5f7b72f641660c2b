import { compareBigints, compareText, type Sign } from "./order";

/** An RPM version: `[epoch:]version[-release]`. */
export interface RpmVersion {
  readonly epoch: bigint;
  readonly version: string;
  /** Null where the text has none; orders before every release. */
  readonly release: string | null;
}

/** Null when there is nothing in it that could be compared. */
export function parseRpm(text: string): RpmVersion | null {
  const groups =
    /^(?:(?<epoch>\d{1,10}):)?(?<version>[A-Za-z0-9._+~^]*\d[A-Za-z0-9._+~^]*)(?:-(?<release>[A-Za-z0-9._+~^]+))?$/.exec(
      text.trim(),
    )?.groups;
  if (groups?.version === undefined) return null;
  return { epoch: BigInt(groups.epoch ?? "0"), version: groups.version, release: groups.release ?? null };
}

/** rpm's `rpmvercmp`: segments of digits or letters; `~` sorts before the end, `^` after it. */
export function compareRpmPart(a: string, b: string): Sign {
  if (a === b) return 0;
  let left = a;
  let right = b;
  for (;;) {
    left = left.replace(/^[^A-Za-z0-9~^]+/, "");
    right = right.replace(/^[^A-Za-z0-9~^]+/, "");
    const mark = compareMarks(left, right);
    if (mark === "both") {
      left = left.slice(1);
      right = right.slice(1);
      continue;
    }
    if (mark !== "neither") return mark;
    if (left === "" || right === "") return left === right ? 0 : left === "" ? -1 : 1;

    const numeric = /^\d/.test(left);
    const segment = numeric ? /^\d+/ : /^[A-Za-z]+/;
    const head = segment.exec(left)?.[0] ?? "";
    const other = segment.exec(right)?.[0] ?? "";
    // Segments of different kinds: numbers are newer than letters.
    if (other === "") return numeric ? 1 : -1;
    const order = numeric ? compareBigints(BigInt(head), BigInt(other)) : compareText(head, other);
    if (order !== 0) return order;
    left = left.slice(head.length);
    right = right.slice(other.length);
  }
}

function compareMarks(left: string, right: string): Sign | "both" | "neither" {
  if (left.startsWith("~") || right.startsWith("~")) {
    if (!left.startsWith("~")) return 1;
    return right.startsWith("~") ? "both" : -1;
  }
  if (left.startsWith("^") || right.startsWith("^")) {
    if (left === "") return -1;
    if (right === "") return 1;
    if (!left.startsWith("^")) return 1;
    return right.startsWith("^") ? "both" : -1;
  }
  return "neither";
}

export function compareRpm(a: RpmVersion, b: RpmVersion): Sign {
  return (
    compareBigints(a.epoch, b.epoch) ||
    compareRpmPart(a.version, b.version) ||
    compareRpmPart(a.release ?? "", b.release ?? "")
  );
}
