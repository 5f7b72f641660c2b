import { desc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { affinityChanges, people, upnSightings } from "@/db/schema";
import { choosePrimaryPerson } from "@/server/core/affinity";
import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { requireComputer } from "./require-computer";

/** The ten UPNs that count, what follows from them, and how the primary person changed. */
export async function getComputerAffinity({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  const computer = await requireComputer(ctx, id);
  const sightings = await ctx.db
    .select({ upn: upnSightings.upn, seenAt: upnSightings.seenAt })
    .from(upnSightings)
    .where(eq(upnSightings.computerId, id))
    .orderBy(desc(upnSightings.seenAt), desc(upnSightings.id))
    .limit(10);
  const candidates = await ctx.db
    .select({ id: people.id, upn: people.upn })
    .from(people)
    .where(eq(people.tenantId, computer.tenantId));
  const choice = choosePrimaryPerson({
    upns: sightings.map((sighting) => sighting.upn),
    people: candidates,
    pinned: computer.primaryPersonPinned ? computer.primaryPersonId : null,
  });
  const [from, to] = [alias(people, "from_person"), alias(people, "to_person")];
  const changes = await ctx.db
    .select({
      id: affinityChanges.id,
      fromPersonName: from.displayName,
      toPersonName: to.displayName,
      upns: affinityChanges.upns,
      changedAt: affinityChanges.changedAt,
    })
    .from(affinityChanges)
    .leftJoin(from, eq(from.id, affinityChanges.fromPersonId))
    .leftJoin(to, eq(to.id, affinityChanges.toPersonId))
    .where(eq(affinityChanges.computerId, id))
    .orderBy(desc(affinityChanges.changedAt), desc(affinityChanges.id))
    .limit(50);
  return {
    primaryPersonId: computer.primaryPersonId,
    pinned: computer.primaryPersonPinned,
    sightings,
    sentence: choice.sentence,
    changes,
  };
}
