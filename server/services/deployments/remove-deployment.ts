import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeDeployment } from "./change-deployment";
import { lockDeployment } from "./deployment-row";

/** Deletes a deployment; it can be restored. Removing a rule removes nothing from a machine. */
export async function removeDeployment({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockDeployment(tx, id);
    if (before.deletedAt === null) await changeDeployment(tx, before, "remove", { deletedAt: tx.clock.now() });
    return { id };
  });
}
