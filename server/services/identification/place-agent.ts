import { and, eq, inArray, isNull, lt, ne, sql } from "drizzle-orm";
import { agents, computers, jobs } from "@/db/schema";
import type { MachineFacts } from "@/server/agents/wire";
import type { IdentifyDecision } from "@/server/core/identify";
import { audit } from "../audit";
import { cancelWhere } from "../jobs/cancel-jobs";
import type { TransactionContext } from "../transaction";
import { identityColumns, machineColumns } from "./computer-facts";
import { settlePresence } from "./settle-presence";

export type IdentifiableAgent = typeof agents.$inferSelect & { readonly facts: MachineFacts };
type ComputerValues = Partial<typeof computers.$inferInsert>;

/** Carries a decision out: answers the computer that the agent belongs to from now on. The caller links the two. */
export async function placeAgent(
  tx: TransactionContext,
  agent: IdentifiableAgent,
  decision: IdentifyDecision,
): Promise<number> {
  const computerId = await place(tx, agent, decision);
  await tx.db.update(agents).set({ computerId }).where(eq(agents.id, agent.id));
  const touched = agent.computerId === null ? [computerId] : [computerId, agent.computerId];
  await settlePresence(tx, touched, agent.id);
  return computerId;
}

async function place(tx: TransactionContext, agent: IdentifiableAgent, decision: IdentifyDecision): Promise<number> {
  switch (decision.decision) {
    case "new":
      return makeComputer(tx, agent, "computer.create", {
        status: "needs-onboarding",
        identity: "strong",
        statusReason: decision.reason,
      });
    case "weak":
      if (decision.computerId !== null) return joinComputer(tx, agent, decision.computerId);
      return makeComputer(tx, agent, "computer.create", {
        status: "needs-onboarding",
        identity: "weak",
        statusReason: decision.reason,
      });
    case "same-computer":
      return joinComputer(tx, agent, decision.computerId);
    case "wiped":
      return wipeComputer(tx, agent, decision.computerId, decision.reason);
    case "needs-decision":
      return quarantine(tx, agent, decision.computerIds[0] ?? null, decision.reason);
  }
}

/** A computer of its own; the row that held its place while it could not be identified, where there is one. */
async function makeComputer(
  tx: TransactionContext,
  agent: IdentifiableAgent,
  action: string,
  values: Pick<typeof computers.$inferInsert, "status" | "identity" | "statusReason" | "rivalComputerId">,
): Promise<number> {
  const row = {
    ...machineColumns(agent.facts),
    ...identityColumns(agent.facts),
    rivalComputerId: null,
    ...values,
    tenantId: agent.tenantId,
    lastSeenAt: agent.lastSeenAt,
  };
  const placeholder = await findPlaceholder(tx, agent);
  const [made] =
    placeholder === undefined
      ? await tx.db
          .insert(computers)
          .values({ ...row, createdAt: tx.clock.now() })
          .returning({ id: computers.id })
      : await tx.db.update(computers).set(row).where(eq(computers.id, placeholder)).returning({ id: computers.id });
  if (!made) throw new Error("The insert gave no row back");
  await audit(tx, {
    action,
    entity: "computer",
    entityId: made.id,
    tenantId: agent.tenantId,
    before: null,
    after: { agentId: agent.id, name: row.name, ...values },
  });
  return made.id;
}

async function findPlaceholder(tx: TransactionContext, agent: IdentifiableAgent): Promise<number | undefined> {
  if (agent.computerId === null) return undefined;
  const [found] = await tx.db
    .select({ id: computers.id })
    .from(computers)
    .where(
      and(
        eq(computers.id, agent.computerId),
        inArray(computers.status, ["failed", "needs-decision", "identifying"]),
        sql`not exists (select 1 from ${agents} where ${agents.computerId} = ${computers.id}
          and ${agents.id} <> ${agent.id}::uuid)`,
      ),
    );
  return found?.id;
}

/** A further agent of a known computer. A fact that cannot be read any more does not blot out the one known. */
async function joinComputer(tx: TransactionContext, agent: IdentifiableAgent, computerId: number): Promise<number> {
  const before = await lockComputer(tx, computerId);
  const identity = identityColumns(agent.facts);
  const known: ComputerValues = Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== null));
  const returns = before.status === "archived";
  await tx.db
    .update(computers)
    .set({
      ...machineColumns(agent.facts),
      ...known,
      ...(identity.smbiosUuid !== null && before.smbiosUuid === null ? { identity: "strong" as const } : {}),
      ...(returns
        ? { status: "needs-onboarding" as const, statusReason: "It was archived and has come back.", onboardedAt: null }
        : {}),
    })
    .where(eq(computers.id, computerId));
  await archiveEmptied(tx, agent, computerId);
  if (agent.computerId !== computerId) {
    await audit(tx, {
      action: "computer.add-agent",
      entity: "computer",
      entityId: computerId,
      tenantId: before.tenantId,
      before: { status: before.status },
      after: { agentId: agent.id, status: returns ? "needs-onboarding" : before.status },
    });
  }
  return computerId;
}

/** The same computer with a new installation: the next generation, in which nothing of the one before ever runs. */
export async function wipeComputer(
  tx: TransactionContext,
  agent: IdentifiableAgent,
  computerId: number,
  reason: string,
): Promise<number> {
  const before = await lockComputer(tx, computerId);
  const generation = before.generation + 1;
  await tx.db
    .update(computers)
    .set({
      ...machineColumns(agent.facts),
      ...identityColumns(agent.facts),
      generation,
      status: "needs-onboarding",
      statusReason: reason,
      onboardedAt: null,
    })
    .where(eq(computers.id, computerId));
  // Should the old installation come back, its agent is identified anew.
  await tx.db
    .update(agents)
    .set({ computerId: null, identityKey: null })
    .where(and(eq(agents.computerId, computerId), ne(agents.id, agent.id), isNull(agents.integrationId)));
  const fencedOff = and(eq(jobs.computerId, computerId), lt(jobs.generation, generation));
  if (fencedOff) await cancelWhere(tx, fencedOff, "The computer was installed anew.");
  await archiveEmptied(tx, agent, computerId);
  await audit(tx, {
    action: "computer.wipe",
    entity: "computer",
    entityId: computerId,
    tenantId: before.tenantId,
    before: { generation: before.generation, osInstallationId: before.osInstallationId, status: before.status },
    after: {
      generation,
      osInstallationId: agent.facts.osInstallationId,
      agentId: agent.id,
      status: "needs-onboarding",
    },
  });
  return computerId;
}

function quarantine(tx: TransactionContext, agent: IdentifiableAgent, rivalId: number | null, reason: string) {
  return makeComputer(tx, agent, "computer.quarantine", {
    status: "needs-decision",
    identity: "weak",
    statusReason: reason,
    rivalComputerId: rivalId === agent.computerId ? null : rivalId,
  });
}

/** Puts away the row that only held the agent's place, once the agent has gone to its real computer. */
async function archiveEmptied(tx: TransactionContext, agent: IdentifiableAgent, newComputerId: number): Promise<void> {
  if (agent.computerId === newComputerId) return;
  const placeholder = await findPlaceholder(tx, agent);
  if (placeholder !== undefined) await archiveAsMerged(tx, placeholder, newComputerId);
}

/** What was taken for a computer of its own turned out to be another one. Its row stays for what refers to it. */
export async function archiveAsMerged(tx: TransactionContext, computerId: number, intoId: number): Promise<void> {
  await tx.db
    .update(computers)
    .set({
      status: "archived",
      statusReason: `It is the same machine as computer #${intoId}.`,
      smbiosUuid: null,
      osInstallationId: null,
      rivalComputerId: intoId,
      online: false,
    })
    .where(eq(computers.id, computerId));
}

async function lockComputer(tx: TransactionContext, computerId: number) {
  const [found] = await tx.db.select().from(computers).where(eq(computers.id, computerId)).for("no key update");
  if (!found) throw new Error(`Computer ${computerId} vanished while it was identified`);
  return found;
}
