import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { enrollmentKeys } from "@/db/schema";
import { audit } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { parseInput } from "../parse";
import { withTransaction } from "../transaction";

const input = z.strictObject({ id: z.number().int() });

/** No machine enrols with the key any more; those that did stay. Doing it again changes nothing. */
export async function revokeEnrollmentKey({ ctx, input: raw }: { ctx: ServiceContext; input: z.input<typeof input> }) {
  authorize(ctx, "administer");
  const { id } = parseInput(input, raw);
  await withTransaction(ctx, async (tx) => {
    const [key] = await tx.db
      .select({ tenantId: enrollmentKeys.tenantId, label: enrollmentKeys.label })
      .from(enrollmentKeys)
      .where(and(eq(enrollmentKeys.id, id), inVisibleTenants(tx, enrollmentKeys.tenantId)));
    if (!key) throw notFound("That enrolment key");
    const revokedAt = tx.clock.now();
    const changed = await tx.db
      .update(enrollmentKeys)
      .set({ revokedAt })
      .where(and(eq(enrollmentKeys.id, id), isNull(enrollmentKeys.revokedAt)))
      .returning({ id: enrollmentKeys.id });
    if (changed.length === 0) return;
    await audit(tx, {
      action: "enrollment-key.revoke",
      entity: "enrollment-key",
      entityId: id,
      tenantId: key.tenantId,
      before: { label: key.label, revokedAt: null },
      after: { label: key.label, revokedAt },
    });
  });
}
