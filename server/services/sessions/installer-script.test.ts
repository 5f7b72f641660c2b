import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PlannedAction } from "@/server/core/plan";
import { packageStep } from "./installer-script";

const folder = mkdtempSync(join(tmpdir(), "evenkeel-installer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const action = (given: Partial<PlannedAction>): PlannedAction => ({
  key: "k",
  itemId: 1,
  type: "install",
  reason: "software-missing",
  sentence: "Install jq.",
  deploymentId: 1,
  desiredState: "installed-latest",
  detectedVersion: null,
  wantedVersion: "1.7",
  installer: null,
  parameters: {},
  requiredByKey: null,
  dependsOn: [],
  failsWith: null,
  safeToRetry: false,
  method: null,
  recordedValue: null,
  ...given,
});

/** Runs a step as an agent does, with package managers that only write down what they were told. */
function commandsOf(kind: "apt" | "dnf", given: Partial<PlannedAction>, madison = "") {
  const log = join(folder, "log");
  writeFileSync(log, "");
  for (const tool of ["apt-get", "dnf"]) {
    writeFileSync(join(folder, tool), `#!/bin/bash\necho "${tool} $*" >> ${log}\n`, { mode: 0o755 });
  }
  writeFileSync(join(folder, "apt-cache"), `#!/bin/bash\nprintf '%s\\n' "${madison}"\n`, { mode: 0o755 });
  const step = packageStep("run", { kind, platform: { osFamily: "linux" }, package: "jq" }, action(given));
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  for (const [name, value] of Object.entries(step.parameters)) env[`EK_${name}`] = String(value);
  const ran = spawnSync("bash", ["-c", step.body], { env, encoding: "utf8" });
  const commands = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/ -(q|y|o \S+)/g, ""));
  return { commands, exitCode: ran.status, stderr: ran.stderr };
}

describe("apt", () => {
  it.each([
    ["installs the newest", { type: "install" }, ["apt-get update", "apt-get --no-remove install jq"]],
    ["updates", { type: "update" }, ["apt-get update", "apt-get --no-remove install jq"]],
    ["repairs", { type: "reinstall" }, ["apt-get update", "apt-get --no-remove --reinstall install jq"]],
    ["removes without refreshing lists", { type: "uninstall" }, ["apt-get remove jq"]],
    [
      "replaces",
      { type: "update", method: "uninstall-install" },
      ["apt-get update", "apt-get remove jq", "apt-get --no-remove install jq"],
    ],
  ] as const)("%s", (_, given, commands) => {
    expect(commandsOf("apt", given)).toMatchObject({ commands, exitCode: 0 });
  });

  const madison = " jq | 1.7.1-3 | http://deb trixie/main\n jq | 1:1.6-2.1 | http://deb bookworm/main";
  it.each([
    ["1.7.1", "jq=1.7.1-3"],
    ["1.7.1-3", "jq=1.7.1-3"],
    ["1.6", "jq=1:1.6-2.1"],
  ])("finds the package's own version of %s", (wantedVersion, target) => {
    const { commands } = commandsOf("apt", { desiredState: "installed-specific", wantedVersion }, madison);
    expect(commands.at(-1)).toBe(`apt-get --no-remove install ${target}`);
  });

  it("says that a version is nowhere to be had, and installs nothing", () => {
    const missing = commandsOf("apt", { desiredState: "installed-specific", wantedVersion: "2.0" }, madison);
    expect(missing).toMatchObject({ commands: ["apt-get update"], exitCode: 66 });
    expect(missing.stderr).toContain("Version 2.0 of jq is in none");
  });
});

describe("dnf", () => {
  it.each([
    ["installs", { type: "install" }, ["dnf --refresh install jq"]],
    ["updates", { type: "update" }, ["dnf --refresh upgrade jq"]],
    ["removes", { type: "uninstall" }, ["dnf --noautoremove remove jq"]],
    [
      "installs a version that was chosen",
      { type: "install", desiredState: "installed-specific" },
      ["dnf --refresh install jq-1.7"],
    ],
  ] as const)("%s", (_, given, commands) => {
    expect(commandsOf("dnf", given)).toMatchObject({ commands, exitCode: 0 });
  });
});
