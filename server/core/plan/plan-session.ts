import { groupBy } from "../group-by";
import { compareInGlobalOrder, type OrderableItem, orderActions, placesOf, type RankedItem } from "../order";
import type { Prerequisite } from "../order/types";
import type { ItemResolution } from "../resolve/types";
import { decideItem } from "./decide-item";
import type { Decision, Wish } from "./decision";
import { failCycles, failDependents, findPointless, waitsFor } from "./fail-nodes";
import { type Following, followPrerequisites } from "./follow-prerequisites";
import { failureOf, type Node, newNode } from "./graph";
import type { Plan, PlanInput, PlannableItem, PlannedAction } from "./types";
import { wishOfConfiguration, wishOfDeployment } from "./wishes";

/**
 * The plan of a session: every action with its reason, in the order in which it runs. A resolved item that is not
 * among `items` is left out; the caller loads what it resolves.
 */
export function planSession(input: PlanInput): Plan {
  const places = placesOf(input.order);
  const wishes = collectWishes(input);
  const nodes = new Map<number, Node>();
  const settled = new Map<number, { readonly wish: Wish; readonly decision: Decision }>();
  const inOrder = [...wishes.keys()].sort((a, b) =>
    compareInGlobalOrder(rank(input, wishes, a), rank(input, wishes, b), places),
  );
  for (const itemId of inOrder) {
    const item = input.items.get(itemId);
    const wish = wishes.get(itemId);
    if (item === undefined || wish === undefined) continue;
    const decision = decideItem(item, wish, input.detections.get(itemId), input.platform);
    if (decision.isAction) nodes.set(itemId, newNode(item, wish, decision, true));
    else settled.set(itemId, { wish, decision });
  }
  const following: Following = { input, wishes, nodes, places };
  for (const itemId of inOrder) configureSettled(following, itemId, settled);
  followPrerequisites(following, [...nodes.keys()]);

  const ordered = () => orderActions({ items: orderable(nodes, input, wishes), order: input.order });
  const { sequence, cycles } = ordered();
  failCycles(nodes, cycles);
  failDependents(nodes, sequence);
  // What nobody can use any more must not move anything else.
  const shown = dropPointless(nodes) ? ordered().sequence : sequence;
  return {
    actions: shown.flatMap((itemId) => actionOfNode(itemId, nodes, shown)),
    compliant: [...settled]
      .filter(([itemId]) => !nodes.has(itemId))
      .sort(([a], [b]) => compareInGlobalOrder(rank(input, wishes, a), rank(input, wishes, b), places))
      .flatMap(([itemId, { wish, decision }]) => {
        const item = input.items.get(itemId);
        return item === undefined ? [] : [toAction(item, wish, decision)];
      }),
  };
}

/** What nobody can use any more goes, or goes back to what it would do on its own account. */
function dropPointless(nodes: Map<number, Node>): boolean {
  const pointless = findPointless(nodes);
  for (const itemId of pointless) {
    const node = nodes.get(itemId);
    if (node?.instead == null) nodes.delete(itemId);
    else nodes.set(itemId, newNode(node.item, node.instead.wish, node.instead.decision, true));
    for (const other of nodes.values()) other.dependsOn.delete(itemId);
  }
  return pointless.length > 0;
}

function collectWishes(input: PlanInput): Map<number, Wish> {
  const wishes = new Map<number, Wish>();
  for (const { itemId, winner } of input.resolutions) {
    if (winner !== null && input.items.has(itemId)) wishes.set(itemId, wishOfDeployment(winner));
  }
  return wishes;
}

const rank = (input: PlanInput, wishes: ReadonlyMap<number, Wish>, itemId: number): RankedItem => ({
  itemId,
  name: input.items.get(itemId)?.name ?? "",
  isOnboardingOnly: wishes.get(itemId)?.isOnboardingOnly ?? false,
});

/** A software that is as it should be is configured too, if its task says it is not. */
function configureSettled(
  { input, wishes, nodes }: Following,
  itemId: number,
  settled: Map<number, { readonly wish: Wish; readonly decision: Decision }>,
): void {
  const software = settled.get(itemId);
  const taskId = input.items.get(itemId)?.configurationItemId ?? null;
  const task = taskId === null ? undefined : input.items.get(taskId);
  if (software === undefined || task === undefined || task.kind !== "task") return;
  if (software.decision.reason !== "compliant" || software.decision.detectedVersion === null) return;
  const own = wishes.get(task.id);
  const detection = input.detections.get(task.id);
  if (own !== undefined) {
    nodes.get(task.id)?.configures.add(itemId);
    return;
  }
  // Nobody asked for the task but this software; if it was not detected either, nothing is known against it.
  if (detection === undefined) return;
  const wish = wishOfConfiguration(own);
  const decision = decideItem(task, wish, detection, input.platform);
  if (!decision.isAction) {
    settled.set(task.id, { wish, decision });
    return;
  }
  const node = nodes.get(task.id) ?? newNode(task, wish, decision, false);
  node.configures.add(itemId);
  nodes.set(task.id, node);
}

function orderable(nodes: ReadonlyMap<number, Node>, input: PlanInput, wishes: ReadonlyMap<number, Wish>) {
  return [...nodes].map(
    ([itemId, node]): OrderableItem => ({
      itemId,
      name: node.item.name,
      isOnboardingOnly: node.wish.isOnboardingOnly,
      dependsOn: [...node.dependsOn],
      configures: [...node.configures].map((softwareId) => rank(input, wishes, softwareId)),
    }),
  );
}

/** What an action does to its item: the same thing to do has the same key, whichever way it has to be done. */
function keyOf(itemId: number, decision: Decision): string {
  if (decision.type === "uninstall") return `${itemId}:absent`;
  if (decision.type === "task") return `${itemId}:task`;
  return decision.type === "none" || decision.type === "audit" || decision.type === "monitor"
    ? `${itemId}:check`
    : `${itemId}:present`;
}

function toAction(item: PlannableItem, wish: Wish, decision: Decision): PlannedAction {
  return {
    key: keyOf(item.id, decision),
    itemId: item.id,
    type: decision.type,
    reason: decision.reason,
    sentence: decision.sentence,
    deploymentId: wish.deploymentId,
    desiredState: wish.desiredState,
    detectedVersion: decision.detectedVersion,
    wantedVersion: decision.wantedVersion,
    installer: decision.installer,
    parameters: wish.parameters,
    requiredByKey: null,
    dependsOn: [],
    failsWith: decision.failsWith,
    safeToRetry: item.safeToRetry,
    method: decision.method,
    recordedValue: decision.recordedValue,
  };
}

function actionOfNode(itemId: number, nodes: ReadonlyMap<number, Node>, sequence: readonly number[]): PlannedAction[] {
  const node = nodes.get(itemId);
  if (node === undefined) return [];
  const keyOfItem = (id: number | null): string | null => {
    const other = id === null ? undefined : nodes.get(id);
    return other === undefined ? null : keyOf(other.item.id, other.decision);
  };
  const needed = waitsFor(node, nodes).sort((a, b) => sequence.indexOf(a) - sequence.indexOf(b));
  return [
    {
      ...toAction(node.item, node.wish, node.decision),
      reason: node.failure?.reason ?? node.decision.reason,
      requiredByKey: keyOfItem(node.requiredBy),
      dependsOn: needed.flatMap((id) => keyOfItem(id) ?? []),
      failsWith: failureOf(node),
    },
  ];
}

/**
 * Ids of the items to detect, ascending: those with a winner that asks for something, and recursively what they need
 * first, and the tasks that configure them where `items` says which.
 */
export function requiredItems(
  resolutions: readonly ItemResolution[],
  prerequisites: readonly Prerequisite[],
  items: ReadonlyMap<number, Pick<PlannableItem, "configurationItemId">> = new Map(),
): number[] {
  const needs = groupBy(prerequisites, (prerequisite) => prerequisite.itemId);
  const found = new Set<number>();
  const waiting = resolutions
    .filter(({ winner }) => winner !== null && winner.desiredState !== "ignored")
    .map(({ itemId }) => itemId);
  for (let itemId = waiting.pop(); itemId !== undefined; itemId = waiting.pop()) {
    if (found.has(itemId)) continue;
    found.add(itemId);
    for (const prerequisite of needs.get(itemId) ?? []) waiting.push(...prerequisite.items.map((item) => item.itemId));
    waiting.push(...[items.get(itemId)?.configurationItemId ?? []].flat());
  }
  return [...found].sort((a, b) => a - b);
}
