/** What changing a software takes: an installer, a way, a licence; each change with its reason and its sentence. */
import { isVersion } from "../version";
import { type Decision, nothingToDo, toFail, toRun, type Wish } from "./decision";
import { canUninstall, chooseInstaller, describePlatform, replacesInPlace } from "./installers";
import { fromTo, named, neededFirst, versionReason } from "./sentences";
import type { ItemDetection, PlannableItem, Platform } from "./types";

export type Detected = Extract<ItemDetection, { outcome: "detected" }>;

/** One software, what is wanted of it, and what was found. */
export interface SoftwareCase {
  readonly item: PlannableItem;
  readonly wish: Wish;
  readonly detection: Detected;
  readonly platform: Platform;
}

export function install(it: SoftwareCase, wanted: string | null): Decision {
  const { item, wish, platform } = it;
  const installer = chooseInstaller(item, wanted, platform);
  if (wanted !== null && !isVersion(wanted, item.detectionSchemeForVersions) && wish.version === null) {
    return noVersion(it, `The latest version of ${item.name} is given as "${wanted}", which is not a version.`);
  }
  if (installer === null) return noInstaller(it, wanted);
  return licensed(
    it,
    toRun({
      type: "install",
      reason: wish.neededBy === null ? "software-missing" : "prerequisite",
      sentence: `Install ${named(item.name, wanted)} ${neededFirst(wish) ?? "because it was not detected"}.`,
      wantedVersion: wanted,
      installer,
    }),
  );
}

export function update(it: SoftwareCase, detected: string, wanted: string): Decision {
  const { item, wish, platform } = it;
  const versions = { detectedVersion: detected, wantedVersion: wanted };
  if (item.upgradeStrategy === "none") {
    return toFail({
      type: "update",
      reason: "no-upgrade-strategy",
      sentence: `${item.name} needs an update ${fromTo(detected, wanted)}, but has no upgrade strategy.`,
      ...versions,
    });
  }
  const installer = chooseInstaller(item, wanted, platform);
  if (installer === null) return noInstaller(it, wanted);
  if (item.upgradeStrategy === "uninstall-install" && !canUninstall(installer)) {
    return unsupported(`${item.name} is updated by uninstalling it first, and has no way to be.`, detected);
  }
  return licensed(
    it,
    toRun({
      type: "update",
      reason: wish.neededBy === null ? "update-available" : "prerequisite",
      sentence: `Update ${item.name} ${fromTo(detected, wanted)} ${versionReason(wish)}.`,
      ...versions,
      installer,
      method: item.upgradeStrategy,
    }),
  );
}

/** Package managers go back in place; everything else is uninstalled first. */
export function downgrade(it: SoftwareCase, detected: string, wanted: string): Decision {
  const { item, wish, platform } = it;
  const installer = chooseInstaller(item, wanted, platform);
  if (installer === null) return noInstaller(it, wanted);
  const inPlace = replacesInPlace(installer);
  if (!inPlace && !canUninstall(installer)) {
    return unsupported(`${item.name} is downgraded by uninstalling it first, and has no way to be.`, detected);
  }
  return licensed(
    it,
    toRun({
      type: "downgrade",
      reason: wish.neededBy === null ? "older-version-required" : "prerequisite",
      sentence: `Downgrade ${item.name} ${fromTo(detected, wanted)} ${versionReason(wish)}.`,
      detectedVersion: detected,
      wantedVersion: wanted,
      installer,
      method: inPlace ? "install-over" : "uninstall-install",
    }),
  );
}

/** The version is as wanted; what is left is its test. */
export function keep(it: SoftwareCase): Decision {
  const { item, detection, platform } = it;
  const detected = detection.version;
  if (!item.hasTest || detection.compliant !== false) {
    const sentence = `${named(item.name, detected)} is installed, as it should be.`;
    return nothingToDo({ type: "none", reason: "compliant", sentence, detectedVersion: detected });
  }
  const parts = {
    type: "reinstall",
    reason: "test-failed",
    detectedVersion: detected,
    wantedVersion: detected,
  } as const;
  if (item.repairStrategy === "none") {
    return toFail({ ...parts, sentence: `The test of ${item.name} failed, and it has no repair strategy.` });
  }
  const installer = chooseInstaller(item, detected, platform);
  if (installer === null) return noInstaller(it, detected);
  const method = item.repairStrategy === "reinstall" ? "uninstall-install" : item.repairStrategy;
  if (method === "uninstall-install" && !canUninstall(installer)) {
    return unsupported(`${item.name} is repaired by uninstalling it first, and has no way to be.`, detected);
  }
  const how = { "uninstall-install": "reinstalling it", "install-over": "installing over it", script: "its script" };
  const sentence = `Repair ${named(item.name, detected)} by ${how[method]} because its test failed.`;
  return licensed(it, toRun({ ...parts, sentence, installer, method }));
}

function licensed(it: SoftwareCase, decision: Decision): Decision {
  if (!it.item.licenceRequired || it.item.licenceAssigned) return decision;
  const sentence = `${it.item.name} needs a licence, and none is assigned.`;
  return { ...decision, reason: "no-licence", sentence, failsWith: sentence };
}

export const noVersion = (it: SoftwareCase, sentence: string): Decision =>
  toFail({ type: "none", reason: "no-version", sentence, detectedVersion: it.detection.version });

export const unsupported = (sentence: string, detectedVersion: string | null): Decision =>
  toFail({ type: "none", reason: "unsupported", sentence, detectedVersion });

const noInstaller = (it: SoftwareCase, wanted: string | null): Decision =>
  toFail({
    type: "none",
    reason: "unsupported",
    sentence: `${named(it.item.name, wanted)} has no installer for ${describePlatform(it.platform)}.`,
    detectedVersion: it.detection.version,
    wantedVersion: wanted,
  });
