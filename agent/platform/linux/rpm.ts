import type { InventoryEntry } from "../../../server/agents/wire";
import { capture, findProgram } from "../../processes";

const validName = /^[A-Za-z0-9_][A-Za-z0-9_+.-]*$/;
export const RPM_FORMAT = "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}\\t%{RELEASE}\\t%{VENDOR}\\n";

/** Lines of `rpm -qa --qf RPM_FORMAT`. Version is `[epoch:]version-release`, the epoch left out when it is 0. */
export function parseRpm(text: string): InventoryEntry[] {
  return text.split("\n").flatMap((line) => {
    const [name, epoch, version, release, vendor] = line.split("\t");
    if (!name || !version || !release || name === "gpg-pubkey") return [];
    return [
      {
        source: "dnf" as const,
        id: name.slice(0, 300),
        name: name.slice(0, 300),
        version: joinEvr(epoch, version, release).slice(0, 200),
        publisher: vendor === undefined || vendor === "" || vendor === "(none)" ? null : vendor.slice(0, 300),
        upgradeCode: null,
      },
    ];
  });
}

/**
 * What the enabled repositories offer, from dnf's own cache of them (`-C`): a question about installed software must
 * neither wait for a mirror nor fail with it. Without a cache nothing is known.
 */
export async function readDnfAvailable(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(names)].filter((name) => validName.test(name));
  const dnf = (await findProgram("dnf")) ?? (await findProgram("yum"));
  if (asked.length === 0 || dnf === null) return new Map();
  const { stdout } = await capture(
    dnf,
    [
      "-q",
      "-C",
      "repoquery",
      "--available",
      "--latest-limit=1",
      "--qf",
      "%{name}\t%{epoch}\t%{version}\t%{release}\n",
      ...asked,
    ],
    60_000,
  );
  return parseDnfAvailable(stdout);
}

/** dnf 4 ends each row of `--qf` with a line break of its own, dnf 5 does not: blank lines are skipped. */
export function parseDnfAvailable(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [name, epoch, version, release] = line.trim().split("\t");
    if (name && version && release) found.set(name, joinEvr(epoch, version, release));
  }
  return found;
}

function joinEvr(epoch: string | undefined, version: string, release: string): string {
  const prefix = epoch === undefined || epoch === "" || epoch === "0" || epoch === "(none)" ? "" : `${epoch}:`;
  return `${prefix}${version}-${release}`;
}
