"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf, formatSpan } from "@/app/_ui/format";
import { QueryGate } from "@/app/_ui/query-gate";
import { contexts, languages } from "../_list/script-words";
import { diffLines } from "./_diff/diff-lines";
import { DiffTable } from "./_diff/diff-table";

type Version = Outputs["scripts"]["get"]["version"];

/** What changed between two versions: how it runs, and its text. */
export function VersionDiff({ scriptId, from, to }: { scriptId: number; from: number; to: number }) {
  const trpc = useTRPC();
  const before = useQuery(trpc.scripts.get.queryOptions({ id: scriptId, version: from }));
  const after = useQuery(trpc.scripts.get.queryOptions({ id: scriptId, version: to }));
  return (
    <QueryGate query={before} what="The version before">
      {({ version: old }) => (
        <QueryGate query={after} what="The version after">
          {({ version: fresh }) => <Difference old={old} fresh={fresh} />}
        </QueryGate>
      )}
    </QueryGate>
  );
}

function Difference({ old, fresh }: { old: Version; fresh: Version }) {
  const lines = useMemo(() => diffLines(old.body, fresh.body), [old.body, fresh.body]);
  const added = lines.filter((line) => line.kind === "added").length;
  const removed = lines.filter((line) => line.kind === "removed").length;
  const settings = settingChanges(old, fresh);
  if (added + removed + settings.length === 0 && old.body === fresh.body) {
    return <EmptyState title="They are the same.">Neither the text nor how it runs differs.</EmptyState>;
  }
  return (
    <>
      {settings.length > 0 ? (
        <ul className="border-b border-line px-3.5 py-2">
          {settings.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
      {added + removed === 0 ? (
        <p className="px-3.5 py-3 text-ink-2">
          {old.body === fresh.body ? "Its text is the same." : "Of its text, only the ends of lines differ."}
        </p>
      ) : (
        <>
          <p className="border-b border-line px-3.5 py-2 text-ink-2">
            <span className="text-ok">{countOf(added, "line")} added</span>,{" "}
            <span className="text-bad">{countOf(removed, "line")} removed</span>
          </p>
          <DiffTable key={`${old.number}-${fresh.number}`} lines={lines} />
        </>
      )}
    </>
  );
}

function settingChanges(old: Version, fresh: Version): string[] {
  const span = (version: Version) => formatSpan(version.timeoutSeconds * 1_000);
  const elevated = (version: Version) => (version.requiresElevation ? "needed" : "not needed");
  const parameters = (version: Version) => version.parameters.map((parameter) => parameter.name).join(", ") || "none";
  const compared: readonly (readonly [name: string, before: string, after: string])[] = [
    ["Language", languages[old.language], languages[fresh.language]],
    ["Runs as", contexts[old.context].label, contexts[fresh.context].label],
    ["Time-out", span(old), span(fresh)],
    ["Elevation", elevated(old), elevated(fresh)],
    ["Parameters", parameters(old), parameters(fresh)],
  ];
  const changed = compared
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name}: ${before} → ${after}`);
  const sameNames = parameters(old) === parameters(fresh);
  const isRedefined = sameNames && JSON.stringify(old.parameters) !== JSON.stringify(fresh.parameters);
  return isRedefined ? [...changed, "Parameters: the same names, with other types, defaults or words"] : changed;
}
