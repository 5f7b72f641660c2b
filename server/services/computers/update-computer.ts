import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { affinityChanges, agents, computers, deviceClasses, people, tenants } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeTenant } from "../authorize";
import { notFound, ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { requireComputer } from "./require-computer";

export const updateComputerInput = z.strictObject({
  id: z.number().int().positive(),
  name: z.string().trim().min(1, "is missing").max(255).optional(),
  /** Moves it to another tenant; its primary person is of the old one and goes. */
  tenantId: z.number().int().positive().optional(),
  deviceClass: z.enum(deviceClasses).optional(),
  excludedFromMaintenance: z.boolean().optional(),
  /** A person pins them; null unpins and leaves who it is to the UPNs seen from now on. */
  pinnedPersonId: z.number().int().positive().nullable().optional(),
});

/** Changes what a person decides of a computer; what the agent reads of it is not changed here. */
export async function updateComputer({ ctx, input: raw }: Call<typeof updateComputerInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const input = parseInput(updateComputerInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await requireComputer(tx, input.id);
    const isMove = input.tenantId !== undefined && input.tenantId !== before.tenantId;
    if (isMove) authorize(tx, "administer");
    const tenantId = input.tenantId ?? before.tenantId;
    if (isMove) {
      await authorizeTenant(tx, tenantId);
      const [tenant] = await tx.db.select().from(tenants).where(eq(tenants.id, tenantId));
      if (tenant?.archivedAt) throw new ServiceError("conflict", `${tenant.name} is archived; choose another tenant.`);
    }
    const person = await choosePerson(input.pinnedPersonId ?? null);
    const primaryPersonId = person ?? (isMove ? null : before.primaryPersonId);
    const [after] = await tx.db
      .update(computers)
      .set({
        name: input.name,
        deviceClass: input.deviceClass,
        excludedFromMaintenance: input.excludedFromMaintenance,
        tenantId,
        primaryPersonId,
        primaryPersonPinned:
          input.pinnedPersonId === undefined ? before.primaryPersonPinned && !isMove : input.pinnedPersonId !== null,
      })
      .where(eq(computers.id, input.id))
      .returning();
    if (isMove) await tx.db.update(agents).set({ tenantId }).where(eq(agents.computerId, input.id));
    if (primaryPersonId !== before.primaryPersonId) {
      await tx.db.insert(affinityChanges).values({
        computerId: input.id,
        fromPersonId: before.primaryPersonId,
        toPersonId: primaryPersonId,
        upns: [],
        changedAt: tx.clock.now(),
      });
    }
    await audit(tx, {
      action: "computer.update",
      entity: "computer",
      entityId: input.id,
      tenantId,
      before,
      after,
    });
    tx.signal({ channel: "presence", computerId: input.id });
    return { id: input.id };

    async function choosePerson(personId: number | null): Promise<number | null> {
      if (personId === null) return null;
      const [found] = await tx.db
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.id, personId), eq(people.tenantId, tenantId)));
      if (!found) throw notFound("That person of the computer's tenant");
      return found.id;
    }
  });
}
