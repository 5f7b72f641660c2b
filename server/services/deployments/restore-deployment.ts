import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";
import { withTransaction } from "../transaction";
import { changeDeployment } from "./change-deployment";
import { lockDeployment } from "./deployment-row";

/** Brings a deleted deployment back, disabled: a person looks at it before it takes part again. */
export async function restoreDeployment({ ctx, input: raw }: Call<typeof idInput>): Promise<{ id: number }> {
  authorize(ctx, "operate");
  const { id } = parseInput(idInput, raw);
  return withTransaction(ctx, async (tx) => {
    const before = await lockDeployment(tx, id);
    if (before.deletedAt !== null) {
      await changeDeployment(tx, before, "restore", { deletedAt: null, enabled: false });
    }
    return { id };
  });
}
