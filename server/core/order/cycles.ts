/** Cycles in a graph of numbered nodes, for actions that wait for one another. */

type Graph = ReadonlyMap<number, readonly number[]>;

/** The shortest way from a node back to itself, both ends included (`[1, 2, 1]`); null when there is none. */
export function shortestCycleThrough(start: number, graph: Graph): number[] | null {
  return shortestPath(graph.get(start) ?? [], (node) => node === start, graph, start);
}

/** Breadth first from several nodes; neighbours in the order given, so the answer is the same every time. */
export function shortestPath(
  from: readonly number[],
  isEnd: (node: number) => boolean,
  graph: Graph,
  before: number,
): number[] | null {
  const cameFrom = new Map<number, number | null>();
  let frontier: number[] = [];
  for (const node of from) {
    if (!cameFrom.has(node)) {
      cameFrom.set(node, null);
      frontier.push(node);
    }
  }
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const node of frontier) {
      if (isEnd(node)) return [before, ...walkBack(node, cameFrom)];
      for (const neighbour of graph.get(node) ?? []) {
        if (cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, node);
        next.push(neighbour);
      }
    }
    frontier = next;
  }
  return null;
}

function walkBack(end: number, cameFrom: ReadonlyMap<number, number | null>): number[] {
  const path: number[] = [];
  for (let node: number | null = end; node !== null; node = cameFrom.get(node) ?? null) path.unshift(node);
  return path;
}
