import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What the tests of the dnf family run, and the Debian package that has it. None of it touches apt's own packages. */
const NEEDED = { dnf: "dnf", rpmbuild: "rpm", createrepo_c: "createrepo-c" };

const isThere = (program) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const missingPackages = () =>
  Object.entries(NEEDED)
    .filter(([program]) => !isThere(program))
    .map(([, name]) => name);

/** Gets the dnf family's tools for the tests of the catalogue where it can: apt as root on Debian. Says what it did. */
export function installSystemPackages() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return;
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (isThere("apt-get")) {
    console.log(`Installing ${missing.join(", ")} with apt for the tests of the dnf family…`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...missing], { stdio: "ignore", env });
  }
  const left = missingPackages();
  if (left.length > 0)
    console.log(`Without ${left.join(", ")} the tests of the dnf family are skipped and counted so.`);
}
