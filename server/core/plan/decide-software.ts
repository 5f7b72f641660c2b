import { isVersion } from "../version";
import { type Decision, nothingToDo, toFail, toRun, type Wish } from "./decision";
import { canUninstall, chooseInstaller, describePlatform, replacesInPlace } from "./installers";
import { fromTo, named, neededFirst, versionReason } from "./sentences";
import type { ItemDetection, PlannableItem, Platform } from "./types";
import { compareToAsked, compareToLatest, latestVersion, pickVersion } from "./versions";

type Detected = Extract<ItemDetection, { outcome: "detected" }>;

interface Case {
  readonly item: PlannableItem;
  readonly wish: Wish;
  readonly detection: Detected;
  readonly platform: Platform;
}

/** What to do about one software: the table of chapter 7. */
export function decideSoftware(item: PlannableItem, wish: Wish, detection: Detected, platform: Platform): Decision {
  const it: Case = { item, wish, detection, platform };
  switch (wish.desiredState) {
    case "uninstalled":
      return decideRemoval(it);
    case "installed-latest":
    case "update-if-found":
      return decideLatest(it);
    case "installed-specific":
    case "installed-minimum":
    case "installed-maximum":
      return decideBounded(it);
    case "installed-any":
      return detection.version === null ? install(it, pickVersion(item, detection, platform, open)) : keep(it);
    case "ignored":
      return nothingToDo({
        type: "none",
        reason: "ignored",
        sentence: `${item.name} is left as it is.`,
        detectedVersion: detection.version,
      });
    default:
      return toFail({
        type: "none",
        reason: "unsupported",
        sentence: `${item.name} is a software; "${wish.desiredState}" is for tasks.`,
      });
  }
}

const open = { minimum: null, maximum: null } as const;

function decideLatest(it: Case): Decision {
  const { item, wish, detection, platform } = it;
  const detected = detection.version;
  if (detected === null && wish.desiredState === "update-if-found") {
    const sentence = `${item.name} is not installed, so there is nothing to update.`;
    return nothingToDo({ type: "none", reason: "not-present", sentence });
  }
  const latest = latestVersion(item, detection, platform);
  if (latest === null) return noVersion(it, `No source says which version of ${item.name} is the latest.`);
  if (detected === null) return install(it, latest);
  const order = compareToLatest(detected, latest, item);
  if (order === null) return notComparable(it, detected, latest);
  return order < 0 ? update(it, detected, latest) : keep(it);
}

function decideBounded(it: Case): Decision {
  const { item, wish, detection, platform } = it;
  const { version: asked, desiredState } = wish;
  if (asked === null) return noVersion(it, `The deployment does not say which version of ${item.name} is wanted.`);
  const detected = detection.version;
  const order = detected === null ? null : compareToAsked(detected, asked, item);
  if (detected !== null && order === null) return notComparable(it, detected, asked);
  const belowSecondBound = detected === null || wish.atMost === null ? 0 : compareToAsked(detected, wish.atMost, item);

  if (detected !== null && order !== null) {
    const tooLow = order < 0 && desiredState !== "installed-maximum";
    const tooHigh = (order > 0 && desiredState !== "installed-minimum") || belowSecondBound === 1;
    if (!tooLow && !tooHigh) return keep(it);
  }
  const wanted =
    desiredState === "installed-specific"
      ? asked
      : pickVersion(item, detection, platform, {
          minimum: desiredState === "installed-minimum" ? asked : null,
          maximum: desiredState === "installed-maximum" ? asked : wish.atMost,
        });
  if (wanted === null) return noVersion(it, `No known version of ${item.name} is as wanted (${describeBounds(wish)}).`);
  if (detected === null || order === null) return install(it, wanted);
  return order < 0 && desiredState !== "installed-maximum"
    ? update(it, detected, wanted)
    : downgrade(it, detected, wanted);
}

function describeBounds(wish: Wish): string {
  const second = wish.atMost === null ? "" : `, at most ${wish.atMost}`;
  return `${wish.desiredState === "installed-maximum" ? "at most" : "at least"} ${wish.version ?? "?"}${second}`;
}

function decideRemoval(it: Case): Decision {
  const { item, wish, detection, platform } = it;
  const detected = detection.version;
  if (detected === null) {
    const sentence = `${item.name} is not installed, as it should be.`;
    return nothingToDo({ type: "none", reason: "compliant", sentence });
  }
  const parts = { type: "uninstall", reason: wish.neededBy === null ? "software-detected" : "prerequisite" } as const;
  const installer = chooseInstaller(item, detected, platform);
  if (installer === null || !canUninstall(installer)) {
    return unsupported(it, `${item.name} has no way to be uninstalled on ${describePlatform(platform)}.`, detected);
  }
  const why =
    wish.neededBy === null ? "because it should not be there" : `first because ${wish.neededBy} needs it gone`;
  const sentence = `Uninstall ${named(item.name, detected)} ${why}.`;
  return toRun({ ...parts, sentence, detectedVersion: detected, installer });
}

function install(it: Case, wanted: string | null): Decision {
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

function update(it: Case, detected: string, wanted: string): Decision {
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
    return unsupported(it, `${item.name} is updated by uninstalling it first, and has no way to be.`, detected);
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
function downgrade(it: Case, detected: string, wanted: string): Decision {
  const { item, wish, platform } = it;
  const installer = chooseInstaller(item, wanted, platform);
  if (installer === null) return noInstaller(it, wanted);
  const inPlace = replacesInPlace(installer);
  if (!inPlace && !canUninstall(installer)) {
    return unsupported(it, `${item.name} is downgraded by uninstalling it first, and has no way to be.`, detected);
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
function keep(it: Case): Decision {
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
    return unsupported(it, `${item.name} is repaired by uninstalling it first, and has no way to be.`, detected);
  }
  const how = { "uninstall-install": "reinstalling it", "install-over": "installing over it", script: "its script" };
  const sentence = `Repair ${named(item.name, detected)} by ${how[method]} because its test failed.`;
  return licensed(it, toRun({ ...parts, sentence, installer, method }));
}

function licensed(it: Case, decision: Decision): Decision {
  if (!it.item.licenceRequired || it.item.licenceAssigned) return decision;
  const sentence = `${it.item.name} needs a licence, and none is assigned.`;
  return { ...decision, reason: "no-licence", sentence, failsWith: sentence };
}

const noVersion = (it: Case, sentence: string): Decision =>
  toFail({ type: "none", reason: "no-version", sentence, detectedVersion: it.detection.version });

const unsupported = (_it: Case, sentence: string, detectedVersion: string | null): Decision =>
  toFail({ type: "none", reason: "unsupported", sentence, detectedVersion });

const noInstaller = (it: Case, wanted: string | null): Decision =>
  toFail({
    type: "none",
    reason: "unsupported",
    sentence: `${named(it.item.name, wanted)} has no installer for ${describePlatform(it.platform)}.`,
    detectedVersion: it.detection.version,
    wantedVersion: wanted,
  });

/** Two versions that cannot be ordered are reported, not guessed at. */
function notComparable(it: Case, detected: string, wanted: string): Decision {
  const isDetectedBad = !isVersion(detected, it.item.detectionSchemeForVersions);
  return toFail({
    type: "none",
    reason: isDetectedBad ? "detection-failed" : "no-version",
    sentence: isDetectedBad
      ? `The detected version of ${it.item.name}, "${detected}", cannot be compared with ${wanted}.`
      : `The wanted version of ${it.item.name}, "${wanted}", is not a version.`,
    detectedVersion: detected,
    wantedVersion: wanted,
  });
}
