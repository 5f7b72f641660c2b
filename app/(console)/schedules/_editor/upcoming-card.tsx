"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { EmptyState } from "@/app/_ui/empty-state";
import { ErrorState } from "@/app/_ui/error-state";
import { formatMomentLong, isZone } from "@/app/_ui/format";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useDebounced } from "@/app/_ui/use-debounced";
import { targetOf } from "../../deployments/_editor/form";
import { recurrenceOf, type ScheduleForm } from "./schedule-form";

const SETTLE_MS = 250;

/** When it would be due next, as it is written now. */
export function UpcomingCard({ form }: { form: ScheduleForm }) {
  const trpc = useTRPC();
  const zone = form.timeZone.trim();
  const hasZone = form.zone !== "schedule" || isZone(zone);
  const asked = useDebounced(
    JSON.stringify({
      ...recurrenceOf(form),
      detectionTime: form.recurs === "cron" ? "00:00" : form.detectionTime,
      timeZone: form.zone === "schedule" ? zone : null,
      tenantId: targetOf(form.target).targetTenantId ?? null,
    }),
    SETTLE_MS,
  );
  const query = useQuery({
    ...trpc.schedules.previewTimes.queryOptions(JSON.parse(asked)),
    enabled: hasZone,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!hasZone) {
    return (
      <Card title="Next runs">
        <EmptyState title="Choose a time zone, such as Europe/Stockholm." />
      </Card>
    );
  }
  return (
    <Card title="Next runs" hint={form.enabled ? undefined : "once it is switched on"}>
      {query.error && query.data ? <ErrorState error={query.error} what="The next runs" /> : null}
      <QueryGate query={query} what="The next runs">
        {({ problem, dueAt, timeZone }) =>
          problem ? (
            <p role="alert" className="px-3.5 py-3 text-bad">
              {problem}
            </p>
          ) : (
            <>
              <ol>
                {dueAt.map((moment) => (
                  <li key={moment.toISOString()} className="flex gap-3 border-b border-line px-3.5 py-1.5">
                    <span>{formatMomentLong(moment, timeZone).replace(/:00 (\S+)$/, " $1")}</span>
                    <span className="ml-auto text-ink-3">
                      <Time at={moment} computerZone={timeZone} />
                    </span>
                  </li>
                ))}
              </ol>
              <p className="px-3.5 py-2 text-xs text-ink-3">
                {form.zone === "schedule"
                  ? `In ${timeZone}.`
                  : `In ${timeZone}; ${form.zone === "computer" ? "computers" : "tenants"} elsewhere begin at the same time by their own clock.`}
              </p>
            </>
          )
        }
      </QueryGate>
    </Card>
  );
}
