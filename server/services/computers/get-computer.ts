import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { agents, computers, integrations, inventories, people, sessions, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { notFound } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { computerSummary } from "./computer-columns";

/** A computer with its agents and what runs on it now. */
export async function getComputer({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const [computer] = await ctx.db
    .select({
      ...computerSummary,
      smbiosUuid: computers.smbiosUuid,
      osInstallationId: computers.osInstallationId,
      osInstalledAt: computers.osInstalledAt,
      generation: computers.generation,
      packageManagers: computers.packageManagers,
      serialNumber: computers.serialNumber,
      manufacturer: computers.manufacturer,
      model: computers.model,
      primaryPersonPinned: computers.primaryPersonPinned,
      primaryPersonUpn: people.upn,
      primaryPersonEmail: people.email,
      onboardedAt: computers.onboardedAt,
      tenantTimeZone: tenants.timeZone,
      inventoryTakenAt: inventories.takenAt,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .leftJoin(people, eq(people.id, computers.primaryPersonId))
    .leftJoin(inventories, eq(inventories.computerId, computers.id))
    .where(and(eq(computers.id, id), inVisibleTenants(ctx, computers.tenantId)));
  if (!computer) throw notFound("That computer");
  const pathways = await ctx.db
    .select({
      id: agents.id,
      integrationName: integrations.name,
      version: agents.version,
      connected: agents.connected,
      connectedAt: agents.connectedAt,
      lastSeenAt: agents.lastSeenAt,
      enrolledAt: agents.enrolledAt,
      revokedAt: agents.revokedAt,
      facts: agents.facts,
    })
    .from(agents)
    .leftJoin(integrations, eq(integrations.id, agents.integrationId))
    .where(eq(agents.computerId, id))
    .orderBy(asc(agents.enrolledAt), asc(agents.id));
  const brief = {
    id: sessions.id,
    kind: sessions.kind,
    status: sessions.status,
    stage: sessions.stage,
    statusReason: sessions.statusReason,
    executionAt: sessions.executionAt,
    createdAt: sessions.createdAt,
    endedAt: sessions.endedAt,
  };
  const live = await ctx.db
    .select(brief)
    .from(sessions)
    .where(and(eq(sessions.computerId, id), isNull(sessions.endedAt)))
    .orderBy(asc(sessions.id))
    .limit(20);
  const recent = await ctx.db
    .select(brief)
    .from(sessions)
    .where(eq(sessions.computerId, id))
    .orderBy(desc(sessions.id))
    .limit(5);
  return { ...computer, agents: pathways, liveSessions: live, recentSessions: recent };
}
