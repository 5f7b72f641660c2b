import { isVersion } from "../version";
import { type Decision, nothingToDo, toFail, toRun, type Wish } from "./decision";
import { canUninstall, chooseInstaller, describePlatform } from "./installers";
import { named } from "./sentences";
import {
  type Detected,
  downgrade,
  install,
  keep,
  noVersion,
  type SoftwareCase,
  unsupported,
  update,
} from "./software-changes";
import type { PlannableItem, Platform } from "./types";
import { compareToAsked, compareToLatest, latestVersion, pickVersion } from "./versions";

/** What to do about one software: the table of chapter 7. */
export function decideSoftware(item: PlannableItem, wish: Wish, detection: Detected, platform: Platform): Decision {
  const it: SoftwareCase = { item, wish, detection, platform };
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

function decideLatest(it: SoftwareCase): Decision {
  const { item, wish, detection, platform } = it;
  const detected = detection.version;
  if (detected === null && wish.desiredState === "update-if-found") {
    const sentence = `${item.name} is not installed, so there is nothing to update.`;
    return nothingToDo({ type: "none", reason: "not-present", sentence });
  }
  const latest = latestVersion(item, detection, platform);
  // A machine whose package lists were never read knows no versions; installing reads them, and brings the latest.
  if (latest === null && detected === null && item.versionSource === "repository") return install(it, null);
  if (latest === null) return noVersion(it, `No source says which version of ${item.name} is the latest.`);
  if (detected === null) return install(it, latest);
  const order = compareToLatest(detected, latest, item);
  if (order === null) return notComparable(it, detected, latest);
  return order < 0 ? update(it, detected, latest) : keep(it);
}

function decideBounded(it: SoftwareCase): Decision {
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

function decideRemoval(it: SoftwareCase): Decision {
  const { item, wish, detection, platform } = it;
  const detected = detection.version;
  if (detected === null) {
    const sentence = `${item.name} is not installed, as it should be.`;
    return nothingToDo({ type: "none", reason: "compliant", sentence });
  }
  const parts = { type: "uninstall", reason: wish.neededBy === null ? "software-detected" : "prerequisite" } as const;
  const installer = chooseInstaller(item, detected, platform);
  if (installer === null || !canUninstall(installer)) {
    return unsupported(`${item.name} has no way to be uninstalled on ${describePlatform(platform)}.`, detected);
  }
  const why =
    wish.neededBy === null ? "because it should not be there" : `first because ${wish.neededBy} needs it gone`;
  const sentence = `Uninstall ${named(item.name, detected)} ${why}.`;
  return toRun({ ...parts, sentence, detectedVersion: detected, installer });
}

/** Two versions that cannot be ordered are reported, not guessed at. */
function notComparable(it: SoftwareCase, detected: string, wanted: string): Decision {
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
