import { and, asc, desc, eq } from "drizzle-orm";
import {
  actions,
  computers,
  emails,
  items,
  jobs,
  people,
  schedules,
  sessionEvents,
  sessions,
  tenants,
  users,
} from "@/db/schema";
import { postponeOptions } from "@/server/core/postpone";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { postponeBudgetOf } from "./postpone-budget";

/** A session with its actions in order, what happened, who was told, and its jobs. Output is read with `listSessionOutput`. */
export async function getSession({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [found] = await ctx.db
    .select({
      session: sessions,
      computerName: computers.name,
      computerOnline: computers.online,
      computerTimeZone: computers.timeZone,
      primaryPersonName: people.displayName,
      tenantName: tenants.name,
      itemName: items.name,
      scheduleName: schedules.name,
      createdByName: users.displayName,
    })
    .from(sessions)
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .leftJoin(computers, eq(computers.id, sessions.computerId))
    .leftJoin(people, eq(people.id, computers.primaryPersonId))
    .leftJoin(items, eq(items.id, sessions.itemId))
    .leftJoin(schedules, eq(schedules.id, sessions.scheduleId))
    .leftJoin(users, eq(users.id, sessions.createdBy))
    .where(and(eq(sessions.id, id), inVisibleTenants(ctx, sessions.tenantId)));
  if (!found) throw notFound("That session");
  const { session, ...names } = found;
  const isWaiting = session.status === "pending-execution" || session.status === "postponed";
  const budget = isWaiting ? postponeBudgetOf(session, ctx.clock.now()) : null;
  return {
    ...session,
    ...names,
    postponeChoices:
      budget === null
        ? []
        : postponeOptions({ ...budget, count: 0, maxCount: 1, latestAtMs: null }).map((choice) => ({
            id: choice.id,
            at: new Date(choice.atMs),
          })),
    actions: await readActions(ctx, id),
    events: await ctx.db
      .select({
        id: sessionEvents.id,
        kind: sessionEvents.kind,
        sentence: sessionEvents.sentence,
        data: sessionEvents.data,
        at: sessionEvents.at,
      })
      .from(sessionEvents)
      .where(eq(sessionEvents.sessionId, id))
      .orderBy(asc(sessionEvents.id))
      .limit(1_000),
    emails: await ctx.db
      .select({
        id: emails.id,
        kind: emails.kind,
        recipient: emails.recipient,
        subject: emails.subject,
        status: emails.status,
        createdAt: emails.createdAt,
        sentAt: emails.sentAt,
      })
      .from(emails)
      .where(eq(emails.sessionId, id))
      .orderBy(asc(emails.createdAt), asc(emails.id))
      .limit(100),
    jobs: await ctx.db
      .select({
        id: jobs.id,
        purpose: jobs.purpose,
        status: jobs.status,
        actionId: jobs.actionId,
        attempt: jobs.attempt,
        createdAt: jobs.createdAt,
        startedAt: jobs.startedAt,
        endedAt: jobs.endedAt,
        endReason: jobs.endReason,
      })
      .from(jobs)
      .where(eq(jobs.sessionId, id))
      .orderBy(desc(jobs.createdAt), desc(jobs.id))
      .limit(500),
  };
}

function readActions(ctx: ServiceContext, sessionId: number) {
  return ctx.db
    .select({
      id: actions.id,
      position: actions.position,
      itemId: actions.itemId,
      itemName: items.name,
      itemKind: items.kind,
      type: actions.type,
      reason: actions.reason,
      status: actions.status,
      result: actions.result,
      sentence: actions.sentence,
      resultReason: actions.resultReason,
      deploymentId: actions.deploymentId,
      desiredState: actions.desiredState,
      detectedVersion: actions.detectedVersion,
      wantedVersion: actions.wantedVersion,
      resultVersion: actions.resultVersion,
      requiredById: actions.requiredById,
      dependsOn: actions.dependsOn,
      attempt: actions.attempt,
      recordedValue: actions.recordedValue,
      startedAt: actions.startedAt,
      endedAt: actions.endedAt,
    })
    .from(actions)
    .innerJoin(items, eq(items.id, actions.itemId))
    .where(eq(actions.sessionId, sessionId))
    .orderBy(asc(actions.position));
}
