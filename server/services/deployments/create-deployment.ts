import { z } from "zod";
import { deployments } from "@/db/schema";
import { compileTargetKey } from "@/server/core/targets";
import { audit } from "../audit";
import { authorize } from "../authorize";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { refuseStalePreview } from "./deployment-fingerprint";
import { checkDraft, deploymentDraft, refuseDuplicate, saveConfirmation } from "./deployment-input";
import { storeParameters } from "./deployment-parameters";
import { writeRevision } from "./deployment-row";
import { reachedComputers, requireConfirmation } from "./reached-computers";

export const createDeploymentInput = z.strictObject({ draft: deploymentDraft, ...saveConfirmation });

/** Saves a new rule. It changes nothing on any machine; the next session does. */
export async function createDeployment({
  ctx,
  input: raw,
}: Call<typeof createDeploymentInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { draft, confirmedComputerCount, previewFingerprint } = parseInput(createDeploymentInput, raw);
  return withTransaction(ctx, async (tx) => {
    const item = await checkDraft(tx, draft);
    const { target, ...rest } = draft;
    const targetKey = compileTargetKey(target);
    await refuseDuplicate(tx, { ...draft, targetKey }, null);
    await refuseStalePreview(tx, draft.itemId, previewFingerprint);
    requireConfirmation((await reachedComputers(tx, target, item.platforms)).length, confirmedComputerCount);
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(deployments)
      .values({
        ...rest,
        ...target,
        parameters: await storeParameters(tx, draft.itemId, draft.parameters),
        origin: "mine",
        targetKey,
        createdBy: tx.actor.kind === "user" ? tx.actor.userId : null,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!row) throw new Error("A deployment was inserted and not returned");
    await writeRevision(tx, row);
    await audit(tx, {
      action: "deployment.create",
      entity: "deployment",
      entityId: row.id,
      tenantId: row.targetTenantId,
      before: null,
      after: row,
    });
    return { id: row.id };
  });
}
