import type { Outputs } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { countOf } from "@/app/_ui/format";
import { Pill } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";

type Schedule = Outputs["schedules"]["get"];

/** What became of the occurrences that were due. */
export function RunsCard({ schedule }: { schedule: Schedule }) {
  return (
    <Card title="Last runs">
      {schedule.runs.length === 0 ? (
        <EmptyState title="It has not run yet." />
      ) : (
        <ul className="max-h-[420px] overflow-y-auto">
          {schedule.runs.map((run) => (
            <li
              key={`${run.timeZone} ${run.dueAt.toISOString()}`}
              className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 border-b border-line px-3.5 py-2 last:border-0"
            >
              {run.outcome === "missed" ? <Pill tone="warn">Missed</Pill> : <Pill tone="ok">Ran</Pill>}
              <Time at={run.dueAt} show="near" computerZone={run.timeZone} />
              <span className="text-ink-3">{run.timeZone}</span>
              <span className="ml-auto text-ink-2">
                {run.outcome === "missed" ? "too late to start" : countOf(run.sessionCount, "session")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
