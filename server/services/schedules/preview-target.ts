import { z } from "zod";
import { authorize } from "../authorize";
import { reachedComputers } from "../deployments/reached-computers";
import { type Call, parseInput } from "../parse";
import { checkTarget } from "../targets/check-target";
import { targetInput } from "../targets/target-input";

export const previewTargetInput = z.strictObject({ target: targetInput });
const SHOWN = 5;

/** How many computers a schedule that is being written means now, and the first of them by name. */
export async function previewTarget({ ctx, input: raw }: Call<typeof previewTargetInput>) {
  authorize(ctx, "read");
  const { target } = parseInput(previewTargetInput, raw);
  await checkTarget(ctx, target);
  const reached = await reachedComputers(ctx, target, []);
  const names = reached
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.id - b.id);
  return { computerCount: names.length, examples: names.slice(0, SHOWN) };
}
