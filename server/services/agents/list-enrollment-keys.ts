import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { enrollmentKeys, tenants, users } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { parseInput } from "../parse";

const input = z.strictObject({
  /** Narrows to a tenant and what is below it. */
  tenantId: z.number().int().nullish(),
  includeRevoked: z.boolean().default(false),
});

const LIMIT = 500;

/** Enrolment keys, newest first, without the keys themselves: those are not kept. At most 500. */
export async function listEnrollmentKeys({ ctx, input: raw }: { ctx: ServiceContext; input: z.input<typeof input> }) {
  authorize(ctx, "administer");
  const { tenantId, includeRevoked } = parseInput(input, raw);
  return ctx.db
    .select({
      id: enrollmentKeys.id,
      tenantId: enrollmentKeys.tenantId,
      tenantName: tenants.name,
      label: enrollmentKeys.label,
      createdAt: enrollmentKeys.createdAt,
      createdByName: users.displayName,
      expiresAt: enrollmentKeys.expiresAt,
      revokedAt: enrollmentKeys.revokedAt,
    })
    .from(enrollmentKeys)
    .innerJoin(tenants, eq(tenants.id, enrollmentKeys.tenantId))
    .leftJoin(users, eq(users.id, enrollmentKeys.createdBy))
    .where(
      and(
        inVisibleTenants(ctx, enrollmentKeys.tenantId, tenantId),
        includeRevoked ? undefined : isNull(enrollmentKeys.revokedAt),
      ),
    )
    .orderBy(desc(enrollmentKeys.id))
    .limit(LIMIT);
}
