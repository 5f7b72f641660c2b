"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PackageSearch } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf, formatNumber } from "@/app/_ui/format";
import { Input, Select } from "@/app/_ui/input";
import { Pill } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { ScrollX } from "@/app/_ui/scroll-x";
import { Time } from "@/app/_ui/time";
import { useDebounced } from "@/app/_ui/use-debounced";

const PAGE = 100;
const SETTLE_MS = 150;

/** What is installed: what the catalogue knows first, then everything that the last inventory saw. */
export function InventoryTab({ computerId }: { computerId: number }) {
  return (
    <div className="grid gap-4">
      <KnownItems computerId={computerId} />
      <Everything computerId={computerId} />
    </div>
  );
}

function KnownItems({ computerId }: { computerId: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.computers.software.queryOptions({ id: computerId, limit: 200 }));
  return (
    <Card title="Maintained items" hint="as sessions last found them">
      <QueryGate query={query} what="The maintained items">
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No session has looked yet.">A detection changes nothing and fills this in.</EmptyState>
          ) : (
            <ScrollX label="Maintained items">
              <table className="w-full">
                <caption className="sr-only">Maintained items</caption>
                <thead>
                  <tr>
                    {["Item", "Found", "Newest", "Seen"].map((head) => (
                      <th key={head} scope="col" className={headStyle}>
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.itemId} className={rowStyle}>
                      <td className={cellStyle}>{row.name}</td>
                      <td className={cellStyle}>
                        {row.kind === "task" ? (
                          row.compliant === null ? (
                            <span className="text-ink-3">recorded</span>
                          ) : (
                            <Pill tone={row.compliant ? "ok" : "warn"}>
                              {row.compliant ? "compliant" : "not compliant"}
                            </Pill>
                          )
                        ) : (
                          (row.version ?? <span className="text-ink-3">not detected</span>)
                        )}
                      </td>
                      <td className={cellStyle}>{row.availableVersion ?? <span className="text-ink-3">–</span>}</td>
                      <td className={cellStyle}>
                        <Time at={row.detectedAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )
        }
      </QueryGate>
    </Card>
  );
}

function Everything({ computerId }: { computerId: number }) {
  const trpc = useTRPC();
  const [text, setText] = useState("");
  const [source, setSource] = useState("");
  const [offset, setOffset] = useState(0);
  const search = useDebounced(text.trim(), SETTLE_MS);
  const query = useQuery(
    trpc.computers.inventory.queryOptions(
      {
        id: computerId,
        offset,
        limit: PAGE,
        ...(search === "" ? {} : { search }),
        ...(source === "" ? {} : { source }),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Card
      title="Everything installed"
      hint={query.data?.takenAt ? <Time at={query.data.takenAt} /> : null}
      aside={
        <>
          <Select
            aria-label="Source"
            className="w-auto"
            value={source}
            onChange={(event) => {
              setSource(event.target.value);
              setOffset(0);
            }}
            options={[
              { value: "", label: "All sources" },
              ...(query.data?.sources ?? []).map((each) => ({ value: each, label: each })),
            ]}
          />
          <Input
            type="search"
            aria-label="Find a program"
            placeholder="Find a program"
            className="w-44"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setOffset(0);
            }}
          />
        </>
      }
    >
      <QueryGate query={query} what="The inventory">
        {({ rows, total, takenAt }) =>
          takenAt === null ? (
            <EmptyState icon={PackageSearch} title="No inventory was read yet.">
              The first session reads it.
            </EmptyState>
          ) : rows.length === 0 ? (
            <EmptyState title="Nothing installed matches this." />
          ) : (
            <>
              <ScrollX label="Everything installed">
                <table className="w-full">
                  <caption className="sr-only">Everything installed</caption>
                  <thead>
                    <tr>
                      {["Program", "Version", "Publisher", "Source"].map((head) => (
                        <th key={head} scope="col" className={headStyle}>
                          {head}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={`${row.source}/${row.id}/${row.version}`} className={rowStyle}>
                        <td className={cellStyle}>{row.name}</td>
                        <td className={`${cellStyle} font-mono text-xs`}>{row.version}</td>
                        <td className={`${cellStyle} max-w-[280px] truncate text-ink-2`}>{row.publisher}</td>
                        <td className={`${cellStyle} text-ink-3`}>{row.source}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollX>
              <nav aria-label="Pages" className="flex items-center gap-2 border-t border-line px-3.5 py-2">
                <span className="mr-auto text-ink-3">
                  {total > PAGE ? `${offset + 1} to ${formatNumber(Math.min(total, offset + PAGE))} of ` : ""}
                  {countOf(total, "program")}
                </span>
                {total > PAGE ? (
                  <>
                    <Button size="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                      Previous
                    </Button>
                    <Button size="small" disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                      Next
                    </Button>
                  </>
                ) : null}
              </nav>
            </>
          )
        }
      </QueryGate>
    </Card>
  );
}

const headStyle = "border-b border-line px-3.5 py-[7px] text-left text-xs font-[520] text-ink-3";
const rowStyle = "border-b border-line last:border-0";
const cellStyle = "h-[34px] px-3.5 whitespace-nowrap";
