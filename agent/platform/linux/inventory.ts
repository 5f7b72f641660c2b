import type { InventoryEntry } from "../../../server/agents/wire";
import type { PackageManager } from "../../detect";
import { capture, findProgram } from "../../processes";
import { parseRpm, RPM_FORMAT } from "./rpm";

const DPKG_FORMAT = "${Package}\\t${Version}\\t${db:Status-Status}\\t${Maintainer}\\n";

/** Which managers this machine has: its tools are there. `apt` needs dpkg, `dnf` needs rpm. */
export async function listPackageManagers(): Promise<PackageManager[]> {
  const has = async (...names: string[]) => (await Promise.all(names.map((name) => findProgram(name)))).every(Boolean);
  const found: PackageManager[] = [];
  if (await has("dpkg-query", "apt-cache")) found.push("apt");
  if ((await has("rpm", "dnf")) || (await has("rpm", "yum"))) found.push("dnf");
  if (await has("snap")) found.push("snap");
  if (await has("flatpak")) found.push("flatpak");
  return found;
}

const readers: Partial<Record<PackageManager, () => Promise<InventoryEntry[]>>> = {
  apt: async () => parseDpkg((await capture("dpkg-query", ["-W", "-f", DPKG_FORMAT])).stdout),
  dnf: async () => parseRpm((await capture("rpm", ["-qa", "--qf", RPM_FORMAT])).stdout),
  snap: async () => parseSnap((await capture("snap", ["list", "--unicode=never", "--color=never"])).stdout),
  flatpak: async () =>
    parseFlatpak((await capture("flatpak", ["list", "--columns=application,name,version,origin"])).stdout),
};

export async function readInventory(only?: readonly PackageManager[]): Promise<InventoryEntry[]> {
  const present = await listPackageManagers();
  const wanted = present.filter((manager) => only === undefined || only.includes(manager));
  const readings = await Promise.all(wanted.map((manager) => readers[manager]?.() ?? []));
  return readings.flat().slice(0, 20_000);
}

/** Lines of `dpkg-query -W`. Only what is really installed counts: removed packages leave `config-files` rows. */
export function parseDpkg(text: string): InventoryEntry[] {
  const seen = new Set<string>();
  return text.split("\n").flatMap((line) => {
    const [name, version, status, maintainer] = line.split("\t");
    if (!name || !version || status !== "installed") return [];
    // The same package for two architectures is one thing installed, unless the versions differ.
    const key = `${name}\t${version}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [entry("apt", name, name, version, maintainer)];
  });
}

/** The table of `snap list`: Name, Version, Rev, Tracking, Publisher, Notes. */
export function parseSnap(text: string): InventoryEntry[] {
  return text.split("\n").flatMap((line) => {
    const [name, version, revision, , publisher] = line.trim().split(/\s+/);
    if (!name || !version || !revision || !/^x?\d+$/.test(revision)) return [];
    return [entry("snap", name, name, version, publisher?.replace(/\*+$/, ""))];
  });
}

/** Tab-separated `flatpak list`: application, name, version, origin. Runtimes without a version get an empty one. */
export function parseFlatpak(text: string): InventoryEntry[] {
  return text.split("\n").flatMap((line) => {
    const [id, name, version, origin] = line.split("\t");
    if (!id?.includes(".")) return [];
    return [entry("flatpak", id, name || id, version ?? "", origin)];
  });
}

function entry(
  source: InventoryEntry["source"],
  id: string,
  name: string,
  version: string,
  publisher: string | undefined,
): InventoryEntry {
  return {
    source,
    id: id.slice(0, 300),
    name: name.slice(0, 300),
    version: version.slice(0, 200),
    publisher: publisher ? publisher.slice(0, 300) : null,
    upgradeCode: null,
  };
}
