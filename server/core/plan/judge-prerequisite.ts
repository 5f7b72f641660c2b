import type { Prerequisite, PrerequisiteItem } from "../order/types";
import type { ActionReason } from "../sessions";
import type { Wish } from "./decision";
import { failureOf, isInstalling, type Node, versionAfter } from "./graph";
import type { ItemDetection, PlannableItem } from "./types";
import { isInRange, type VersionRange } from "./versions";

/** What one required item means for the item that needs it. */
export type Verdict =
  | { readonly kind: "satisfied" }
  /** It has its own action, which has to come first. */
  | { readonly kind: "after" }
  /** It has to be done on account of the prerequisite. */
  | { readonly kind: "do-first" }
  | { readonly kind: "blocked"; readonly reason: ActionReason; readonly sentence: string };

export interface Required {
  readonly dependent: string;
  readonly prerequisite: Prerequisite;
  readonly required: PrerequisiteItem;
  readonly item: PlannableItem;
  readonly detection: ItemDetection | undefined;
  /** Its own winning deployment's wish. */
  readonly own: Wish | undefined;
  /** Its action, if it has one by now. */
  readonly node: Node | undefined;
  /** Some other action already counts on what its own action leaves. */
  readonly isCountedOn: boolean;
}

const satisfied: Verdict = { kind: "satisfied" };
const after: Verdict = { kind: "after" };
const missing = (sentence: string): Verdict => ({ kind: "blocked", reason: "prerequisite-missing", sentence });
const conflict = (sentence: string): Verdict => ({ kind: "blocked", reason: "prerequisite-conflict", sentence });

const deploymentOf = (wish: Wish): string =>
  wish.deploymentId === null ? "a deployment" : `deployment #${wish.deploymentId}`;

function describeRange(range: VersionRange): string {
  const bounds = [
    range.minimum === null ? null : `at least ${range.minimum}`,
    range.maximum === null ? null : `at most ${range.maximum}`,
  ].filter((bound) => bound !== null);
  return bounds.length === 0 ? "" : ` (${bounds.join(", ")})`;
}

/** Whether a required item is as it has to be, will be, can be made so, or cannot. */
export function judgeRequired(it: Required): Verdict {
  if (it.detection === undefined || it.detection.outcome === "failed") {
    return missing(`${it.dependent} needs ${it.item.name}, which could not be detected.`);
  }
  if (it.item.kind === "task") return judgeTask(it, it.detection.compliant);
  return it.prerequisite.requiredState === "installed"
    ? judgeInstalled(it, it.detection.version)
    : judgeUninstalled(it, it.detection.version);
}

function judgeInstalled(it: Required, detected: string | null): Verdict {
  const { dependent, item, node, own, required } = it;
  const range = { minimum: required.minimumVersion, maximum: required.maximumVersion };
  const wanted = `${item.name}${describeRange(range)}`;
  const isPresent = detected !== null && isInRange(detected, range, item);
  if (node !== undefined) {
    const failure = failureOf(node);
    // A failed action leaves what is there.
    if (failure !== null)
      return isPresent ? satisfied : missing(`${dependent} needs ${wanted} first, and that fails: ${failure}`);
    if (isInstalling(node.decision) && isInRange(versionAfter(node.decision) ?? null, range, item)) return after;
    return node.wish.neededBy === null
      ? conflict(`${dependent} needs ${wanted}, but ${deploymentOf(node.wish)} sets it to ${node.wish.desiredState}.`)
      : conflict(`${dependent} needs ${wanted}, but ${node.wish.neededBy} needs it otherwise.`);
  }
  if (isPresent) return satisfied;
  if (own !== undefined && !allowsOtherVersion(own, range)) {
    return conflict(`${dependent} needs ${wanted}, but ${deploymentOf(own)} sets ${item.name} to ${own.desiredState}.`);
  }
  if (it.prerequisite.otherwise === "fail") return missing(`${dependent} needs ${wanted}, which is not installed.`);
  return { kind: "do-first" };
}

/** Whether the deployment leaves it open to bring in a version of this range. */
const allowsOtherVersion = (wish: Wish, range: VersionRange): boolean =>
  wish.desiredState === "installed-any" ||
  wish.desiredState === "update-if-found" ||
  (wish.desiredState === "installed-minimum" && range.maximum === null);

function judgeUninstalled(it: Required, detected: string | null): Verdict {
  const { dependent, item, node, own, required } = it;
  const range = { minimum: required.minimumVersion, maximum: required.maximumVersion };
  const unwanted = `${item.name}${describeRange(range)}`;
  const isPresent = detected !== null && isInRange(detected, range, item);
  if (node === undefined) {
    const wantsIt = own !== undefined && own.desiredState !== "update-if-found";
    return isPresent ? whatToDoAbout(it, unwanted, wantsIt) : satisfied;
  }
  const failure = failureOf(node);
  if (failure !== null) {
    return isPresent ? missing(`${dependent} needs ${unwanted} gone first, and that fails: ${failure}`) : satisfied;
  }
  if (!isInstalling(node.decision)) return after;
  if (!isInRange(versionAfter(node.decision) ?? null, range, item)) return isPresent ? after : satisfied;
  // Keeping what is found up to date is no wish to have it; nobody else may count on the update, though.
  const mayGo = own?.desiredState === "update-if-found" && node.wish.neededBy === null && !it.isCountedOn;
  if (mayGo) return whatToDoAbout(it, unwanted, false);
  return conflict(`${dependent} needs ${unwanted} gone, but ${whoWants(node)} it installed.`);
}

const whoWants = (node: Node): string =>
  node.wish.neededBy === null ? `${deploymentOf(node.wish)} wants` : `${node.wish.neededBy} needs`;

function whatToDoAbout(it: Required, unwanted: string, wantsIt: boolean): Verdict {
  if (wantsIt && it.own !== undefined) {
    return conflict(
      `${it.dependent} needs ${unwanted} gone, but ${deploymentOf(it.own)} sets ${it.item.name} to ${it.own.desiredState}.`,
    );
  }
  return it.prerequisite.otherwise === "fail"
    ? missing(`${it.dependent} needs ${unwanted} gone, and it is installed.`)
    : { kind: "do-first" };
}

/** A task is "installed" when its test says true; it cannot be required to be uninstalled. */
function judgeTask(it: Required, compliant: boolean | null): Verdict {
  const { dependent, item, node, own } = it;
  if (it.prerequisite.requiredState === "uninstalled") {
    return missing(`${dependent} needs ${item.name} uninstalled, but it is a task.`);
  }
  if (node !== undefined) {
    const failure = failureOf(node);
    return failure === null ? after : missing(`${dependent} needs ${item.name} first, and that fails: ${failure}`);
  }
  if (compliant === true) return satisfied;
  if (own !== undefined && own.desiredState !== "enforce") {
    return conflict(`${dependent} needs ${item.name}, but ${deploymentOf(own)} sets it to ${own.desiredState}.`);
  }
  if (it.prerequisite.otherwise === "fail")
    return missing(`${dependent} needs ${item.name}, which is not as it should be.`);
  return { kind: "do-first" };
}
