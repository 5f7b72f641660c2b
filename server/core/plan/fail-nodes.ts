import { failureOf, type Node } from "./graph";

/** Fails what is in a cycle, naming the way round. */
export function failCycles(nodes: ReadonlyMap<number, Node>, cycles: ReadonlyMap<number, readonly number[]>): void {
  const nameOf = (itemId: number): string => nodes.get(itemId)?.item.name ?? `#${itemId}`;
  for (const [itemId, path] of cycles) {
    const node = nodes.get(itemId);
    if (node === undefined || failureOf(node) !== null) continue;
    const way = path.map(nameOf).join(" → ");
    node.failure = {
      reason: "prerequisite-cycle",
      sentence: `${node.item.name} needs itself first: ${way}. Remove one of these prerequisites.`,
    };
  }
}

/** What an item waits for: its prerequisites, and for a configuration task the software, where they act at all. */
export const waitsFor = (node: Node, nodes: ReadonlyMap<number, Node>): number[] =>
  [...node.dependsOn, ...node.configures].filter((itemId) => nodes.has(itemId));

/** Fails what needs something that fails. `sequence` has what is needed before what needs it. */
export function failDependents(nodes: ReadonlyMap<number, Node>, sequence: readonly number[]): void {
  for (const itemId of sequence) {
    const node = nodes.get(itemId);
    if (node === undefined || failureOf(node) !== null) continue;
    for (const neededId of waitsFor(node, nodes)) {
      const needed = nodes.get(neededId);
      const reason = needed === undefined ? null : failureOf(needed);
      if (needed === undefined || reason === null) continue;
      node.failure = {
        reason: "prerequisite-missing",
        sentence: `${node.item.name} needs ${needed.item.name} first, and that fails: ${reason}`,
      };
      break;
    }
  }
}

/**
 * Items to leave out: those that are here for others only, when none of these others can be done any more. One that
 * fails itself stays, so that it can be seen why.
 */
export function findPointless(nodes: ReadonlyMap<number, Node>): readonly number[] {
  const useful = new Set<number>();
  const isUseful = (node: Node): boolean => {
    if (node.isOwn) return true;
    const isNeeded = [...nodes.values()].some(
      (other) =>
        other.dependsOn.has(node.item.id) &&
        useful.has(other.item.id) &&
        (failureOf(other) === null || failureOf(node) !== null),
    );
    return isNeeded || [...node.configures].some((softwareId) => !nodes.has(softwareId) || useful.has(softwareId));
  };
  for (let before = -1; before !== useful.size; ) {
    before = useful.size;
    for (const node of nodes.values()) if (isUseful(node)) useful.add(node.item.id);
  }
  return [...nodes.keys()].filter((itemId) => !useful.has(itemId));
}
