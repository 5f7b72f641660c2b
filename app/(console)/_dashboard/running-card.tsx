import Link from "next/link";
import { Card } from "@/app/_ui/card";
import { formatNumber, formatWord } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { TextLink } from "../_words/entity-link";
import type { Summary } from "./dashboard";

/** Sessions as they run. */
export function RunningCard({ running }: { running: Summary["running"] }) {
  return (
    <Card
      title="Running now"
      aside={running.total > running.rows.length ? <TextLink href="/sessions?live=yes">See all</TextLink> : null}
      hint={running.total > 0 ? <Pill tone="run">{formatNumber(running.total)}</Pill> : null}
    >
      {running.rows.length === 0 ? <p className="px-3.5 py-3 text-ink-2">Nothing runs at this moment.</p> : null}
      <ul>
        {running.rows.map((row) => (
          <li key={row.sessionId} className="border-b border-line last:border-0">
            <Link
              href={`/sessions/${row.sessionId}`}
              className="grid grid-cols-[minmax(0,1fr)_96px_46px] items-center gap-2.5 px-3.5 py-2 -outline-offset-2 hover:bg-sunken"
            >
              <span className="truncate">
                <b className="font-[540]">{row.computerName ?? row.tenantName}</b>{" "}
                <span className="text-ink-3">{row.currentSentence ?? formatWord(row.stage)}</span>
              </span>
              <ProgressBar
                label={`Progress on ${row.computerName ?? row.tenantName}`}
                value={row.todoCount === 0 ? null : row.doneCount / row.todoCount}
                tone={row.failedCount > 0 ? "warn" : "run"}
              />
              <span className="text-right text-ink-3">
                {row.todoCount === 0 ? "" : `${row.doneCount} / ${row.todoCount}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
