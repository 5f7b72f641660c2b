"use client";

import { formatMoment, formatMomentLong, formatNear, formatRelative, isZone } from "./format";
import { Tooltip } from "./tooltip";
import { useNow, useViewerZone } from "./viewer";

/**
 * A moment in the viewer's zone. `relative` ("2 h ago"), `near` ("14:02", "Tue 14:02") or `full`; pointing at it or
 * focusing it shows the rest, and what the computer's own clock says.
 */
export function Time({
  at,
  show = "relative",
  computerZone = null,
  empty = "never",
}: {
  at: Date | null | undefined;
  show?: "relative" | "near" | "full" | "both";
  computerZone?: string | null;
  empty?: string;
}) {
  const zone = useViewerZone();
  const now = useNow();
  if (!at) return <span className="text-ink-3">{empty}</span>;
  const words = {
    relative: () => formatRelative(at, now),
    near: () => formatNear(at, now, zone),
    full: () => formatMoment(at, zone),
    both: () => `${formatNear(at, now, zone)}, ${formatRelative(at, now)}`,
  };
  const elsewhere = computerZone !== null && computerZone !== zone && isZone(computerZone);
  return (
    <Tooltip
      content={
        <>
          <span className="block">{formatMomentLong(at, zone)} for you</span>
          {elsewhere ? <span className="block">{formatMomentLong(at, computerZone)} at the computer</span> : null}
          <span className="block opacity-75">{formatRelative(at, now)}</span>
        </>
      }
    >
      <time dateTime={at.toISOString()} className="whitespace-nowrap" suppressHydrationWarning>
        {words[show]()}
      </time>
    </Tooltip>
  );
}
