import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AgentHub, outputOf, scriptResultOf, scriptStep } from "../../harness/agent-hub";
import { AgentProcess, bundleAgent } from "../../harness/agent-process";

const probe = spawnSync("pwsh", ["-NoProfile", "-NonInteractive", "-Command", "6 * 7"], { encoding: "utf8" });
const hasPowerShell = probe.status === 0 && probe.stdout.trim() === "42";

const pwsh: typeof scriptStep = (body, fields = {}) => scriptStep(body, { language: "powershell", ...fields });

describe.skipIf(!hasPowerShell)("PowerShell 7", () => {
  let hub: AgentHub;
  let agent: AgentProcess;
  let agentId: string;

  beforeAll(async () => {
    hub = await AgentHub.start();
    agent = await AgentProcess.create(await bundleAgent(), { PATH: process.env.PATH ?? "" });
    agentId = await agent.enrollAndConnect(hub);
  });
  afterAll(async () => {
    await agent.dispose();
    await hub.close();
  });

  it("is told among the interpreters with its version", async () => {
    const facts = await hub.until("facts", () => hub.checkIns.at(-1));
    expect(facts.interpreters).toContainEqual(
      expect.objectContaining({ language: "powershell", edition: "Core", version: expect.stringMatching(/^7\./) }),
    );
  });

  const values: [string, string, unknown][] = [
    ["a number", "1 + 1", 2],
    ["a fraction", "0.5", 0.5],
    ["a boolean", "$true", true],
    ["a string", "'grüße 🛳'", "grüße 🛳"],
    ["a string that looks like a date", "'2024-01-02T03:04:05Z'", "2024-01-02T03:04:05Z"],
    ["a string with a line separator", '"a$([char]0x2028)b"', "a\u2028b"],
    ["nothing", "$null = 1", null],
    ["null", "1; $null", null],
    ["the last of several", "1; 2; 3", 3],
    ["a version as text", "[version]'1.2.3.4'", "1.2.3.4"],
    ["an array kept by a comma", ",@(1)", [1]],
    ["an empty array kept by a comma", ",@()", []],
    ["an ordered object", "[pscustomobject]@{ b = 1; a = @('x'); n = $null }", { b: 1, a: ["x"], n: null }],
    ["a hashtable", "@{ deep = @{ deeper = @(1, @{ x = 'y' }) } }", { deep: { deeper: [1, { x: "y" }] } }],
    [
      "a date in round-trip form",
      "[datetime]::SpecifyKind([datetime]'2024-01-02T03:04:05','Utc')",
      "2024-01-02T03:04:05.0000000Z",
    ],
    ["the value, not what is said around it", "Write-Host 'hi'; 7; Write-Warning 'w'; Write-Verbose 'v' -Verbose", 7],
    ["a value after a failing program", "bash -c 'exit 7'; 'value'", "value"],
  ];

  it("gives typed last values of a whole batch in one warm process", async () => {
    const job = hub.push(agentId, [
      ...values.map(([, body], index) => pwsh(body, { key: `v${index}` })),
      pwsh("$PID", { key: "pid1" }),
      pwsh("$PID", { key: "pid2" }),
    ]);
    await hub.ended(job);
    const got = values.map(([name], index) => [name, scriptResultOf(job, `v${index}`).value]);
    expect(got).toEqual(values.map(([name, , value]) => [name, value]));
    expect(scriptResultOf(job, "pid1").value).toBe(scriptResultOf(job, "pid2").value);
    expect(scriptResultOf(job, "v0")).toMatchObject({ status: "completed", exitCode: 0, errors: [], reason: null });
  });

  it("tells error records from terminating errors", async () => {
    const job = hub.push(agentId, [
      pwsh("Write-Error 'soft'; 1/0; 'went on'", { key: "soft" }),
      pwsh("'before'; throw 'hard'; 'after'", { key: "hard" }),
      pwsh("$ErrorActionPreference = 'Stop'; Get-Item /does/not/exist; 'after'", { key: "stop" }),
      pwsh("if (", { key: "syntax" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "soft")).toMatchObject({
      status: "completed",
      value: "went on",
      errors: [
        { message: "soft", terminating: false },
        { message: "Attempted to divide by zero.", terminating: false },
      ],
    });
    expect(scriptResultOf(job, "hard")).toMatchObject({
      status: "failed",
      exitCode: 1,
      value: null,
      reason: "The script was ended by an error: hard",
      errors: [{ message: "hard", terminating: true }],
    });
    expect(outputOf(job, "hard", "stdout")).toBe("before\n");
    expect(outputOf(job, "hard", "stderr")).toMatch(/^hard \(line 1\)\n$/);
    expect(scriptResultOf(job, "stop").errors).toMatchObject([{ terminating: true }]);
    expect(scriptResultOf(job, "syntax").status).toBe("failed");
  });

  it("keeps streams apart and in order", async () => {
    const body = [
      "Write-Output 'out'",
      "Write-Warning 'warn'",
      "Write-Verbose 'talk' -Verbose",
      "Write-Error 'err'",
      "Write-Host 'host' -NoNewline",
      "Write-Host '!'",
      "bash -c 'echo native; echo native-err >&2'",
      "[Console]::WriteLine('raw')",
    ];
    const job = hub.push(agentId, [pwsh(body.join("\n"))]);
    await hub.ended(job);
    expect(outputOf(job, "script", "warning")).toBe("warn\n");
    expect(outputOf(job, "script", "verbose")).toBe("talk\n");
    expect(outputOf(job, "script", "stdout").replace("raw\n", "")).toBe("out\nhost!\nnative\n");
    expect(outputOf(job, "script", "stdout")).toContain("raw\n");
    expect(outputOf(job, "script", "stderr")).toContain("err");
  });

  it("keeps exit, variables, location, environment and preferences of one script from the next", async () => {
    const job = hub.push(agentId, [
      pwsh(
        "$x = 1; $global:y = 2; function f { 3 }; Set-Location /; $env:LEAK = 'z'; $ErrorActionPreference = 'Stop'; 'a'",
        {
          key: "first",
        },
      ),
      pwsh("exit 4", { key: "exit" }),
      pwsh("'kept'; exit 0", { key: "zero" }),
      pwsh('"$x$y$(Get-Command f -ErrorAction Ignore)$env:LEAK $ErrorActionPreference $(Split-Path -Leaf $PWD)"', {
        key: "next",
      }),
      pwsh("[Environment]::Exit(9)", { key: "gone" }),
      pwsh("'still here'", { key: "last" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "exit")).toMatchObject({ status: "failed", exitCode: 4, reason: "Exit code 4." });
    expect(scriptResultOf(job, "zero")).toMatchObject({ status: "completed", value: "kept" });
    expect(scriptResultOf(job, "next").value).toMatch(/^ Continue evenkeel-/);
    expect(scriptResultOf(job, "gone")).toMatchObject({ status: "failed", exitCode: 9 });
    expect(scriptResultOf(job, "last").value).toBe("still here");
  });

  it("passes parameters with their types, and masks secrets in every place", async () => {
    const body = [
      "param([string]$Text, [int]$Count, [double]$Ratio, [switch]$Flag, [string[]]$List, $Nothing = 'default', [string]$Date, $Token)",
      "Write-Warning $Token",
      "Write-Error $Token",
      "[pscustomobject]@{ t = $Text; c = $Count + 1; r = $Ratio; f = [bool]$Flag; l = $List; n = $Nothing; d = $Date; s = $Token",
      "  args = ((Get-Content /proc/$PID/cmdline -Raw) -like '*hunter2*') }",
    ].join("\n");
    const parameters = {
      Text: "a 'b' \"c\" $d\n🛳",
      Count: 41,
      Ratio: 2.5,
      Flag: true,
      List: ["one"],
      Nothing: null,
      Date: "2024-01-02T03:04:05Z",
      Token: "hunter2-long",
    };
    const job = hub.push(agentId, [pwsh(body, { parameters, secretParameters: ["Token"] })]);
    await hub.ended(job);
    expect(scriptResultOf(job).value).toEqual({
      t: parameters.Text,
      c: 42,
      r: 2.5,
      f: true,
      l: ["one"],
      n: null,
      d: parameters.Date,
      s: "••••",
      args: false,
    });
    expect(scriptResultOf(job).errors).toEqual([{ message: "••••", terminating: false }]);
    expect(JSON.stringify([...job.output.values()])).not.toContain("hunter2");
  });

  it("fails a script that does not know a parameter it is given", async () => {
    const job = hub.push(agentId, [pwsh("[CmdletBinding()] param($A) $A", { parameters: { B: 1 } })]);
    await hub.ended(job);
    expect(scriptResultOf(job)).toMatchObject({ status: "failed", errors: [{ terminating: true }] });
    expect(scriptResultOf(job).reason).toContain("'B'");
  });

  it("kills a hanging script with its children and goes on in a new process", async () => {
    const job = hub.push(agentId, [
      pwsh("$PID", { key: "before" }),
      pwsh("Start-Process setsid -ArgumentList 'sleep','1011'; 'began'; sleep 1012", {
        key: "slow",
        timeoutSeconds: 2,
      }),
      pwsh("[pscustomobject]@{ pid = $PID; left = (bash -c 'pgrep -fc \"^sleep 101[12]$\"') }", { key: "after" }),
    ]);
    await hub.ended(job);
    expect(scriptResultOf(job, "slow").status).toBe("timed-out");
    expect(outputOf(job, "slow")).toBe("began\n");
    expect(scriptResultOf(job, "after").value).toMatchObject({ left: "0" });
    expect(scriptResultOf(job, "after").value).not.toMatchObject({ pid: scriptResultOf(job, "before").value });
  });

  it("cancels a hanging script", async () => {
    const job = hub.push(agentId, [pwsh("'up'; Start-Sleep 1000"), pwsh("'never'", { key: "next" })]);
    await hub.until("the script to run", () => outputOf(job) === "up\n");
    hub.send(agentId, "cancel", { jobId: job.spec.jobId });
    expect((await hub.ended(job)).status).toBe("cancelled");
    expect(job.results.has("next")).toBe(false);
  });

  it("shows objects as PowerShell would print them", async () => {
    const job = hub.push(agentId, [
      pwsh("[pscustomobject]@{ Name = 'a'; Size = 1 }; [pscustomobject]@{ Name = 'b'; Size = 2 }"),
    ]);
    await hub.ended(job);
    expect(
      outputOf(job)
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual(["Name Size", "---- ----", "a       1", "b       2", ""]);
  });
});
