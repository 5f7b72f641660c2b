import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { deployments } from "@/db/schema";
import { compileTargetKey } from "@/server/core/targets";
import { audit } from "../audit";
import { authorize } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { refuseStalePreview } from "./deployment-fingerprint";
import { checkDraft, deploymentDraft, refuseDuplicate, saveConfirmation } from "./deployment-input";
import { storeParameters } from "./deployment-parameters";
import { lockDeployment, writeRevision } from "./deployment-row";
import { reachedComputers, requireConfirmation } from "./reached-computers";

export const updateDeploymentInput = z.strictObject({
  id: z.number().int().positive(),
  /** The revision that was edited; saving over a newer one is refused. */
  revision: z.number().int().positive(),
  draft: deploymentDraft,
  ...saveConfirmation,
});

/** Saves another state of a rule as its next revision. What it is about stays: another item is another deployment. */
export async function updateDeployment({
  ctx,
  input: raw,
}: Call<typeof updateDeploymentInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id, revision, draft, confirmedComputerCount, previewFingerprint } = parseInput(updateDeploymentInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockDeployment(tx, id);
    if (before.deletedAt !== null) throw new ServiceError("conflict", "That deployment is deleted; restore it first.");
    if (before.origin !== "mine")
      throw new ServiceError("conflict", "A recommended deployment is approved or dismissed.");
    if (before.revision !== revision) {
      throw new ServiceError("conflict", `Someone saved revision ${before.revision} meanwhile; look at it first.`);
    }
    if (before.itemId !== draft.itemId) {
      throw new ServiceError("bad-input", "A deployment keeps its item; make another one for another item.", {
        itemId: "cannot be changed",
      });
    }
    const item = await checkDraft(tx, draft);
    const { target, itemId: _, ...rest } = draft;
    const targetKey = compileTargetKey(target);
    await refuseDuplicate(tx, { ...draft, targetKey }, id);
    await refuseStalePreview(tx, draft.itemId, previewFingerprint);
    requireConfirmation((await reachedComputers(tx, target, item.platforms)).length, confirmedComputerCount);
    const [row] = await tx.db
      .update(deployments)
      .set({
        ...rest,
        ...target,
        parameters: await storeParameters(tx, draft.itemId, draft.parameters, before.parameters),
        targetKey,
        revision: sql`${deployments.revision} + 1`,
        updatedAt: tx.clock.now(),
      })
      .where(eq(deployments.id, id))
      .returning();
    if (!row) throw new Error("A locked deployment was not updated");
    await writeRevision(tx, row);
    await audit(tx, {
      action: "deployment.update",
      entity: "deployment",
      entityId: id,
      tenantId: row.targetTenantId,
      before,
      after: row,
    });
    return { id };
  });
}
