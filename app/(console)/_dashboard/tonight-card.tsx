"use client";

import { Card } from "@/app/_ui/card";
import { countOf, formatTime } from "@/app/_ui/format";
import { useViewerZone } from "@/app/_ui/viewer";
import { TextLink } from "../_words/entity-link";
import type { Summary } from "./dashboard";

const MARKS = 6;
/** A lane is at least this wide, so that a single moment can be seen. */
const LEAST_PERCENT = 1.5;

/** The next day's maintenance, a lane a tenant, in the viewer's time. */
export function TonightCard({ tonight }: { tonight: Summary["tonight"] }) {
  const zone = useViewerZone();
  const [from, until] = [tonight.from.getTime(), tonight.until.getTime()];
  const percentOf = (at: Date) => Math.min(100, Math.max(0, ((at.getTime() - from) / (until - from)) * 100));
  const marks = Array.from({ length: MARKS }, (_, index) => new Date(from + ((until - from) * index) / (MARKS - 1)));
  return (
    <Card title="Next 24 hours" aside={<span className="text-ink-3">your time</span>}>
      {tonight.lanes.length === 0 ? (
        <p className="px-3.5 py-3 text-ink-2">
          No session waits for its time. <TextLink href="/schedules">Schedules</TextLink> start them by themselves.
        </p>
      ) : (
        <div className="px-4 pt-3 pb-4">
          <div aria-hidden className="flex justify-between pl-[94px] text-2xs text-ink-3" suppressHydrationWarning>
            {marks.map((mark) => (
              <span key={mark.getTime()} suppressHydrationWarning>
                {formatTime(mark, zone)}
              </span>
            ))}
          </div>
          <ul>
            {tonight.lanes.map((lane) => {
              const left = percentOf(lane.firstAt);
              const width = Math.max(LEAST_PERCENT, percentOf(lane.lastAt) - left);
              const said = `${countOf(lane.sessionCount, "session")}, ${formatTime(lane.firstAt, zone)} to ${formatTime(lane.lastAt, zone)}`;
              return (
                <li key={lane.tenantId} className="grid h-[26px] grid-cols-[84px_1fr] items-center gap-2.5 text-xs">
                  <span className="truncate">{lane.tenantName}</span>
                  <span className="relative h-3.5 rounded-sm bg-sunken" title={said}>
                    <span className="sr-only">{said}</span>
                    <span
                      aria-hidden
                      className="absolute inset-y-0 rounded-sm bg-run opacity-85"
                      style={{ left: `${Math.min(left, 100 - width)}%`, width: `${width}%` }}
                    />
                  </span>
                </li>
              );
            })}
          </ul>
          {tonight.laneCount > tonight.lanes.length ? (
            <p className="mt-1 text-xs text-ink-3">and {tonight.laneCount - tonight.lanes.length} more tenants</p>
          ) : null}
        </div>
      )}
    </Card>
  );
}
