import { z } from "zod";
import { authorize } from "../authorize";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeDeployment } from "./change-deployment";
import { lockDeployment } from "./deployment-row";

export const setDeploymentEnabledInput = z.strictObject({ id: z.number().int().positive(), enabled: z.boolean() });

/** Lets a deployment take part again, or not. */
export async function setDeploymentEnabled({
  ctx,
  input: raw,
}: Call<typeof setDeploymentEnabledInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id, enabled } = parseInput(setDeploymentEnabledInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockDeployment(tx, id);
    if (before.deletedAt !== null) throw new ServiceError("conflict", "That deployment is deleted; restore it first.");
    if (before.enabled !== enabled) await changeDeployment(tx, before, enabled ? "enable" : "disable", { enabled });
    return { id };
  });
}
