/** Short ways to say what a plan is made from. */
import type { DeploymentRule, DesiredState } from "../../deployments";
import type { Installer } from "../../items";
import type { Prerequisite } from "../../order/types";
import type { ItemResolution } from "../../resolve/types";
import type { ItemDetection, PlanInput, PlannableItem, PlannedAction } from "../types";

export const debian = { osFamily: "linux", packageManagers: ["apt"] } as const;
export const apt = (name: string): Installer => ({
  kind: "apt",
  platform: { osFamily: "linux", packageManager: "apt" },
  package: name,
});
export const script = (uninstallScriptId?: number): Installer => ({
  kind: "script",
  platform: { osFamily: "linux" },
  installScriptId: 1,
  ...(uninstallScriptId === undefined ? {} : { uninstallScriptId }),
});

const plain: PlannableItem = {
  id: 0,
  kind: "software",
  name: "",
  detectionSchemeForVersions: "generic",
  installers: [script(2)],
  versions: [],
  versionSource: "static",
  upgradeStrategy: "install-over",
  repairStrategy: "reinstall",
  hasTest: false,
  licenceRequired: false,
  licenceAssigned: false,
  configurationItemId: null,
  safeToRetry: false,
};

/** A software with these versions, installed and uninstalled by a script. */
export const software = (
  id: number,
  name: string,
  versions: readonly string[],
  changes: Partial<PlannableItem> = {},
): PlannableItem => ({
  ...plain,
  id,
  name,
  versions: versions.map((version) => ({ version, installers: [] })),
  ...changes,
});

export const packaged = (id: number, name: string, changes: Partial<PlannableItem> = {}): PlannableItem =>
  software(id, name, [], {
    versionSource: "repository",
    detectionSchemeForVersions: "dpkg",
    installers: [apt(name)],
    ...changes,
  });

export const task = (id: number, name: string, changes: Partial<PlannableItem> = {}): PlannableItem => ({
  ...plain,
  id,
  kind: "task",
  name,
  installers: [],
  versionSource: null,
  taskScripts: { test: true, set: true, get: true },
  ...changes,
});

export const found = (version: string | null, changes: object = {}): ItemDetection => ({
  outcome: "detected",
  version,
  availableVersion: null,
  matchCount: version === null ? 0 : 1,
  compliant: null,
  value: null,
  ...changes,
});
export const tested = (compliant: boolean | null, value: PlannedAction["recordedValue"] = null): ItemDetection =>
  found(null, { compliant, value });

export interface Wanted {
  readonly item: PlannableItem;
  /** Undefined: no deployment; here only because another item may need it. */
  readonly state?: DesiredState;
  readonly version?: string;
  readonly detection?: ItemDetection;
  readonly phase?: DeploymentRule["phase"];
  readonly parameters?: DeploymentRule["parameters"];
}

/** A winner for an item; its deployment has the item's id times a hundred. */
function resolution({ item, state, version, phase, parameters }: Wanted): ItemResolution[] {
  if (state === undefined) return [];
  const winner: DeploymentRule = {
    id: item.id * 100,
    origin: "mine",
    itemId: item.id,
    desiredState: state,
    version: version ?? null,
    scope: "cross-tenant",
    targetType: "all",
    targetId: null,
    targetName: null,
    targetTenantId: null,
    includesChildTenants: false,
    deviceClass: "any",
    targetKey: "all",
    phase: phase ?? "always",
    enabled: true,
    approval: null,
    effectiveFromMs: null,
    createdAtMs: 0,
    ...(parameters === undefined ? {} : { parameters }),
  };
  return [{ itemId: item.id, winner, losers: [], notApplied: [], evidence: [] }];
}

export const input = (wanted: readonly Wanted[], rest: Partial<PlanInput> = {}): PlanInput => ({
  resolutions: wanted.flatMap(resolution),
  items: new Map(wanted.map(({ item }) => [item.id, item])),
  detections: new Map(wanted.flatMap(({ item, detection }) => (detection === undefined ? [] : [[item.id, detection]]))),
  prerequisites: [],
  order: [],
  platform: debian,
  ...rest,
});

/** "When `item` is to be installed, all of `needs` must be installed; do it first." */
export const needs = (
  id: number,
  itemId: number,
  required: readonly number[],
  changes: Partial<Prerequisite> = {},
): Prerequisite => ({
  id,
  itemId,
  appliesWhen: "installed",
  quantifier: "all",
  requiredState: "installed",
  otherwise: "do-first",
  items: required.map((requiredId) => ({ itemId: requiredId, minimumVersion: null, maximumVersion: null })),
  ...changes,
});
