import { describe, expect, it } from "vitest";
import type { ScriptResult } from "@/server/agents/wire";
import type { ItemDetection, PlannedAction } from "@/server/core/plan";
import type { VersionScheme } from "@/server/core/version";
import { judgeAction } from "./judge-action";

const action = (given: Partial<PlannedAction> = {}): PlannedAction => ({
  key: "install:1",
  itemId: 1,
  type: "install",
  reason: "software-missing",
  sentence: "Install jq 1.7 because it was not detected.",
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

const detected = (version: string | null, compliant: boolean | null = null): ItemDetection => ({
  outcome: "detected",
  version,
  availableVersion: null,
  matchCount: version === null ? 0 : 1,
  compliant,
  value: null,
});

const script = (given: Partial<ScriptResult> = {}): ScriptResult => ({
  status: "completed",
  exitCode: 0,
  value: null,
  errors: [],
  reason: null,
  cutBytes: 0,
  durationMs: 1,
  ...given,
});

type Job = Parameters<typeof judgeAction>[0]["job"];
const finished = (run: ScriptResult = script()): Job => ({
  status: "finished",
  ended: true,
  endReason: null,
  results: { run: { kind: "script", script: run } },
  wasStarted: true,
});
const endedAs = (status: Job["status"], wasStarted = true): Job => ({
  status,
  ended: status !== "queued" && status !== "started",
  endReason: null,
  results: {},
  wasStarted,
});

const judge = (given: {
  action?: PlannedAction;
  job?: Job;
  attempt?: number;
  found?: ItemDetection | undefined;
  scheme?: VersionScheme;
}) =>
  judgeAction({
    action: given.action ?? action(),
    attempt: given.attempt ?? 1,
    job: given.job ?? finished(),
    verification: "found" in given ? given.found : detected("1.7"),
    scheme: given.scheme ?? "generic",
  });

describe("an action that ran is judged by what is detected after it", () => {
  const downgrade = action({ type: "downgrade", wantedVersion: "1.6" });
  const uninstall = action({ type: "uninstall", wantedVersion: null });
  const task = action({ type: "task", wantedVersion: null });
  it.each([
    ["installed as wanted", {}, "compliant"],
    ["a newer version than asked is no failure", { found: detected("1.8") }, "compliant"],
    ["an older version is", { found: detected("1.6") }, "failed"],
    ["nothing is", { found: detected(null) }, "failed"],
    ["its own test says no", { found: detected("1.7", false) }, "failed"],
    ["no answer", { found: undefined }, "failed"],
    ["detection failed", { found: { outcome: "failed", reason: "No apt." } satisfies ItemDetection }, "failed"],
    ["downgraded", { action: downgrade, found: detected("1.6") }, "compliant"],
    ["not downgraded", { action: downgrade, found: detected("1.7") }, "failed"],
    ["downgraded to a packaging of it", { action: downgrade, found: detected("1.6-2.1"), scheme: "dpkg" }, "compliant"],
    ["downgraded to a revision of it", { action: downgrade, found: detected("1.6-2.1") }, "compliant"],
    ["an epoch that was not asked for", { found: detected("1:1.7-3.el9"), scheme: "rpm" }, "compliant"],
    ["an older packaging", { found: detected("1.6-9"), scheme: "dpkg" }, "failed"],
    ["uninstalled", { action: uninstall, found: detected(null) }, "compliant"],
    ["still there", { action: uninstall, found: detected("1.7") }, "failed"],
    ["set", { action: task, found: detected(null, true) }, "compliant"],
    ["not set", { action: task, found: detected(null, false) }, "failed"],
    ["without a test to ask", { action: task, found: detected(null, null) }, "compliant"],
  ] as const)("%s", (_, given, result) => {
    expect(judge(given)).toMatchObject({ verdict: "settled", result });
  });

  it("a failing script fails it whatever is detected, with the script's reason", () => {
    const run = script({ status: "failed", exitCode: 100, reason: "Exit code 100: no network." });
    expect(judge({ job: finished(run) })).toMatchObject({ result: "failed", reason: "Exit code 100: no network." });
  });

  it.each([3010, 1641])("exit code %i is done, with a restart to come", (exitCode) => {
    const run = script({ status: "failed", exitCode, reason: `Exit code ${exitCode}.` });
    expect(judge({ job: finished(run) })).toMatchObject({ result: "compliant", rebootPending: true });
  });
});

describe("a job that did not finish", () => {
  it.each([
    ["interrupted, not safe", { job: endedAs("interrupted") }, "settled"],
    ["interrupted, safe", { action: action({ safeToRetry: true }), job: endedAs("interrupted") }, "retry"],
    [
      "interrupted a third time",
      { action: action({ safeToRetry: true }), job: endedAs("interrupted"), attempt: 3 },
      "settled",
    ],
    ["expired before it started", { job: endedAs("expired", false) }, "unreachable"],
    ["still waiting", { job: endedAs("queued", false) }, "unreachable"],
    ["expired while it ran", { action: action({ safeToRetry: true }), job: endedAs("expired") }, "settled"],
    ["refused", { job: endedAs("refused", false) }, "settled"],
    ["cancelled", { job: endedAs("cancelled") }, "settled"],
  ] as const)("%s", (_, given, verdict) => {
    const judgement = judge(given);
    expect(judgement.verdict).toBe(verdict);
    if (judgement.verdict === "settled") expect(["failed", "cancelled"]).toContain(judgement.result);
  });
});
