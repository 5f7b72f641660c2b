import { and, eq, isNull, sql } from "drizzle-orm";
import { deployments, schedules, tags } from "@/db/schema";
import { audit } from "../audit";
import { authorize, authorizeAllTenants } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { requireTag } from "./require-tag";

/** Deletes a tag with its assignments. One that a deployment or a schedule targets is refused. */
export async function removeTag({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await requireTag(tx, id);
    if (before.tenantId === null) authorizeAllTenants(tx);
    const targets = (table: typeof deployments | typeof schedules) =>
      tx.db
        .select({ n: sql<number>`count(*)::int` })
        .from(table)
        .where(and(sql`${table.targetType} in ('tag', 'tenant-tag')`, eq(table.targetId, id), isNull(table.deletedAt)));
    const [byDeployments, bySchedules] = [await targets(deployments), await targets(schedules)];
    const used = (byDeployments[0]?.n ?? 0) + (bySchedules[0]?.n ?? 0);
    if (used > 0) {
      throw new ServiceError(
        "conflict",
        `${used} deployments or schedules target the tag “${before.name}”; change them first.`,
      );
    }
    await tx.db.delete(tags).where(eq(tags.id, id));
    await audit(tx, {
      action: "tag.remove",
      entity: "tag",
      entityId: id,
      tenantId: before.tenantId,
      before,
      after: null,
    });
    return { id };
  });
}
