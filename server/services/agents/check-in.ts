import { inArray, sql } from "drizzle-orm";
import { agents, computers, upnSightings } from "@/db/schema";
import type { MachineFacts } from "@/server/agents/wire";
import { UPNS_COUNTED } from "@/server/core/affinity";
import { choosePrimaryPeople } from "../affinity/choose-primary-people";
import { recordsNoChange } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { identityKey, machineColumns } from "../identification/computer-facts";
import { storable } from "../jobs/storable";
import { withTransaction } from "../transaction";

export interface CheckIn {
  readonly agentId: string;
  readonly facts: MachineFacts;
}

/**
 * Keeps what agents say about their machines, for many with a handful of statements: facts, the columns of their
 * computers, who is signed in, and who their primary people are by that. Agents whose identity facts changed, or that have no computer, are to be identified:
 * the event says so, and the answer names them.
 */
export async function checkIn({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly checkIns: readonly CheckIn[] };
}): Promise<{ toIdentify: string[] }> {
  authorizeSystem(ctx);
  recordsNoChange("facts come from the machine; choosePrimaryPeople writes entries for what follows from them");
  const newest = new Map(input.checkIns.map((each) => [each.agentId, storable(each.facts)]));
  if (newest.size === 0) return { toIdentify: [] };
  const now = ctx.clock.now().toISOString();
  return withTransaction(ctx, async (tx) => {
    // In one order, so that two batches with the same agents never wait for each other.
    const known = await tx.db
      .select({ id: agents.id, computerId: agents.computerId, identityKey: agents.identityKey })
      .from(agents)
      .where(inArray(agents.id, [...newest.keys()]))
      .orderBy(agents.id)
      .for("no key update");
    const updates = known.flatMap(({ id, computerId, identityKey: key }) => {
      const facts = newest.get(id);
      return facts ? [{ id, computerId, facts, identified: computerId !== null && key === identityKey(facts) }] : [];
    });
    if (updates.length === 0) return { toIdentify: [] };
    const asJson = JSON.stringify(updates.map(({ id, facts }) => ({ id, facts, version: facts.agentVersion })));
    await tx.db
      .update(agents)
      .set({ facts: sql`new.facts`, version: sql`new.version`, lastSeenAt: sql`${now}::timestamptz` })
      .from(sql`jsonb_to_recordset(${asJson}::jsonb) as new(id uuid, facts jsonb, version text)`)
      .where(sql`${agents.id} = new.id`);

    const settled = updates.flatMap(({ computerId, facts, identified }) =>
      identified && computerId !== null ? [{ computerId, facts }] : [],
    );
    await updateComputers(tx, settled, now);
    const seen = await recordSightings(tx, settled, now);
    const toIdentify = updates.filter(({ identified }) => !identified).map(({ id }) => id);
    await tx.emitMany(
      "agent/enrolled",
      toIdentify.map((agentId) => ({ id: `agent/enrolled/${agentId}/${now}`, data: { agentId } })),
    );
    // Last, because an audit entry keeps its tenant's chain locked until the commit.
    await choosePrimaryPeople(tx, seen);
    return { toIdentify };
  });
}

interface Settled {
  readonly computerId: number;
  readonly facts: MachineFacts;
}

async function updateComputers(tx: ServiceContext, settled: readonly Settled[], now: string): Promise<void> {
  if (settled.length === 0) return;
  // Two agents of one computer say the same; the last one counts.
  const rows = new Map(settled.map(({ computerId, facts }) => [computerId, machineColumns(facts)]));
  const asJson = JSON.stringify([...rows].sort(([a], [b]) => a - b).map(([id, columns]) => ({ id, ...columns })));
  await tx.db
    .update(computers)
    .set({
      name: sql`new."name"`,
      osFamily: sql`new."osFamily"`,
      osName: sql`new."osName"`,
      osVersion: sql`new."osVersion"`,
      architecture: sql`new."architecture"`,
      packageManagers: sql`new."packageManagers"`,
      deviceClass: sql`new."deviceClass"`,
      model: sql`coalesce(new."model", ${computers.model})`,
      timeZone: sql`coalesce(new."timeZone", ${computers.timeZone})`,
      pendingReboot: sql`new."pendingReboot"`,
      lastSeenAt: sql`${now}::timestamptz`,
    })
    .from(
      sql`jsonb_to_recordset(${asJson}::jsonb) as new(id bigint, "name" text, "osFamily" text, "osName" text,
        "osVersion" text, "architecture" text, "packageManagers" text[], "deviceClass" text, "model" text,
        "timeZone" text, "pendingReboot" boolean)`,
    )
    .where(sql`${computers.id} = new.id`);
}

/** Answers the computers on which somebody with a UPN is signed in. */
async function recordSightings(tx: ServiceContext, settled: readonly Settled[], now: string): Promise<number[]> {
  const seenAt = new Date(now);
  const seen = settled.flatMap(({ computerId, facts }) =>
    facts.signedInUsers.flatMap(({ upn }) => (upn === null ? [] : [{ computerId, upn, seenAt }])),
  );
  if (seen.length === 0) return [];
  const computerIds = [...new Set(seen.map(({ computerId }) => computerId))];
  await tx.db.insert(upnSightings).values(seen);
  const asJson = JSON.stringify(computerIds);
  const ranked = sql`select id, row_number() over (partition by computer_id order by seen_at desc, id desc) as place
    from upn_sightings where computer_id in (select value::bigint from jsonb_array_elements_text(${asJson}::jsonb))`;
  await tx.db
    .delete(upnSightings)
    .where(sql`${upnSightings.id} in (select id from (${ranked}) as ranked where place > ${UPNS_COUNTED})`);
  return computerIds;
}
