import { canonicalJson } from "../canonical-json";
import { groupBy } from "../group-by";
import { compareInGlobalOrder, type placesOf } from "../order/base-order";
import type { Prerequisite, PrerequisiteItem } from "../order/types";
import { decideItem } from "./decide-item";
import { runTask } from "./decide-task";
import type { Decision, Wish } from "./decision";
import { isInstalling, type Node, newNode } from "./graph";
import { judgeRequired, type Verdict } from "./judge-prerequisite";
import type { PlanInput } from "./types";
import { wishOfConfiguration, wishOfPrerequisite } from "./wishes";

/** What is known while prerequisites are followed. */
export interface Following {
  readonly input: PlanInput;
  readonly wishes: ReadonlyMap<number, Wish>;
  readonly places: ReturnType<typeof placesOf>;
  /** Grows: by items that are needed first, and by tasks that configure software. */
  readonly nodes: Map<number, Node>;
}

/** Follows every prerequisite of every action, breadth first from the given items on. */
export function followPrerequisites(following: Following, start: readonly number[]): void {
  const { input, nodes } = following;
  const byItem = groupBy(
    input.prerequisites.toSorted((a, b) => a.id - b.id),
    (prerequisite) => prerequisite.itemId,
  );
  const queue = [...start];
  for (let itemId = queue.shift(); itemId !== undefined; itemId = queue.shift()) {
    const node = nodes.get(itemId);
    if (node === undefined || node.decision.failsWith !== null) continue;
    node.dependsOn.clear();
    for (const prerequisite of byItem.get(itemId) ?? []) {
      if (node.failure !== null) break;
      if (appliesTo(prerequisite, node.decision)) queue.push(...followOne(following, node, prerequisite));
    }
    queue.push(...addConfiguration(following, node));
  }
}

/** Setting a task counts as installing it. */
const appliesTo = (prerequisite: Prerequisite, decision: Decision): boolean =>
  prerequisite.appliesWhen === "any" ||
  (prerequisite.appliesWhen === "uninstalled") === (decision.type === "uninstall");

interface Judged {
  readonly required: PrerequisiteItem;
  readonly verdict: Verdict;
}

/** Makes one prerequisite hold, or the node fail. Returns the items whose own prerequisites are to be followed next. */
function followOne(following: Following, node: Node, prerequisite: Prerequisite): number[] {
  const judged = inGlobalOrder(following, prerequisite.items).map(
    (required): Judged => ({ required, verdict: judge(following, node, prerequisite, required) }),
  );
  const chosen = prerequisite.quantifier === "all" ? judged : chooseOne(judged);
  const blocked = chosen.find(({ verdict }) => verdict.kind === "blocked")?.verdict;
  if (blocked?.kind === "blocked") {
    node.failure = { reason: blocked.reason, sentence: blocked.sentence };
    return [];
  }
  return chosen.flatMap(({ required, verdict }) => {
    if (verdict.kind === "satisfied") return [];
    node.dependsOn.add(required.itemId);
    return verdict.kind === "do-first" ? doFirst(following, node, prerequisite, required) : [];
  });
}

/** One that holds already, else one that is done anyway, else the first that can be done. */
function chooseOne(judged: readonly Judged[]): readonly Judged[] {
  for (const kind of ["satisfied", "after", "do-first", "blocked"] as const) {
    const found = judged.find(({ verdict }) => verdict.kind === kind);
    if (found !== undefined) return [found];
  }
  return [];
}

function inGlobalOrder(following: Following, items: readonly PrerequisiteItem[]): PrerequisiteItem[] {
  const ranked = (itemId: number) => ({
    itemId,
    name: following.input.items.get(itemId)?.name ?? "",
    isOnboardingOnly: false,
  });
  const bounds = (item: PrerequisiteItem) => canonicalJson([item.minimumVersion, item.maximumVersion]);
  return items.toSorted(
    (a, b) =>
      compareInGlobalOrder(ranked(a.itemId), ranked(b.itemId), following.places) ||
      (bounds(a) < bounds(b) ? -1 : bounds(a) > bounds(b) ? 1 : 0),
  );
}

function judge(following: Following, node: Node, prerequisite: Prerequisite, required: PrerequisiteItem): Verdict {
  const { input, wishes, nodes } = following;
  const item = input.items.get(required.itemId);
  const dependent = node.item.name;
  if (item === undefined) {
    const sentence = `${dependent} needs item #${required.itemId}, which no longer exists or cannot be used here.`;
    return { kind: "blocked", reason: "prerequisite-missing", sentence };
  }
  const isCountedOn = [...nodes.values()].some((other) => other.dependsOn.has(item.id));
  const known = { detection: input.detections.get(item.id), own: wishes.get(item.id), node: nodes.get(item.id) };
  const verdict = judgeRequired({ dependent, prerequisite, required, item, isCountedOn, ...known });
  if (verdict.kind !== "do-first" || prerequisite.quantifier === "all") return verdict;
  // Among several, one that is known to fail is no choice.
  const { decision } = decideNeeded(following, node, prerequisite, required) ?? {};
  return decision?.failsWith == null
    ? verdict
    : {
        kind: "blocked",
        reason: "prerequisite-missing",
        sentence: `${dependent} needs ${item.name} first, and that fails: ${decision.failsWith}`,
      };
}

function decideNeeded(following: Following, node: Node, prerequisite: Prerequisite, required: PrerequisiteItem) {
  const { input, wishes } = following;
  const item = input.items.get(required.itemId);
  if (item === undefined) return undefined;
  const own = wishes.get(item.id);
  const wish = wishOfPrerequisite(required, prerequisite.requiredState, item.kind, own, node.item.name);
  return { item, wish, decision: decideItem(item, wish, input.detections.get(item.id), input.platform) };
}

function doFirst(following: Following, node: Node, prerequisite: Prerequisite, required: PrerequisiteItem): number[] {
  const needed = decideNeeded(following, node, prerequisite, required);
  if (needed === undefined) return [];
  const own = following.nodes.get(needed.item.id);
  const added = newNode(needed.item, needed.wish, needed.decision, false, node.item.id);
  if (own !== undefined) added.instead = { wish: own.wish, decision: own.decision };
  following.nodes.set(needed.item.id, added);
  return [needed.item.id];
}

/** The task that configures a software which is about to be installed runs after it, whatever it says before. */
function addConfiguration(following: Following, node: Node): number[] {
  const { input, wishes, nodes } = following;
  const task = node.item.configurationItemId === null ? undefined : input.items.get(node.item.configurationItemId);
  if (task === undefined || task.kind !== "task" || !isInstalling(node.decision)) return [];
  const own = wishes.get(task.id);
  if (own !== undefined && own.desiredState !== "enforce") return [];
  const known = nodes.get(task.id);
  if (known !== undefined && known.decision.failsWith === null) {
    known.configures.add(node.item.id);
    return [];
  }
  const wish = wishOfConfiguration(own);
  const decision: Decision = {
    ...runTask(task, wish),
    reason: "not-compliant",
    sentence: `Run ${task.name} right after ${node.item.name}, which it configures.`,
  };
  const added = newNode(
    task,
    wish,
    task.taskScripts?.set === true ? decision : decideUnable(task.name, decision),
    false,
  );
  if (known !== undefined) added.instead = { wish: known.wish, decision: known.decision };
  added.configures.add(node.item.id);
  nodes.set(task.id, added);
  return [task.id];
}

function decideUnable(name: string, decision: Decision): Decision {
  const sentence = `${name} cannot be enforced here: it has no set script for this system.`;
  return { ...decision, reason: "unsupported", sentence, failsWith: sentence };
}
