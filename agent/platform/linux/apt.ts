import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { capture } from "../../processes";

const NAMES_A_CALL = 2000;
const validName = /^[a-z0-9][a-z0-9+.-]*(:[a-z0-9-]+)?$/;
const SYSTEM_CACHE = "/var/cache/apt/pkgcache.bin";

/**
 * Reads candidate versions with `apt-cache policy`. Where the system keeps no binary cache of the package lists (minimal
 * images switch it off, which makes every question cost the parsing of all lists) the agent keeps one of its own; apt
 * itself checks that it is fresh.
 */
export function createAptReader({ cacheDir }: { cacheDir: string | null }) {
  const options = (): string[] => {
    if (cacheDir === null || existsSync(SYSTEM_CACHE)) return [];
    try {
      mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
    } catch {
      return [];
    }
    return [
      "-o",
      `Dir::Cache::pkgcache=${join(cacheDir, "pkgcache.bin")}`,
      "-o",
      `Dir::Cache::srcpkgcache=${join(cacheDir, "srcpkgcache.bin")}`,
    ];
  };
  return {
    async readAvailable(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const asked = [...new Set(names)].filter((name) => validName.test(name));
      const found = new Map<string, string>();
      for (let from = 0; from < asked.length; from += NAMES_A_CALL) {
        const part = asked.slice(from, from + NAMES_A_CALL);
        const { stdout } = await capture("apt-cache", [...options(), "policy", "--", ...part], 60_000);
        for (const [name, version] of parseAptPolicy(stdout)) found.set(name, version);
      }
      return found;
    },
    async warmUp(): Promise<void> {
      if (options().length > 0) await capture("apt-cache", [...options(), "policy", "--", "apt"], 120_000);
    },
  };
}

/** Candidate by package name from `apt-cache policy a b c` (C locale). `(none)` is no candidate. */
export function parseAptPolicy(text: string): Map<string, string> {
  const candidates = new Map<string, string>();
  let name: string | null = null;
  for (const line of text.split("\n")) {
    const heading = /^(\S+):$/.exec(line);
    if (heading !== null) name = heading[1] ?? null;
    const candidate = /^ {2}Candidate: (\S+)$/.exec(line)?.[1];
    if (candidate !== undefined && name !== null && candidate !== "(none)") candidates.set(name, candidate);
  }
  return candidates;
}
