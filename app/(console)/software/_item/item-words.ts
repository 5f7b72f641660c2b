import type { Outputs } from "@/app/_trpc/client";
import type { Tone } from "@/app/_ui/pill";
import { osFamilies } from "../../_words/statuses";

export type ItemDetail = Outputs["items"]["get"];
export type Software = NonNullable<ItemDetail["software"]>;
export type Detection = Software["detections"][number];
export type ItemInstaller = Software["installers"][number];
type Platform = ItemDetail["platforms"][number];
type Named = readonly { readonly id: number; readonly name: string }[];

export const origins: Readonly<Record<ItemDetail["origin"], string>> = { global: "Global", mine: "Yours" };

/** On what an item was seen to work. */
export const triedOn: Readonly<Record<ItemDetail["triedOn"], { tone: Tone; label: string; help: string }>> = {
  "ran-on-linux": { tone: "ok", label: "Ran on Linux", help: "It ran on a real Linux machine." },
  "ran-under-wine": {
    tone: "warn",
    label: "Ran under Wine",
    help: "It ran under Wine, not on a real Windows machine.",
  },
  "not-run": { tone: "off", label: "Not run", help: "Nobody has run it yet. Try it on one computer first." },
};

const managers: Readonly<Record<string, string>> = {
  apt: "apt",
  dnf: "dnf",
  snap: "snap",
  flatpak: "Flatpak",
  winget: "winget",
  appx: "AppX",
  brew: "Homebrew",
  pkg: "pkg",
};
const managerWord = (manager: string) => managers[manager] ?? manager;

/** `Linux (apt)` */
export const describePlatform = ({ osFamily, packageManager }: Platform) =>
  `${osFamilies[osFamily]}${packageManager ? ` (${managerWord(packageManager)})` : ""}`;

/** `Linux (apt, dnf), Windows`; nothing named means everywhere. */
export function describePlatforms(platforms: readonly Platform[]): string {
  if (platforms.length === 0) return "every system";
  const families = [...new Set(platforms.map((platform) => platform.osFamily))];
  return families
    .map((family) => {
      const within = platforms.filter((platform) => platform.osFamily === family);
      const named = within.flatMap(({ packageManager }) => (packageManager ? [managerWord(packageManager)] : []));
      return `${osFamilies[family]}${named.length === within.length ? ` (${named.join(", ")})` : ""}`;
    })
    .join(", ");
}

const scriptName = (id: number, scripts: Named) => scripts.find((script) => script.id === id)?.name ?? `#${id}`;
const quoted = (text: string) => `“${text}”`;

/** How a computer is asked whether a software is there, and in what version. */
export function describeDetection({ method }: Detection, scripts: Named): string {
  switch (method.kind) {
    case "package":
      return `The ${managerWord(method.manager)} package ${quoted(method.name)}, in the version installed.`;
    case "display-name":
      return `An installed program named like ${quoted(method.name)}${
        method.publisher ? ` by a publisher like ${quoted(method.publisher)}` : ""
      }; the highest version counts.`;
    case "product-code":
      return `The Windows Installer product ${method.code}.`;
    case "upgrade-code":
      return `Any Windows Installer product with the upgrade code ${method.code}.`;
    case "appx":
      return `An AppX package named like ${quoted(method.name)}.`;
    case "file-version":
      return `The version of the file ${method.path}.`;
    case "registry-value":
      return `The value ${quoted(method.value)} of the registry key ${method.hive}\\${method.key}.`;
    case "mac-bundle":
      return `The application with the bundle id ${method.bundleId}.`;
    case "mac-receipt":
      return `The installer receipt ${method.packageId}.`;
    case "script":
      return `The script ${quoted(scriptName(method.scriptId, scripts))} says the version, or nothing.`;
  }
}

/** How a software gets onto a machine, and off it. */
export function describeInstaller(installer: ItemInstaller, scripts: Named): string {
  if (installer.kind !== "script")
    return `Installs the ${managerWord(installer.kind)} package ${quoted(installer.package)}.`;
  const install = `The script ${quoted(scriptName(installer.installScriptId, scripts))} installs it`;
  return installer.uninstallScriptId === undefined
    ? `${install}; it cannot be removed.`
    : `${install}, ${quoted(scriptName(installer.uninstallScriptId, scripts))} removes it.`;
}

/** Where the versions of a software come from. */
export const versionSources: Readonly<Record<Software["versionSource"], string>> = {
  static: "The versions below; the newest that fits a computer is its latest.",
  repository: "Each computer's package manager says what is latest.",
  script: "A script says what is latest.",
};

export const upgradeStrategies: Readonly<Record<Software["upgradeStrategy"], string>> = {
  none: "not updated: an update fails and says so",
  "uninstall-install": "removed, then installed anew",
  "install-over": "installed over the old one",
  script: "by a script",
};

export const repairStrategies: Readonly<Record<Software["repairStrategy"], string>> = {
  none: "not repaired",
  reinstall: "removed, then installed anew",
  "install-over": "installed again over itself",
  script: "by a script",
};

type Prerequisite = ItemDetail["prerequisites"][number];

/** `When it is installed, all of these must be installed first:` with the items named after it. */
export function describePrerequisite(need: Prerequisite): string {
  const when = { installed: "When it is to be installed", uninstalled: "When it is to be removed", any: "Always" };
  const state = need.requiredState === "installed" ? "be there" : "not be there";
  const quantity = need.quantifier === "all" ? "all of these" : "one of these";
  const otherwise = need.otherwise === "do-first" ? "they are done first" : "it fails";
  return `${when[need.appliesWhen]}, ${quantity} must ${state}; else ${otherwise}.`;
}

/** `2.4 to 3`, `at least 2.4`, `at most 3`, or nothing. */
export function describeRange({ minimumVersion, maximumVersion }: Prerequisite): string {
  if (minimumVersion && maximumVersion) return `${minimumVersion} to ${maximumVersion}`;
  if (minimumVersion) return `at least ${minimumVersion}`;
  return maximumVersion ? `at most ${maximumVersion}` : "";
}
