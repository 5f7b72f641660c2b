import type { PlannedMaintenance } from "@/emails/maintenance";
import type { EffectiveBranding } from "../branding/read-branding";
import type { ServiceContext } from "../context";
import type { Recipient } from "./find-recipients";
import { describeComputer, type Maintenance } from "./load-maintenance";

const DAY_MS = 86_400_000;
/** A link is good for as long as someone may come back to the mail and wonder. */
const LINK_DAYS_AFTER = 7;

export const planLinkExpiry = (ctx: ServiceContext, { executionAt, postponeLatestAt }: Maintenance): Date => {
  const last = Math.max(ctx.clock.now().getTime(), executionAt?.getTime() ?? 0, postponeLatestAt?.getTime() ?? 0);
  return new Date(last + LINK_DAYS_AFTER * DAY_MS);
};

/** The buttons a reader gets: what the session allows, and of postponing only what is left. */
export function fillPlan(
  ctx: ServiceContext,
  maintenance: Maintenance & { readonly executionAt: Date },
  changes: PlannedMaintenance["changes"],
  reader: Recipient,
  branding: EffectiveBranding,
  link: string,
): PlannedMaintenance {
  const { options } = maintenance;
  const timesLeft = Math.max(0, options.postponeMaxCount - maintenance.postponeCount);
  return {
    branding,
    reader,
    computer: describeComputer(maintenance),
    changes,
    startsAt: maintenance.executionAt,
    writtenAt: ctx.clock.now(),
    restart: options.reboot,
    offline: options.offline,
    allowance: { timesLeft, latestAt: maintenance.postponeLatestAt },
    links: {
      postpone: options.allowsPostpone && timesLeft > 0 ? link : null,
      cancel: options.allowsCancel ? `${link}?choose=cancel` : null,
      runNow: options.allowsRunNow ? `${link}?choose=run-now` : null,
    },
  };
}
