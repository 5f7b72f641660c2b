import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium on this machine, or null. */
export function findBrowser() {
  return PLACES.find((path) => path && existsSync(path)) ?? null;
}

/** Gets a Chromium for the browser tests where it can: apt as root on Debian, else Playwright's own. Says what it did. */
export function installBrowser() {
  if (findBrowser()) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium with apt for the browser tests…");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-q", "chromium"], { stdio: "ignore", env });
  } else {
    console.log("Installing Chromium with Playwright for the browser tests…");
    spawnSync(process.execPath, ["node_modules/playwright-core/cli.js", "install", "chromium"], { stdio: "inherit" });
  }
  if (!findBrowser() && isRoot)
    console.log("No Chromium could be installed; the browser tests are skipped and counted as skipped.");
}
