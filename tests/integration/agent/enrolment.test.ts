import { execFile, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { asProcessEnv } from "../../../agent/processes";
import { AgentHub, ENROLLMENT_KEY } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent, type Finished } from "../../harness/agent-process";

const identityFile = z.looseObject({ enrolled: z.looseObject({ agentSecret: z.string() }).nullable() });

let bundle: string;
let hub: AgentHub;
let agent: AgentProcess;

beforeAll(async () => {
  bundle = await bundleAgent();
});
beforeEach(async () => {
  hub = await AgentHub.start();
  agent = await AgentProcess.create(bundle);
});
afterEach(async () => {
  await agent.dispose();
  await hub.close();
});
afterAll(() => rm(join(bundle, ".."), { recursive: true, force: true }));

const enroll = (...args: string[]) => agent.command("enroll", "--state", agent.stateDir, ...args);

describe("enroll", () => {
  it("keeps its secret readable by its owner alone, and sends the facts of this machine", async () => {
    const agentId = await agent.enroll(hub);
    expect((await stat(join(agent.stateDir, "identity.json"))).mode & 0o777).toBe(0o600);
    const facts = hub.agents.get(agentId)?.facts;
    expect(facts).toMatchObject({ os: { family: "linux" }, runningAs: { elevated: process.geteuid?.() === 0 } });
    expect(facts?.interpreters.map((interpreter) => interpreter.language)).toContain("bash");
  });

  it("twice is the same agent with a new secret, also under a running one", async () => {
    const first = await agent.enrollAndConnect(hub);
    const secret = hub.agents.get(first)?.secret;
    expect(await agent.enroll(hub)).toBe(first);
    expect(hub.agents.size).toBe(1);
    expect(hub.agents.get(first)?.secret).not.toBe(secret);
    hub.send(first, "bye", { reconnectAfterMs: 0, reason: "test" });
    await hub.until(
      "a connection with the new secret",
      () => hub.countRequests(/^\/stream$/) >= 3 && hub.connectedAgents.length > 0,
    );
  });

  it("takes the key from the environment or a file, so that it need not be on a command line", async () => {
    const file = join(agent.stateDir, "key");
    await writeFile(file, `${ENROLLMENT_KEY}\n`);
    expect((await enroll("--server", hub.url, "--key-file", file)).exitCode).toBe(0);
    const other = await AgentProcess.create(bundle, { EVENKEEL_ENROLLMENT_KEY: ENROLLMENT_KEY });
    expect((await other.command("enroll", "--server", hub.url, "--state", other.stateDir)).exitCode).toBe(0);
    await other.dispose();
  });

  it("with a wrong key says so, exits 4 and enrols nothing", async () => {
    const done = await enroll("--server", hub.url, "--key", "wrong");
    expect(done).toMatchObject({ exitCode: 4, stderr: "evenkeel-agent: The hub says bad-enrollment-key.\n" });
    expect(hub.agents.size).toBe(0);
    expect((await agent.command("run", "--state", agent.stateDir)).exitCode).toBe(3);
  });

  it("leaves a server only when told to", async () => {
    await agent.enroll(hub);
    const second = await AgentHub.start();
    const refused = await enroll("--server", second.url, "--key", ENROLLMENT_KEY);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--move") });
    expect((await enroll("--server", second.url, "--key", ENROLLMENT_KEY, "--move")).exitCode).toBe(0);
    expect([...second.agents.values()][0]?.instanceId).not.toBe([...hub.agents.values()][0]?.instanceId);
    await second.close();
  });

  it("writes down what it cannot understand as an error, not as a new agent", async () => {
    await writeFile(join(agent.stateDir, "identity.json"), '{"serverUrl": 1');
    const done = await enroll("--server", hub.url, "--key", ENROLLMENT_KEY);
    expect(done).toMatchObject({ exitCode: 6, stderr: expect.stringContaining("is damaged") });
  });

  const answers: [string, unknown, number][] = [
    ["a page that is no Evenkeel server", "<html>", 404],
    ["an answer without a secret", { agentId: "x" }, 200],
  ];
  it.each(answers)("refuses %s", async (_name, _body, status) => {
    hub.mischief = () => (status === 200 ? { status: 200 } : { status, code: undefined });
    const done = await enroll("--server", hub.url, "--key", ENROLLMENT_KEY);
    expect(done.exitCode).toBe(4);
    expect(identityFile.parse(JSON.parse(await agent.read("identity.json"))).enrolled).toBeNull();
  });
});

describe("the command line", () => {
  const wrong: [string, string[], number, RegExp][] = [
    ["an unknown command", ["fly"], 2, /"fly" is not a command/],
    ["an unknown option", ["run", "--fast"], 2, /--fast/],
    ["a word too many", ["run", "away"], 2, /one word too many/],
    ["no server", ["enroll", "--key", "k"], 2, /Say which server/],
    ["no key", ["enroll", "--server", "https://a.example"], 2, /enrolment key/],
    ["an address that is none", ["enroll", "--server", "a b", "--key", "k"], 2, /is not an address/],
    ["plain http to another machine", ["enroll", "--server", "http://a.example", "--key", "k"], 2, /--allow-http/],
    [
      "a server that is not there",
      ["enroll", "--server", "http://127.0.0.1:9", "--key", "k"],
      5,
      /cannot be reached: nothing listens/,
    ],
    ["a run without enrolment", ["run"], 3, /run "enroll" first/],
    ["a service without enrolment", ["install"], 3, /run "enroll" first/],
    ["the status without enrolment", ["status"], 3, /not enrolled/],
  ];
  it.each(wrong)("answers %s with one sentence and a code of its own", async (_name, args, exitCode, sentence) => {
    const done = await agent.command(...args, "--state", agent.stateDir);
    expect(done.exitCode).toBe(exitCode);
    expect(done.stderr).toMatch(sentence);
    expect(done.stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("says in one sentence why a state directory cannot be used", async () => {
    const file = join(agent.stateDir, "file");
    await writeFile(file, "");
    const done = await agent.command(
      "enroll",
      "--server",
      hub.url,
      "--key",
      ENROLLMENT_KEY,
      "--state",
      join(file, "state"),
    );
    expect(done).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining("lies inside something that is not a folder"),
    });
  });

  it("tells its version, its use and its status", async () => {
    expect((await agent.command("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await agent.command("--help")).stdout).toContain("evenkeel-agent enroll --server URL");
    await agent.enrollAndConnect(hub);
    const { stdout } = await agent.command("status", "--state", agent.stateDir);
    expect(stdout).toMatch(/^agent: {4}running as process \d+ \(version [\d.]+\), connected$/m);
  });

  it("runs once for a state directory", async () => {
    await agent.enrollAndConnect(hub);
    const second = await agent.command("run", "--state", agent.stateDir);
    expect(second).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/Another agent \(process \d+\) already runs/),
    });
    await agent.end("SIGKILL");
    agent.start();
    await hub.until("the next agent to connect", () => hub.countRequests(/^\/stream$/) >= 2);
  });
});

/** The installer writes to system folders: it is tried where those can be private to one process. */
const canHideFolders = process.geteuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;

describe("install.sh", () => {
  it.skipIf(!canHideFolders)("downloads the agent from the server and enrols this computer", async () => {
    hub.files.set("/agent/evenkeel-agent.mjs", await readFile(bundle));
    const hidden = [
      "mount -t tmpfs tmpfs /opt && mkdir -p /var/lib/evenkeel-agent && mount -t tmpfs tmpfs /var/lib/evenkeel-agent",
      'sh "$1" --server "$2" --key "$3" --no-service',
      "stat -c '%a %n' /opt/evenkeel-agent/evenkeel-agent.mjs /var/lib/evenkeel-agent/identity.json",
    ].join(" && ");
    const script = join(bundle, "..", "install.sh");
    const { exitCode, stdout, stderr } = await new Promise<Finished>((resolve) => {
      const args = ["-m", "sh", "-c", hidden, "sh", script, hub.url, ENROLLMENT_KEY];
      execFile("unshare", args, (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : 1, stdout, stderr }),
      );
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("755 /opt/evenkeel-agent/evenkeel-agent.mjs\n600 /var/lib/evenkeel-agent/identity.json\n");
    expect(stdout).toContain("start it with:");
    expect(hub.agents.size).toBe(1);
  });

  it("asks for what is missing in one sentence and changes nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "evenkeel-path-"));
    const bin = join(folder, "bin");
    await mkdir(bin);
    await writeFile(join(bin, "node"), '#!/bin/sh\n[ "$1" = --version ] && echo v18.0.0 || exit 1\n');
    await chmod(join(bin, "node"), 0o755);
    const script = join(bundle, "..", "install.sh");
    const run = (args: string[], path: string) =>
      spawnSync("/bin/sh", [script, ...args], { encoding: "utf8", env: asProcessEnv({ PATH: path }) });
    expect(run([], "/usr/bin:/bin").stderr).toContain("say which server");
    expect(run(["--server", hub.url], "/usr/bin:/bin").stderr).toContain("enrolment key");
    if (process.geteuid?.() === 0) {
      const old = run(["--server", hub.url, "--key", "k"], `${bin}:/usr/bin:/bin`);
      expect(old).toMatchObject({ status: 1, stderr: expect.stringContaining("is v18.0.0") });
    }
    await rm(folder, { recursive: true, force: true });
  });
});
