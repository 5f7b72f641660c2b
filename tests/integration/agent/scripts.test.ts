import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_OUTPUT_BYTES } from "../../../server/agents/wire";
import { AgentHub, outputOf, scriptResultOf, scriptStep } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent } from "../../harness/agent-process";

let hub: AgentHub;
let agent: AgentProcess;
let agentId: string;

beforeAll(async () => {
  hub = await AgentHub.start();
  agent = await AgentProcess.create(await bundleAgent());
  agentId = await agent.enrollAndConnect(hub);
});
afterAll(async () => {
  await agent.dispose();
  await hub.close();
});

describe("bash", () => {
  it.each([
    ["a number", "echo 12", 12],
    ["a negative fraction", "echo -0.5", -0.5],
    ["a version that looks like a number", "echo 1.10", "1.10"],
    ["leading zeros", "echo 007", "007"],
    ["an object", `echo 'noise'; echo '{"a":[1,null]}'`, { a: [1, null] }],
    ["a quoted string", `echo '"12"'`, "12"],
    ["true", "echo true", true],
    ["something almost JSON", "echo '{broken'", "{broken"],
    ["the last line that is not blank", "printf 'first\\nlast  \\n\\n  \\n'", "last"],
    ["no output", "true", null],
    ["UTF-8", "printf 'grüße 🛳'", "grüße 🛳"],
  ])("gives %s as the value", async (_name, body, value) => {
    const job = hub.push(agentId, [scriptStep(body)]);
    expect(await hub.ended(job)).toEqual({ status: "finished", reason: null });
    expect(scriptResultOf(job)).toMatchObject({ status: "completed", exitCode: 0, value, errors: [], reason: null });
  });

  it("fails a script with another exit code, with its last words, and goes on with the next", async () => {
    const job = hub.push(agentId, [
      scriptStep("echo 1; echo 'no such disk' >&2; exit 3", { key: "bad" }),
      scriptStep("echo 2", { key: "good" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "bad")).toMatchObject({
      status: "failed",
      exitCode: 3,
      value: null,
      reason: "Exit code 3: no such disk",
    });
    expect(outputOf(job, "bad", "stderr")).toBe("no such disk\n");
    expect(scriptResultOf(job, "good").value).toBe(2);
  });

  it("says which signal ended a script", async () => {
    const job = hub.push(agentId, [scriptStep("kill -SEGV $$")]);
    await hub.ended(job);
    expect(scriptResultOf(job)).toMatchObject({
      status: "failed",
      exitCode: null,
      reason: "The script was ended by SIGSEGV.",
    });
  });

  it("gives parameters by environment and leaves nothing of one script to the next", async () => {
    const print =
      'printf "%s|" "$EK_Name" "$EK_count" "$EK_on" "$EK_list" "$(printenv EK_none || echo unset)"; echo "$PWD $FOO $- $TERM $LC_ALL"';
    const parameters = { Name: "a b'\"$(id)", count: 1.5, on: true, list: ["x", "é"], none: null };
    const job = hub.push(agentId, [
      scriptStep("cd /; FOO=leak; export FOO; exit 0", { key: "first" }),
      scriptStep(print, { key: "second", parameters }),
    ]);
    await hub.ended(job);
    expect(outputOf(job, "second")).toMatch(
      /^a b'"\$\(id\)\|1\.5\|true\|\["x","é"\]\|unset\|\/\S*evenkeel-\S+ {2}hB dumb C\.UTF-8\n$/,
    );
  });

  it("gives a script no stdin and a private folder that is gone afterwards", async () => {
    const job = hub.push(agentId, [scriptStep("cat; stat -c '%a %n' \"$PWD\"")]);
    await hub.ended(job);
    const [mode, folder] = String(scriptResultOf(job).value).split(" ");
    expect(mode).toBe("700");
    expect(() => readFileSync(String(folder))).toThrow(/ENOENT/);
  });

  it("ends a script that is too slow with its whole tree, daemons included, and goes on with the batch", async () => {
    const body = `
      sleep 1001 & 
      setsid sleep 1002 &
      ( setsid bash -c 'trap "" TERM; while :; do sleep 1003; done' & )
      bash -c 'bash -c "sleep 1004" & wait' &
      echo started; trap "" TERM; while :; do sleep 1005; done`;
    const job = hub.push(agentId, [
      scriptStep(body, { key: "slow", timeoutSeconds: 1 }),
      scriptStep("ps -eo args | grep -c '^sleep 100[1-5]' || true", { key: "left" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "slow")).toMatchObject({ status: "timed-out", exitCode: null, value: null });
    expect(outputOf(job, "slow")).toBe("started\n");
    expect(scriptResultOf(job, "left").value).toBe(0);
  });

  it("does not wait for what a script leaves running on purpose", async () => {
    const job = hub.push(agentId, [
      scriptStep("sleep 1006 & echo $!", { key: "leave" }),
      scriptStep("pkill -f '^sleep 1006$' && echo ended", { key: "tidy" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "leave")).toMatchObject({ status: "completed" });
    expect(scriptResultOf(job, "tidy").value).toBe("ended");
  });

  it("cancels a running job: ends the script and runs none of the rest", async () => {
    const job = hub.push(agentId, [
      scriptStep("echo up; sleep 1007", { key: "running" }),
      scriptStep("echo never", { key: "next" }),
    ]);
    await hub.until("the script to run", () => outputOf(job, "running") === "up\n");
    hub.send(agentId, "cancel", { jobId: job.spec.jobId });
    expect((await hub.ended(job)).status).toBe("cancelled");
    expect(scriptResultOf(job, "running").status).toBe("cancelled");
    expect(job.results.has("next")).toBe(false);
  });

  it("cancels a waiting job before it is started", async () => {
    const running = hub.push(agentId, [scriptStep("echo up; sleep 1008", { key: "running" })]);
    const waiting = hub.push(agentId, [scriptStep("echo never")]);
    await hub.until("the script to run", () => outputOf(running, "running") === "up\n");
    hub.send(agentId, "cancel", { jobId: waiting.spec.jobId });
    hub.send(agentId, "cancel", { jobId: running.spec.jobId });
    await hub.ended(running);
    const after = hub.push(agentId, [scriptStep("echo after")]);
    await hub.ended(after);
    expect(waiting.startRequests).toBe(0);
  });

  it("cuts output at 1 MiB inside no character, counts the rest, and still finds the value", async () => {
    const total = 3 * 400_000 + 8;
    const job = hub.push(agentId, [
      scriptStep("head -c 400000 /dev/zero | tr '\\0' x | sed 's/x/☃/g'; printf '\\ndone 1\\n'"),
    ]);
    await hub.ended(job);
    const kept = outputOf(job);
    expect(kept).toMatch(/^☃+$/);
    expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(MAX_OUTPUT_BYTES);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(MAX_OUTPUT_BYTES - 3);
    expect(scriptResultOf(job)).toMatchObject({ value: "done 1", cutBytes: total - Buffer.byteLength(kept) });
  });

  it("never shows a secret: not in output, value, reason, log, journal or outbox", async () => {
    const secret = "s3cret-Wert";
    const body = 'printf "a %s b" "$EK_token"; printf "s3cret-"; sleep 0.2; echo "Wert"; echo "\\"$EK_token\\""';
    const fields = { parameters: { token: secret }, secretParameters: ["token"] };
    const job = hub.push(agentId, [
      scriptStep(body, { key: "shown", ...fields }),
      scriptStep('echo "bad $EK_token" >&2; exit 1', { key: "failed", ...fields }),
      scriptStep("tr '\\0' ' ' < /proc/$PPID/cmdline; tr '\\0' ' ' < /proc/$$/cmdline", {
        key: "arguments",
        ...fields,
      }),
    ]);
    await hub.ended(job);
    expect(outputOf(job, "shown")).toBe('a •••• b••••\n"••••"\n');
    expect(scriptResultOf(job, "shown").value).toBe("••••");
    expect(scriptResultOf(job, "failed").reason).toBe("Exit code 1: bad ••••");
    expect(JSON.stringify([...job.output.values(), ...job.results.values()])).not.toContain(secret);
    expect(outputOf(job, "arguments")).not.toContain("•");
    expect(agent.log + (await agent.read("journal.jsonl"))).not.toContain(secret);
  });

  it("says no-user when nobody is signed in, and never falls back to the system's account", async () => {
    const facts = await hub.until("facts", () => hub.checkIns.at(-1));
    const job = hub.push(agentId, [scriptStep("id -un", { context: "user" })]);
    await hub.ended(job);
    const result = scriptResultOf(job);
    if (facts.signedInUsers.length === 0) {
      expect(result).toMatchObject({ status: "no-user", value: null, reason: "Nobody is signed in on this computer." });
    } else {
      expect(result.value).toBe(facts.signedInUsers[0]?.userName);
    }
  });

  it("stores NUL and broken UTF-8 as replacement characters", async () => {
    const job = hub.push(agentId, [scriptStep("printf 'a\\0b\\xffc\\n'")]);
    await hub.ended(job);
    expect(outputOf(job)).toBe("a\uFFFDb\uFFFDc\n");
  });

  it("sends output while a script runs", async () => {
    const job = hub.push(agentId, [scriptStep("echo first; sleep 1009")]);
    await hub.until("the first line", () => outputOf(job) === "first\n");
    expect(job.end).toBeNull();
    hub.send(agentId, "cancel", { jobId: job.spec.jobId });
    await hub.ended(job);
  });
});
