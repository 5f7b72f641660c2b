"use client";

import { parseAsInteger, useQueryStates } from "nuqs";
import type { Outputs } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { formatSpan } from "@/app/_ui/format";
import { Select } from "@/app/_ui/input";
import { Time } from "@/app/_ui/time";
import { contexts, languages } from "../_list/script-words";
import { VersionDiff } from "./version-diff";

type Versions = Outputs["scripts"]["versions"];

/** Every version a script has had, and what changed between two of them; which two stands in the address. */
export function VersionsTab({
  scriptId,
  origin,
  versions,
}: {
  scriptId: number;
  origin: "global" | "mine";
  versions: Versions;
}) {
  const [newest, before] = versions;
  const [query, setQuery] = useQueryStates({ from: parseAsInteger, to: parseAsInteger });
  const known = (number: number | null) => versions.find((version) => version.number === number)?.number;
  const from = known(query.from) ?? before?.number;
  const to = known(query.to) ?? newest?.number;
  const options = versions.map(({ number }) => ({ value: String(number), label: `Version ${number}` }));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
      <Card
        title="What changed"
        className="overflow-hidden"
        aside={
          from !== undefined && to !== undefined ? (
            <>
              <Select
                aria-label="From"
                className="w-auto"
                options={options}
                value={String(from)}
                onChange={(event) => void setQuery({ from: Number(event.target.value) })}
              />
              <span className="text-ink-3">to</span>
              <Select
                aria-label="To"
                className="w-auto"
                options={options}
                value={String(to)}
                onChange={(event) => void setQuery({ to: Number(event.target.value) })}
              />
            </>
          ) : null
        }
      >
        {from === undefined || to === undefined ? (
          <EmptyState title="There is one version.">Once it is changed, the difference is shown here.</EmptyState>
        ) : (
          <VersionDiff scriptId={scriptId} from={from} to={to} />
        )}
      </Card>
      <Card title="Versions" hint="newest first">
        <ol className="max-h-[70dvh] overflow-y-auto">
          {versions.map((version) => (
            <li key={version.number} className="border-b border-line px-3.5 py-2 last:border-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <b className="font-[560]">Version {version.number}</b>
                <span className="ml-auto text-ink-3">
                  <Time at={version.createdAt} />
                </span>
              </p>
              <p className="text-ink-2">
                {version.createdByName ?? (origin === "global" ? "The catalogue" : "Author unknown")};{" "}
                {languages[version.language]}, {contexts[version.context].label.toLowerCase()}, at most{" "}
                {formatSpan(version.timeoutSeconds * 1_000)}
              </p>
              <p className="font-mono text-2xs text-ink-3">{version.bodySha256.slice(0, 16)}…</p>
            </li>
          ))}
        </ol>
      </Card>
    </div>
  );
}
