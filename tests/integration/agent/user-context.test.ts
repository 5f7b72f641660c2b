import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPlatform } from "../../../agent/platform";
import type { LocalUser, Platform, UserContext } from "../../../agent/platform/platform";
import { createInterpreters } from "../../../agent/scripts/interpreters";
import { createScriptRunner } from "../../../agent/scripts/run-script";
import { scriptStep } from "../../harness/agent-hub";

const isRoot = process.geteuid?.() === 0;
const hasPowerShell =
  spawnSync("pwsh", ["-NoProfile", "-Command", "6 * 7"], { encoding: "utf8" }).stdout?.trim() === "42";

/** Runs one script on the real platform, except for who is signed in and whether the agent is root. */
async function run(step: ReturnType<typeof scriptStep>, change: Partial<Platform>) {
  const platform: Platform = { ...createPlatform({ stateDir: null }), ...change };
  let markers = 0;
  const runner = createScriptRunner({
    jobId: randomUUID(),
    platform,
    interpreters: createInterpreters(),
    killGraceMs: 300,
    signal: new AbortController().signal,
    nextMarker: () => `${process.pid}-test/${++markers}`,
  });
  try {
    return await runner.run(step, () => {});
  } finally {
    runner.close();
  }
}
const signedIn = (context: UserContext) => ({ findUserContext: async () => context });

describe.skipIf(!isRoot)("a script for the person signed in, under an agent that is root", () => {
  let user: LocalUser;

  beforeAll(() => {
    const home = mkdtempSync(join(tmpdir(), "evenkeel-home-"));
    chmodSync(home, 0o700);
    chownSync(home, 65_534, 65_534);
    user = { userName: "nobody", uid: 65_534, gid: 65_534, home, shell: "/bin/sh" };
  });
  afterAll(() => rmSync(user.home, { recursive: true, force: true }));

  const who = 'echo "[\\"$(id -un)\\",\\"$(id -Gn)\\",\\"$HOME\\",\\"$USER\\",\\"$XDG_RUNTIME_DIR\\"]"';

  it("runs bash as that user with their groups, home and runtime folder, in a folder of theirs", async () => {
    const result = await run(scriptStep(who, { context: "user" }), signedIn({ kind: "other", user }));
    expect(result.value).toEqual(["nobody", "nogroup", user.home, "nobody", "/run/user/65534"]);
    const folder = await run(
      scriptStep("touch x; stat -c %U x", { context: "user" }),
      signedIn({ kind: "other", user }),
    );
    expect(folder.value).toBe("nobody");
  });

  it("gives that user no way back to root", async () => {
    const step = scriptStep("grep CapEff /proc/self/status | cut -f2; cat /etc/shadow", { context: "user" });
    const result = await run(step, signedIn({ kind: "other", user }));
    expect(result.status).toBe("failed");
    expect(result.reason).toMatch(/Permission denied/);
  });

  it("ends that user's processes too when they are too slow", async () => {
    const step = scriptStep("setsid sleep 1031 & sleep 1032", { context: "user", timeoutSeconds: 1 });
    expect((await run(step, signedIn({ kind: "other", user }))).status).toBe("timed-out");
    expect(spawnSync("pgrep", ["-f", "^sleep 103[12]$"], { encoding: "utf8" }).stdout).toBe("");
  });

  it.skipIf(!hasPowerShell)("runs PowerShell as that user", async () => {
    const step = scriptStep('param($Name) "$(id -un) $Name $env:HOME"', {
      context: "user",
      language: "powershell",
      parameters: { Name: "x" },
    });
    expect((await run(step, signedIn({ kind: "other", user }))).value).toBe(`nobody x ${user.home}`);
  });

  it("still runs system scripts as root", async () => {
    expect((await run(scriptStep("id -un"), signedIn({ kind: "other", user }))).value).toBe("root");
  });
});

describe("what is not possible is said, not guessed around", () => {
  it("no-user, with the reason", async () => {
    const reason = "Nobody is signed in on this computer.";
    const result = await run(scriptStep("echo 1", { context: "user" }), signedIn({ kind: "none", reason }));
    expect(result).toMatchObject({ status: "no-user", reason, value: null, exitCode: null });
  });

  it("not-elevated, where the agent is not root", async () => {
    const notRoot = { isElevated: () => false };
    expect(await run(scriptStep("echo 1", { requiresElevation: true }), notRoot)).toMatchObject({
      status: "not-elevated",
      reason: "The script needs root, and the agent does not run as root.",
    });
    expect((await run(scriptStep("echo 1"), notRoot)).status).toBe("completed");
  });

  it("a parameter that no environment can hold fails that script", async () => {
    const result = await run(scriptStep("echo 1", { parameters: { a: "x\u0000y" } }), {});
    expect(result.status).toBe("failed");
  });

  it("a system that the agent does not know", () => {
    expect(() => createPlatform({ stateDir: null, system: "win32" })).toThrow(
      "This agent runs on Linux only; it does not know how to manage Windows.",
    );
  });
});
