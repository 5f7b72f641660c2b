import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { messageChoices } from "@/db/schema";
import { type PostponeBudget, postponeOptions } from "@/server/core/postpone";
import { wallClockAt } from "@/server/core/schedule/local-time";
import { readBranding } from "../branding/read-branding";
import type { ServiceContext } from "../context";
import { firstTimeZone } from "../emails/find-recipients";
import { describeComputer, loadChanges, loadMaintenance, type Maintenance } from "../emails/load-maintenance";
import { type Call, parseInput } from "../parse";
import { postponeBudgetOf } from "../sessions/postpone-budget";
import { authorizeLink } from "./authorize-link";
import type { ChoiceOutcome, MessageRefusal, MessageState, MessageView } from "./message-view";

const input = z.strictObject({
  token: z.string(),
  /** The key of a form sent before, to say what it came to. */
  sentKey: z.uuid().nullable().catch(null),
  isRepeated: z.boolean().default(false),
});

/** What the page behind a link shows. Only reads: mail scanners and previews open links too. */
export async function openMessage({ ctx, input: raw }: Call<typeof input>): Promise<MessageView | MessageRefusal> {
  const { token, sentKey, isRepeated } = parseInput(input, raw);
  const holder = await authorizeLink(ctx, token);
  if (holder.kind !== "ok") return holder;
  const { sessionId, linkId } = holder.link;
  const maintenance = await loadMaintenance(ctx, sessionId);
  const { options, tenantId } = maintenance;
  const now = ctx.clock.now();
  const timeZone = firstTimeZone([holder.timeZone, maintenance.computerZone, maintenance.tenantZone]);
  const state = stateOf(maintenance, now);
  const isWaiting = state === "waiting" || state === "starting";
  const budget = postponeBudgetOf(maintenance, now);
  const choices = options.allowsPostpone && budget && isWaiting ? postponeOptions(budget) : [];
  const timesLeft = Math.max(0, options.postponeMaxCount - maintenance.postponeCount);
  const { effective: branding } = await readBranding(ctx, tenantId);
  return {
    kind: "message",
    branding,
    reader: {
      role: holder.personId !== null && holder.personId === maintenance.primaryPersonId ? "primary" : "contact",
      locale: holder.locale,
      timeZone,
    },
    computer: describeComputer(maintenance),
    changes: await loadChanges(ctx, sessionId),
    state,
    now,
    executionAt: maintenance.executionAt,
    endedAt: maintenance.endedAt,
    restartPending: maintenance.pendingReboot ?? false,
    restart: options.reboot,
    offline: options.offline,
    allowance: { timesLeft, latestAt: maintenance.postponeLatestAt },
    postponeOptions: choices.map(({ id, atMs }) => ({ id, at: new Date(atMs) })),
    allows: {
      postpone: isWaiting && options.allowsPostpone && timesLeft > 0,
      cancel: (isWaiting || state === "waiting-for-computer") && options.allowsCancel,
      runNow: state === "waiting" && options.allowsRunNow,
    },
    timeBounds: choices.length > 0 && budget ? timeBounds(budget, timeZone) : null,
    formKeys: { postpone: ctx.ids.uuid(), cancel: ctx.ids.uuid(), "run-now": ctx.ids.uuid() },
    outcome: sentKey === null ? null : await readOutcome(ctx, linkId, sentKey, isRepeated),
  };
}

const MINUTE_MS = 60_000;

function timeBounds({ nowMs, executionAtMs, latestAtMs }: PostponeBudget, timeZone: string) {
  const shown = (atMs: number) => wallClockAt(atMs, timeZone).toString({ smallestUnit: "minute" });
  const earliestMs = Math.max(nowMs, executionAtMs) + MINUTE_MS;
  return { min: shown(earliestMs), max: latestAtMs === null ? null : shown(latestAtMs) };
}

function stateOf({ status, executionAt, executionStartedAt, endedAt }: Maintenance, now: Date): MessageState {
  if (status === "cancelled" || status === "missed") return status;
  if (endedAt !== null) return "ended";
  if (executionStartedAt !== null) return "begun";
  if (status === "pending-execution" || status === "postponed") {
    return executionAt !== null && executionAt <= now ? "starting" : "waiting";
  }
  return status === "pending-connectivity" ? "waiting-for-computer" : "begun";
}

async function readOutcome(
  ctx: ServiceContext,
  linkId: string,
  sentKey: string,
  isRepeated: boolean,
): Promise<ChoiceOutcome | null> {
  const [found] = await ctx.db
    .select({
      choice: messageChoices.choice,
      outcome: messageChoices.outcome,
      executionAt: messageChoices.executionAt,
    })
    .from(messageChoices)
    .where(and(eq(messageChoices.id, sentKey), eq(messageChoices.linkId, linkId)));
  return found ? { ...found, isRepeated } : null;
}
