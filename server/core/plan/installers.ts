import type { Installer } from "../items";
import { admitsPlatform } from "../targets";
import type { PlannableItem, Platform } from "./types";
import { compareToAsked } from "./versions";

/** The installer for a version on a platform: one of that version's own before one that serves every version. */
export function chooseInstaller(item: PlannableItem, version: string | null, platform: Platform): Installer | null {
  const own =
    version === null
      ? []
      : item.versions
          .filter((candidate) => compareToAsked(version, candidate.version, item) === 0)
          .flatMap((candidate) => candidate.installers);
  return [...own, ...item.installers].find((installer) => admitsPlatform([installer.platform], platform)) ?? null;
}

/** Whether the installer can take the software off again. */
export const canUninstall = (installer: Installer): boolean =>
  installer.kind !== "script" || installer.uninstallScriptId !== undefined;

/** Package managers replace a version in place, in either direction. */
export const replacesInPlace = (installer: Installer): boolean => installer.kind === "apt" || installer.kind === "dnf";

export const describePlatform = (platform: Platform): string =>
  platform.packageManagers.length === 0
    ? platform.osFamily
    : `${platform.osFamily} with ${platform.packageManagers.join(", ")}`;
