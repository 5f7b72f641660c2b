import { execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asProcessEnv } from "../../../agent/processes";
import type { DeclarativeDetection, JobStep, StepResult } from "../../../server/agents/wire";
import { AgentHub, scriptResultOf, scriptStep } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent } from "../../harness/agent-process";

const hasApt =
  spawnSync("apt-cache", ["--version"]).status === 0 && spawnSync("dpkg-query", ["--version"]).status === 0;

const detect = (items: [string, ...DeclarativeDetection[]][], key = "detect"): JobStep => ({
  kind: "detect",
  key,
  items: items.map(([itemKey, ...methods]) => ({ itemKey, methods })),
});
const apt = (name: string): DeclarativeDetection => ({ kind: "package", manager: "apt", name });
const detectionsOf = (results: Map<string, StepResult>, key = "detect") => {
  const result = results.get(key);
  if (result?.kind !== "detect") throw new Error("no detections");
  return new Map(result.detections.map((detection) => [detection.itemKey, detection]));
};

describe("on a machine with apt", { skip: !hasApt }, () => {
  let hub: AgentHub;
  let agent: AgentProcess;
  let agentId: string;
  let folder: string;

  beforeAll(async () => {
    // Stand-ins in front of the real tools that note every start of a package tool.
    folder = await mkdtemp(join(tmpdir(), "evenkeel-count-"));
    for (const tool of ["dpkg-query", "apt-cache"]) {
      const real = execFileSync("which", [tool], { encoding: "utf8" }).trim();
      await writeFile(join(folder, tool), `#!/bin/sh\necho ${tool} >> ${folder}/calls\nexec ${real} "$@"\n`);
      await chmod(join(folder, tool), 0o755);
    }
    await writeFile(join(folder, "pwsh"), "#!/bin/sh\nexit 0\n");
    await chmod(join(folder, "pwsh"), 0o755);
    hub = await AgentHub.start();
    agent = await AgentProcess.create(await bundleAgent(), { PATH: `${folder}:${process.env.PATH}` });
    agentId = await agent.enrollAndConnect(hub);
  });
  afterAll(async () => {
    await agent.dispose();
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("answers fifty items with the versions the system's own tools give, from two processes", async () => {
    const installed = execFileSync(
      "dpkg-query",
      ["-W", "-f", "$" + "{Package}\t$" + "{Version}\t$" + "{db:Status-Status}\n"],
      {
        encoding: "utf8",
      },
    );
    const truth = new Map(
      installed.split("\n").flatMap((line): [string, string][] => {
        const [name, version, status] = line.split("\t");
        return name && version && status === "installed" ? [[name, version]] : [];
      }),
    );
    const names = [...[...truth.keys()].slice(0, 48), "no-such-package-at-all", "-o"];
    // The lists are read once in the background after connecting.
    await hub.until("the check-in", () => hub.checkIns.length > 0);
    await hub.ended(hub.push(agentId, [detect([["first", apt("bash")]])]));
    const before = (await readFile(join(folder, "calls"), "utf8")).split("\n").length;
    const job = hub.push(agentId, [detect(names.map((name) => [`item:${names.indexOf(name)}`, apt(name)]))]);
    await hub.ended(job);
    const calls = (await readFile(join(folder, "calls"), "utf8")).split("\n").length - before;

    const found = detectionsOf(job.results);
    for (const [index, name] of names.entries()) {
      const version = truth.get(name);
      expect(found.get(`item:${index}`)).toMatchObject({
        matches: version === undefined ? [] : [{ source: "apt", name, version }],
        error: null,
      });
    }
    const policy = execFileSync("apt-cache", ["policy", names[0] ?? ""], {
      encoding: "utf8",
      env: asProcessEnv({ LC_ALL: "C", PATH: process.env.PATH ?? "" }),
    });
    expect(found.get("item:0")?.availableVersion).toBe(/Candidate: (\S+)/.exec(policy)?.[1]);
    expect(found.get("item:48")?.availableVersion).toBeNull();
    expect(calls).toBeLessThanOrEqual(2);
  });

  it("says why a method has no answer here, and lets another method of the item answer", async () => {
    const facts = await hub.until("facts", () => hub.checkIns.at(-1));
    const absent = (["dnf", "flatpak", "snap"] as const).find((manager) => !facts.packageManagers.includes(manager));
    const job = hub.push(agentId, [
      detect([
        ["windows", { kind: "product-code", code: "{1}" }],
        ["either", { kind: "display-name", name: "Bash*" }, apt("bash")],
        ["absent", { kind: "package", manager: absent ?? "snap", name: "bash" }],
      ]),
    ]);
    await hub.ended(job);
    const found = detectionsOf(job.results);
    expect(found.get("windows")).toMatchObject({
      matches: [],
      error: "Detection by product-code is for Windows, and this machine runs Linux.",
    });
    expect(found.get("either")).toMatchObject({ matches: [{ name: "bash" }], error: null });
    expect(found.get("absent")?.error ?? null).toBe(absent === undefined ? null : `This machine has no ${absent}.`);
  });

  it("reads again after a script has run, and not before", async () => {
    const job = hub.push(agentId, [
      detect([["a", apt("bash")]], "one"),
      detect([["a", apt("bash")]], "two"),
      { kind: "inventory", key: "inventory" },
      scriptStep(`grep -c dpkg-query ${folder}/calls`, { key: "count" }),
      detect([["a", apt("bash")]], "three"),
      scriptStep(`grep -c dpkg-query ${folder}/calls`, { key: "count-again" }),
      { kind: "facts", key: "facts" },
    ]);
    const before = (await readFile(join(folder, "calls"), "utf8")).split("dpkg-query").length - 1;
    await hub.ended(job);
    expect(scriptResultOf(job, "count").value).toBe(before + 1);
    expect(scriptResultOf(job, "count-again").value).toBe(before + 2);
    const inventory = job.results.get("inventory");
    expect(inventory?.kind === "inventory" && inventory.entries.some((entry) => entry.id === "bash")).toBe(true);
    expect(job.results.get("facts")).toMatchObject({ kind: "facts", facts: { os: { family: "linux" } } });
  });

  it("does not take a program for PowerShell because it has the name and ends well", async () => {
    const facts = await hub.until("facts", () => hub.checkIns.at(-1));
    expect(facts.interpreters.map((interpreter) => interpreter.language)).toEqual(["bash"]);
    const job = hub.push(agentId, [
      scriptStep("1", { language: "powershell", key: "powershell" }),
      scriptStep("echo 2", { key: "bash" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "powershell")).toMatchObject({
      status: "no-interpreter",
      reason: "This computer has no working PowerShell (pwsh).",
    });
    expect(scriptResultOf(job, "bash").value).toBe(2);
  });
});
