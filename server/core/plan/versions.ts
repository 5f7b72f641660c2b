import { admitsPlatform } from "../targets";
import { compareToWanted, compareVersions, highestVersion } from "../version";
import type { ItemDetection, PlannableItem, Platform } from "./types";

/** Versions of the software itself that have an installer for the platform. */
function applicableVersions(item: PlannableItem, platform: Platform): string[] {
  const fits = (installers: PlannableItem["installers"]) =>
    installers.some((installer) => admitsPlatform([installer.platform], platform));
  const servesAll = fits(item.installers);
  return item.versions.filter((version) => servesAll || fits(version.installers)).map((version) => version.version);
}

/** The newest version there is, from wherever the software says its versions come from; null when that is not known. */
export function latestVersion(item: PlannableItem, detection: ItemDetection, platform: Platform): string | null {
  const available = detection.outcome === "detected" ? detection.availableVersion : null;
  switch (item.versionSource) {
    case "repository":
      return available;
    case "script":
      return item.latestFromScript ?? available;
    case "static":
      return highestVersion(applicableVersions(item, platform), item.detectionSchemeForVersions);
    case null:
      return null;
  }
}

/** The detected version against the newest: exactly, where the same package manager names both. */
export function compareToLatest(detected: string, latest: string, item: PlannableItem): -1 | 0 | 1 | null {
  if (detected === latest) return 0;
  return item.versionSource === "repository"
    ? compareVersions(detected, latest, item.detectionSchemeForVersions)
    : compareToWanted(detected, latest, item.detectionSchemeForVersions);
}

/** Equal texts are equal versions, whether or not they can be parsed. */
export function compareToAsked(detected: string, asked: string, item: PlannableItem): -1 | 0 | 1 | null {
  return detected === asked ? 0 : compareToWanted(detected, asked, item.detectionSchemeForVersions);
}

export interface VersionRange {
  readonly minimum: string | null;
  readonly maximum: string | null;
}

/** A version that is not known, or cannot be parsed, is in no range but the open one. */
export function isInRange(version: string | null, range: VersionRange, item: PlannableItem): boolean {
  if (range.minimum === null && range.maximum === null) return true;
  if (version === null) return false;
  const aboveMinimum = range.minimum === null ? 0 : compareToAsked(version, range.minimum, item);
  const belowMaximum = range.maximum === null ? 0 : compareToAsked(version, range.maximum, item);
  return aboveMinimum !== null && aboveMinimum >= 0 && belowMaximum !== null && belowMaximum <= 0;
}

/**
 * The version to install so that it is in the range: the highest known one. Where none is known at all, or only ones
 * that are too new, the bound itself is asked for: a repository may have more than its newest. Null: there is none.
 */
export function pickVersion(
  item: PlannableItem,
  detection: ItemDetection,
  platform: Platform,
  range: VersionRange,
): string | null {
  const latest = latestVersion(item, detection, platform);
  const known = [...applicableVersions(item, platform), ...(latest === null ? [] : [latest])];
  const inRange = known.filter((version) => isInRange(version, range, item));
  const best = highestVersion(inRange, item.detectionSchemeForVersions);
  if (best !== null) return best;
  if (known.length === 0) return range.maximum ?? range.minimum;
  const mayHaveMore = item.versionSource !== "static" && range.maximum !== null;
  const areTooNew = known.every((version) => compareToAsked(version, range.maximum ?? version, item) === 1);
  return mayHaveMore && areTooNew ? range.maximum : null;
}
