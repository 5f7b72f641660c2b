/** What the planner reads and answers (domain page, chapters 7 and 8). */
import type { z } from "zod";
import type { DesiredState } from "../deployments";
import type { Installer, ItemKind, ParameterValues } from "../items";
import type { OrderEntry, Prerequisite } from "../order/types";
import type { ItemResolution } from "../resolve/types";
import type { ActionReason, ActionType } from "../sessions";
import type { OsFamily, PackageManager } from "../targets";
import type { VersionScheme } from "../version";

export type Json = z.core.util.JSONType;

export interface Platform {
  readonly osFamily: OsFamily;
  readonly packageManagers: readonly PackageManager[];
}

export interface PlannableVersion {
  readonly version: string;
  /** Those of this version only; the item's own serve every version. */
  readonly installers: readonly Installer[];
}

export interface PlannableItem {
  readonly id: number;
  readonly kind: ItemKind;
  readonly name: string;
  /** How its versions are ordered here: as the package manager does, where one detects it. */
  readonly detectionSchemeForVersions: VersionScheme;
  readonly installers: readonly Installer[];
  readonly versions: readonly PlannableVersion[];
  /** Null for tasks. */
  readonly versionSource: "static" | "repository" | "script" | null;
  readonly latestFromScript?: string | null;
  readonly upgradeStrategy: "none" | "uninstall-install" | "install-over" | "script";
  readonly repairStrategy: "none" | "reinstall" | "install-over" | "script";
  /** The software has a test script. */
  readonly hasTest: boolean;
  readonly licenceRequired: boolean;
  readonly licenceAssigned: boolean;
  /** A task that runs right after the software is compliant. */
  readonly configurationItemId: number | null;
  readonly safeToRetry: boolean;
  /** Which scripts the task has for this platform. */
  readonly taskScripts?: { readonly test: boolean; readonly set: boolean; readonly get: boolean };
}

/** What detection found. `compliant` is what a test script said; `value` is what a get script gave. */
export type ItemDetection =
  | {
      readonly outcome: "detected";
      /** Null: not on the machine. */
      readonly version: string | null;
      /** What the package manager or the version script calls the newest. */
      readonly availableVersion: string | null;
      readonly matchCount: number;
      readonly compliant: boolean | null;
      readonly value: Json;
    }
  | { readonly outcome: "failed"; readonly reason: string };

export interface PlanInput {
  readonly resolutions: readonly ItemResolution[];
  readonly items: ReadonlyMap<number, PlannableItem>;
  readonly detections: ReadonlyMap<number, ItemDetection>;
  readonly prerequisites: readonly Prerequisite[];
  readonly order: readonly OrderEntry[];
  readonly platform: Platform;
}

export interface PlannedAction {
  /** Stable across detections: the same thing to do has the same key. */
  readonly key: string;
  readonly itemId: number;
  readonly type: ActionType;
  readonly reason: ActionReason;
  /** "Install 7-Zip 24.09 because it was not detected." */
  readonly sentence: string;
  /** Null for a prerequisite or a configuration task that no deployment asks for. */
  readonly deploymentId: number | null;
  readonly desiredState: DesiredState;
  readonly detectedVersion: string | null;
  readonly wantedVersion: string | null;
  readonly installer: Installer | null;
  readonly parameters: ParameterValues;
  /** The action that needs this one first. */
  readonly requiredByKey: string | null;
  /** Actions that must succeed first. */
  readonly dependsOn: readonly string[];
  /** Set when it is known to fail before it starts: it is shown, fails with this sentence, and is never run. */
  readonly failsWith: string | null;
  readonly safeToRetry: boolean;
  /** How an update or a repair is done; null where there is only one way. */
  readonly method: "uninstall-install" | "install-over" | "script" | null;
  /** What a get script gave at detection (monitor). */
  readonly recordedValue: Json;
}

export interface Plan {
  /** In the order in which they run. Planned failures are among them. */
  readonly actions: readonly PlannedAction[];
  /** What is as it should be, was audited or recorded: type `none`, `audit` or `monitor`; nothing to run. */
  readonly compliant: readonly PlannedAction[];
}
