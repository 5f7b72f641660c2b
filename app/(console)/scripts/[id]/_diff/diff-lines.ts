export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
  /** Line numbers from 1, in the text before and after; null where the line is not in it. */
  readonly before: number | null;
  readonly after: number | null;
}

/** Beyond this many edits, what differs is shown as replaced as a whole: nobody reads more, and it stays instant. */
const MOST_EDITS = 1_500;

/** The lines of a text; a line break at its end begins no further line. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** What changed from one text to the other, line by line, with as few changes as there can be (Myers 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const shorter = Math.min(old.length, fresh.length) - head;
  while (tail < shorter && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail++;
  const kinds = [
    ...Array.from({ length: head }, () => "same" as const),
    ...shortestEdits(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...Array.from({ length: tail }, () => "same" as const),
  ];
  let [o, f] = [0, 0];
  return kinds.map((kind) => {
    const text = (kind === "added" ? fresh[f] : old[o]) ?? "";
    if (kind !== "added") o++;
    if (kind !== "removed") f++;
    return { kind, text, before: kind === "added" ? null : o, after: kind === "removed" ? null : f };
  });
}

type Kind = DiffLine["kind"];

/** The edits that lead from one list to the other, removals before additions. */
function shortestEdits(old: readonly string[], fresh: readonly string[]): Kind[] {
  const replaced = (): Kind[] => [...old.map(() => "removed" as const), ...fresh.map(() => "added" as const)];
  if (old.length === 0 || fresh.length === 0) return replaced();
  // `reach` says for each diagonal (place in old − place in fresh) how far into `old` so many edits lead.
  let reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(MOST_EDITS, old.length + fresh.length); edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isAddition(reach, diagonal, edits) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= old.length && x - diagonal >= fresh.length) return retrace([...trail, reach], old.length, fresh.length);
    }
    trail.push(reach);
    reach = next;
  }
  return replaced();
}

function isAddition(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1);
}

/** Walks back from the ends of both lists to their beginnings. */
function retrace(trail: readonly ReadonlyMap<number, number>[], oldLength: number, freshLength: number): Kind[] {
  const kinds: Kind[] = [];
  let [x, y] = [oldLength, freshLength];
  for (let edits = trail.length - 1; edits >= 0; edits--) {
    const reach = trail[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const added = isAddition(reach, diagonal, edits);
    const fromX = reach.get(added ? diagonal + 1 : diagonal - 1) ?? 0;
    const fromY = fromX - (added ? diagonal + 1 : diagonal - 1);
    while (x > fromX && y > fromY) {
      kinds.push("same");
      x--;
      y--;
    }
    if (edits > 0) kinds.push(added ? "added" : "removed");
    [x, y] = [fromX, fromY];
  }
  return kinds.reverse();
}

/** A run of lines that is shown, or one of unchanged lines that is folded away. */
export interface DiffPart {
  readonly folded: boolean;
  readonly lines: readonly DiffLine[];
}

/** Folds unchanged lines that are further than `context` from any change. */
export function foldUnchanged(lines: readonly DiffLine[], context: number): DiffPart[] {
  const near = new Set<number>();
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    for (let at = index - context; at <= index + context; at++) near.add(at);
  });
  const parts: { folded: boolean; lines: DiffLine[] }[] = [];
  lines.forEach((line, index) => {
    const folded = !near.has(index);
    const last = parts.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  });
  // A fold of one line takes as much room as the line.
  return parts.map((part) => (part.lines.length === 1 ? { ...part, folded: false } : part));
}
