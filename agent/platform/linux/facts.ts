import { readFile, readlink, stat } from "node:fs/promises";
import { hostname, release, userInfo } from "node:os";
import { capture, findProgram } from "../../processes";
import type { SystemFacts } from "../platform";
import { listPackageManagers } from "./inventory";
import { listSignedInUsers } from "./users";

const DMI = "/sys/class/dmi/id";

/** Reads the facts of a Linux machine. What cannot be read is `null`: no SMBIOS, or no right to read it, is normal. */
export async function readLinuxFacts({ elevated }: { elevated: boolean }): Promise<SystemFacts> {
  const [osRelease, uuid, serial, manufacturer, model, chassis, machineId, managers, users, pendingReboot] =
    await Promise.all([
      readText("/etc/os-release").then(async (text) => text ?? (await readText("/usr/lib/os-release")) ?? ""),
      readText(`${DMI}/product_uuid`),
      readText(`${DMI}/product_serial`),
      readText(`${DMI}/sys_vendor`),
      readText(`${DMI}/product_name`),
      readText(`${DMI}/chassis_type`),
      readText("/etc/machine-id"),
      listPackageManagers(),
      listSignedInUsers(),
      readPendingReboot(),
    ]);
  const system = parseOsRelease(osRelease);
  return {
    hostName: hostname().slice(0, 255) || "unknown",
    os: { family: "linux", ...system, build: release().slice(0, 100), architecture: architecture() },
    smbiosUuid: clip(uuid, 64),
    osInstallationId: machineId === null || machineId === "uninitialized" ? null : clip(machineId, 128),
    osInstalledAt: await readInstalledAt(),
    serialNumber: clip(serial, 128),
    manufacturer: clip(manufacturer, 128),
    model: clip(model, 128),
    deviceClass: classifyDevice({ chassis, defaultTarget: await readDefaultTarget() }),
    packageManagers: managers,
    runningAs: { userName: ownName(), elevated },
    signedInUsers: users.slice(0, 50).map((userName) => ({ userName: userName.slice(0, 256), upn: null })),
    pendingReboot,
    timeZone: await readTimeZone(),
    bootedAt: parseBootTime((await readText("/proc/stat")) ?? ""),
  };
}

/** `ID`, `ID_LIKE`, `VERSION_ID` and `PRETTY_NAME` of os-release(5). */
export function parseOsRelease(text: string): { name: string; like: string[]; version: string; prettyName: string } {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Z_]+)=(.*)$/.exec(line.trim());
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const raw = match[2].trim();
    const quoted = /^(["'])(.*)\1$/.exec(raw);
    values.set(match[1], quoted ? (quoted[2] ?? "").replace(/\\(["$`\\])/g, "$1") : raw);
  }
  const name = (values.get("ID") ?? "linux").slice(0, 100);
  return {
    name,
    like: (values.get("ID_LIKE") ?? "")
      .split(/\s+/)
      .filter(Boolean)
      .map((like) => like.slice(0, 50))
      .slice(0, 10),
    version: (values.get("VERSION_ID") ?? values.get("BUILD_ID") ?? "").slice(0, 100),
    prettyName: (values.get("PRETTY_NAME") ?? values.get("NAME") ?? name).slice(0, 200),
  };
}

const portableChassis = new Set([8, 9, 10, 11, 14, 30, 31, 32]);
const serverChassis = new Set([17, 23, 25, 28, 29]);
const workstationChassis = new Set([3, 4, 5, 6, 7, 13, 15, 16, 24, 35, 36]);

/**
 * The SMBIOS chassis type (DMTF DSP0134, 7.4.1) decides where it says something. Where it does not (virtual machines,
 * containers, "other"), a machine set to boot without a graphical session is a server, any other a workstation.
 */
export function classifyDevice({
  chassis,
  defaultTarget,
}: {
  chassis: string | null;
  defaultTarget: string | null;
}): "workstation" | "portable" | "server" {
  const type = chassis === null ? Number.NaN : Number(chassis);
  if (portableChassis.has(type)) return "portable";
  if (serverChassis.has(type)) return "server";
  if (workstationChassis.has(type)) return "workstation";
  return defaultTarget === "multi-user.target" ? "server" : "workstation";
}

/** `btime` of /proc/stat. */
export function parseBootTime(procStat: string): string | null {
  const seconds = /^btime (\d+)$/m.exec(procStat)?.[1];
  return seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString();
}

/** The first believable of: birth of the root file system, the installer's log folder, the machine-id file. */
async function readInstalledAt(): Promise<string | null> {
  const times = await Promise.all([
    statTime("/", "birthtimeMs"),
    statTime("/var/log/installer", "mtimeMs"),
    statTime("/etc/machine-id", "mtimeMs"),
  ]);
  const first = times.find((time) => time !== null && isBelievableInstall(time));
  return first === undefined || first === null ? null : new Date(first).toISOString();
}

/** Images that are built reproducibly carry times at or near 1970; those say nothing. */
export function isBelievableInstall(milliseconds: number, now = Date.now()): boolean {
  return milliseconds >= Date.UTC(2000, 0, 1) && milliseconds <= now + 86_400_000;
}

async function readDefaultTarget(): Promise<string | null> {
  for (const path of ["/etc/systemd/system/default.target", "/usr/lib/systemd/system/default.target"]) {
    const target = await readlink(path).catch(() => null);
    if (target !== null) return target.split("/").at(-1) ?? null;
  }
  return null;
}

async function readPendingReboot(): Promise<SystemFacts["pendingReboot"]> {
  if ((await statTime("/run/reboot-required", "mtimeMs")) !== null) {
    const packages = ((await readText("/run/reboot-required.pkgs")) ?? "").split("\n").filter(Boolean);
    const reasons = [...new Set(packages)].slice(0, 20).map((name) => `${name} was updated`.slice(0, 200));
    return { pending: true, reasons: reasons.length > 0 ? reasons : ["The system asks for a restart."] };
  }
  const needsRestarting = await findProgram("needs-restarting");
  if (needsRestarting === null) return { pending: false, reasons: [] };
  const { exitCode, stdout } = await capture(needsRestarting, ["-r"]);
  if (exitCode !== 1 || !/reboot is required/i.test(stdout)) return { pending: false, reasons: [] };
  const names = [...stdout.matchAll(/^\s+\* (\S+)$/gm)].map((match) => `${match[1]} was updated`.slice(0, 200));
  return { pending: true, reasons: names.slice(0, 20) };
}

async function readTimeZone(): Promise<string | null> {
  const link = await readlink("/etc/localtime").catch(() => null);
  const linked = link === null ? undefined : /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(link)?.[1];
  return clip(linked ?? (await readText("/etc/timezone")), 64);
}

function architecture(): SystemFacts["os"]["architecture"] {
  const known: Partial<Record<string, SystemFacts["os"]["architecture"]>> = {
    x64: "x64",
    arm64: "arm64",
    ia32: "x86",
    arm: "arm",
  };
  return known[process.arch] ?? "x64";
}

function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? "unknown");
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, "utf8")).trim();
    return text === "" ? null : text;
  } catch {
    return null;
  }
}

async function statTime(path: string, field: "birthtimeMs" | "mtimeMs"): Promise<number | null> {
  return stat(path).then(
    (found) => found[field],
    () => null,
  );
}

function clip(text: string | null, length: number): string | null {
  return text === null ? null : text.slice(0, length);
}
