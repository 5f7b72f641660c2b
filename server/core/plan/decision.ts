import type { DesiredState } from "../deployments";
import type { Installer, ParameterValues } from "../items";
import type { ActionReason, ActionType } from "../sessions";
import type { Json, PlannedAction } from "./types";

/** What an item should be, by a deployment, or because another item needs it. */
export interface Wish {
  readonly desiredState: DesiredState;
  /** Of specific, minimum and maximum. */
  readonly version: string | null;
  /** A second bound, which only prerequisites with a range have. */
  readonly atMost: string | null;
  readonly parameters: ParameterValues;
  readonly deploymentId: number | null;
  readonly isOnboardingOnly: boolean;
  /** The item that needs it, by name; null for a deployment's own wish. */
  readonly neededBy: string | null;
}

/** What is to be done about one item, judged by itself: before order and prerequisites. */
export interface Decision {
  readonly type: ActionType;
  readonly reason: ActionReason;
  readonly sentence: string;
  readonly detectedVersion: string | null;
  readonly wantedVersion: string | null;
  readonly installer: Installer | null;
  readonly method: PlannedAction["method"];
  readonly failsWith: string | null;
  readonly recordedValue: Json;
  /** There is something to run, or to report as failed. */
  readonly isAction: boolean;
}

interface DecisionParts {
  readonly type: ActionType;
  readonly reason: ActionReason;
  readonly sentence: string;
  readonly detectedVersion?: string | null;
  readonly wantedVersion?: string | null;
  readonly installer?: Installer | null;
  readonly method?: PlannedAction["method"];
  readonly recordedValue?: Json;
}

const complete = (parts: DecisionParts, failsWith: string | null, isAction: boolean): Decision => ({
  detectedVersion: null,
  wantedVersion: null,
  installer: null,
  method: null,
  recordedValue: null,
  ...parts,
  failsWith,
  isAction,
});

export const toRun = (parts: DecisionParts): Decision => complete(parts, null, true);
export const nothingToDo = (parts: DecisionParts): Decision => complete(parts, null, false);
/** Known to fail before it starts. The sentence is the reason as well. */
export const toFail = (parts: DecisionParts): Decision => complete(parts, parts.sentence, true);
