import type { ActionReason } from "../sessions";
import type { Decision, Wish } from "./decision";
import type { PlannableItem } from "./types";

/** An item with something to do, and what it waits for. Built up while prerequisites are followed. */
export interface Node {
  readonly item: PlannableItem;
  wish: Wish;
  decision: Decision;
  /** Item ids that must come first. */
  readonly dependsOn: Set<number>;
  /** Software that this task configures. */
  readonly configures: Set<number>;
  /** A deployment asks for what it does; else it is here for others only. */
  readonly isOwn: boolean;
  /** The item that first needed it; null when it is no prerequisite. */
  readonly requiredBy: number | null;
  /** What it would do on its own account, where a prerequisite made it do something else. */
  instead: { readonly wish: Wish; readonly decision: Decision } | null;
  /** Why it cannot be done although it could be by itself. */
  failure: { readonly reason: ActionReason; readonly sentence: string } | null;
}

export const newNode = (
  item: PlannableItem,
  wish: Wish,
  decision: Decision,
  isOwn: boolean,
  requiredBy: number | null = null,
): Node => ({
  item,
  wish,
  decision,
  dependsOn: new Set(),
  configures: new Set(),
  isOwn,
  requiredBy,
  instead: null,
  failure: null,
});

export const failureOf = (node: Node): string | null => node.decision.failsWith ?? node.failure?.sentence ?? null;

/** What of the item is on the machine once the action is done; undefined when the action does not change that. */
export function versionAfter(decision: Decision): string | null | undefined {
  switch (decision.type) {
    case "install":
    case "update":
    case "downgrade":
    case "reinstall":
      return decision.wantedVersion;
    case "uninstall":
      return null;
    default:
      return undefined;
  }
}

export const isInstalling = (decision: Decision): boolean =>
  decision.type === "install" ||
  decision.type === "update" ||
  decision.type === "downgrade" ||
  decision.type === "reinstall";
