import { measureDetection } from "./detection";
import type { Figure } from "./figure";

/** Fifty package items answered from the agent's one inventory reading. */
export const run = (): Promise<Figure[]> =>
  measureDetection("detect-declarative", 1, async (_stack, name) => ({ kind: "package", manager: "apt", name }));
