"use client";

import { Fragment, useMemo, useState } from "react";
import { cn } from "@/app/_ui/cn";
import { countOf } from "@/app/_ui/format";
import { type DiffLine, foldUnchanged } from "./diff-lines";

const CONTEXT_LINES = 3;
const marks: Readonly<Record<DiffLine["kind"], { sign: string; said: string; look: string }>> = {
  same: { sign: " ", said: "", look: "" },
  added: { sign: "+", said: "added: ", look: "bg-ok-soft" },
  removed: { sign: "−", said: "removed: ", look: "bg-bad-soft" },
};

/** Two texts as one, with what went and what came; unchanged stretches are folded until asked for. */
export function DiffTable({ lines }: { lines: readonly DiffLine[] }) {
  const parts = useMemo(() => foldUnchanged(lines, CONTEXT_LINES), [lines]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  return (
    <section aria-label="The difference" tabIndex={0} className="overflow-x-auto -outline-offset-2">
      <table className="min-w-full border-collapse font-mono text-xs leading-[1.65] [font-variant-ligatures:none]">
        <tbody>
          {parts.map((part, index) => (
            <Fragment key={`part-${String(index)}`}>
              {part.folded && !opened.has(index) ? (
                <tr>
                  <td colSpan={4} className="border-y border-line bg-sunken p-0">
                    <button
                      type="button"
                      onClick={() => setOpened((now) => new Set([...now, index]))}
                      className="sticky left-0 px-3.5 py-1 font-sans text-ink-2 -outline-offset-2 hover:text-ink hover:underline"
                    >
                      Show {countOf(part.lines.length, "unchanged line")}
                    </button>
                  </td>
                </tr>
              ) : (
                part.lines.map((line) => <Row key={`${line.before ?? ""}/${line.after ?? ""}`} line={line} />)
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ line }: { line: DiffLine }) {
  const mark = marks[line.kind];
  return (
    <tr className={mark.look}>
      <LineNumber value={line.before} />
      <LineNumber value={line.after} />
      <td aria-hidden className="w-px px-1 py-0 select-none">
        {mark.sign}
      </td>
      <td className={cn("py-0 pr-3.5 whitespace-pre", line.kind === "same" && "text-ink-2")}>
        {mark.said ? <span className="sr-only">{mark.said}</span> : null}
        {line.text === "" ? "\n" : line.text}
      </td>
    </tr>
  );
}

const LineNumber = ({ value }: { value: number | null }) => (
  <td
    data-line={value ?? ""}
    className="w-px min-w-8 py-0 pr-2 pl-2 text-right text-ink-3 select-none before:content-[attr(data-line)]"
  />
);
