import type { ItemResolution, ResolveInput } from "./types";

/** Winner and trace for every item that a deployment names, by item id. */
export function resolveComputer(input: ResolveInput): ItemResolution[] {
  throw new Error(`not written yet: ${input.computer.id}`);
}
