import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/app/_ui/cn";
import { countOf, formatNumber } from "@/app/_ui/format";
import type { Summary } from "./dashboard";

/** The four numbers of the day. */
export function KeyFigures({ summary }: { summary: Summary }) {
  const { compliance, tonight, told, needsPerson, counts } = summary;
  const judged = compliance.compliant + compliance.notCompliant;
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-panel lg:grid-cols-4">
      <Figure
        label="Compliant"
        value={judged === 0 ? "–" : `${((compliance.compliant / judged) * 100).toFixed(judged > 999 ? 1 : 0)} %`}
        href="/computers"
      >
        {judged === 0
          ? "no session has ended yet"
          : `${formatNumber(compliance.compliant)} of ${countOf(judged, "computer")}`}
        {compliance.unknown > 0 ? ` · ${formatNumber(compliance.unknown)} unknown` : ""}
      </Figure>
      <Figure
        label="Next 24 hours"
        value={formatNumber(tonight.sessionCount)}
        href="/sessions?status=pending-execution,postponed"
      >
        {tonight.sessionCount === 0
          ? "no session waits for its time"
          : `sessions at ${countOf(tonight.laneCount, "tenant")}`}
      </Figure>
      <Figure label="Told their users" value={formatNumber(told.told)} href="/outbox?kind=before">
        {formatNumber(told.postponed)} postponed · {formatNumber(told.cancelled)} cancelled
        {told.undelivered > 0 ? ` · ${formatNumber(told.undelivered)} undelivered` : ""}
      </Figure>
      <Figure
        label="Need a person"
        value={formatNumber(needsPerson.total)}
        href="/attention"
        loud={needsPerson.total > 0}
      >
        {needsPerson.total === 0
          ? `${countOf(counts.online, "computer")} online of ${formatNumber(counts.computers)}`
          : `${countOf(needsPerson.causeCount, "cause")} and ${countOf(needsPerson.decisionCount, "decision")}`}
      </Figure>
    </dl>
  );
}

function Figure({
  label,
  value,
  href,
  loud = false,
  children,
}: {
  label: string;
  value: string;
  href: string;
  loud?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="relative -mt-px -ml-px border-t border-l border-line px-4 py-3 hover:bg-sunken">
      <dt className="text-ink-2">
        <Link href={href} className="after:absolute after:inset-0">
          {label}
        </Link>
      </dt>
      <dd>
        <span className={cn("block text-2xl font-[620] tracking-[-0.02em]", loud && "text-bad")}>{value}</span>
        <span className="text-xs text-ink-3">{children}</span>
      </dd>
    </div>
  );
}
