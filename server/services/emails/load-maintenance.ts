import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { actions, computers, items, sessions, tenants } from "@/db/schema";
import type { Change, ChangeKind, ChangeOutcome, ChangeResult, MaintainedComputer } from "@/emails/maintenance";
import type { ActionResult, ActionType } from "@/server/core/sessions";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** A session as it is told to people. */
export async function loadMaintenance(ctx: ServiceContext, sessionId: number) {
  const [found] = await ctx.db
    .select({
      id: sessions.id,
      tenantId: sessions.tenantId,
      status: sessions.status,
      options: sessions.options,
      executionAt: sessions.executionAt,
      executionStartedAt: sessions.executionStartedAt,
      endedAt: sessions.endedAt,
      postponeCount: sessions.postponeCount,
      postponeLatestAt: sessions.postponeLatestAt,
      tenantName: tenants.name,
      tenantZone: tenants.timeZone,
      computerName: computers.name,
      deviceClass: computers.deviceClass,
      computerZone: computers.timeZone,
      pendingReboot: computers.pendingReboot,
      primaryPersonId: computers.primaryPersonId,
    })
    .from(sessions)
    .innerJoin(tenants, eq(tenants.id, sessions.tenantId))
    .leftJoin(computers, eq(computers.id, sessions.computerId))
    .where(eq(sessions.id, sessionId));
  if (!found) throw notFound("That session");
  return found;
}

export type Maintenance = Awaited<ReturnType<typeof loadMaintenance>>;

const machineKinds = {
  workstation: "computer",
  portable: "laptop",
  server: "server",
  "domain-controller": "server",
  "primary-domain-controller": "server",
} as const;

/** A session against a tenant names the tenant where others name the computer. */
export const describeComputer = (maintenance: Maintenance): MaintainedComputer => ({
  name: maintenance.computerName ?? maintenance.tenantName,
  kind: maintenance.deviceClass ? machineKinds[maintenance.deviceClass] : "computer",
  tenantName: maintenance.tenantName,
});

const kinds: Partial<Record<ActionType, ChangeKind>> = {
  install: "install",
  update: "update",
  downgrade: "downgrade",
  uninstall: "uninstall",
  reinstall: "reinstall",
  task: "setting",
};
const changingTypes = Object.keys(kinds) as ActionType[];

const results: Record<ActionResult, ChangeResult> = {
  compliant: "done",
  "not-compliant": "failed",
  failed: "failed",
  cancelled: "called-off",
  skipped: "left-out",
};

/**
 * What a session changes on the computer, in order, with what became of it so far. What was known at planning to fail
 * is a matter for technicians: it is neither announced nor reported to the computer's user.
 */
export async function loadChanges(ctx: ServiceContext, sessionId: number): Promise<ChangeOutcome[]> {
  const found = await ctx.db
    .select({
      type: actions.type,
      name: items.name,
      fromVersion: actions.detectedVersion,
      toVersion: sql<string | null>`coalesce(${actions.resultVersion}, ${actions.wantedVersion})`,
      result: actions.result,
    })
    .from(actions)
    .innerJoin(items, eq(items.id, actions.itemId))
    .where(
      and(
        eq(actions.sessionId, sessionId),
        inArray(actions.type, changingTypes),
        sql`${actions.planned} ->> 'failsWith' is null`,
      ),
    )
    .orderBy(asc(actions.position));
  return found.map(({ type, result, ...rest }) => ({
    ...rest,
    kind: kinds[type] ?? "setting",
    result: result === null ? "called-off" : results[result],
  }));
}

export const withoutResult = ({ result: _, ...change }: ChangeOutcome): Change => change;
