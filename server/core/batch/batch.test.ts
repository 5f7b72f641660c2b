import { describe, expect, it } from "vitest";
import { type Detection, jobStep, type ScriptResult } from "@/server/agents/wire";
import type { DetectionRule } from "../items";
import type { Json } from "../plan/types";
import { type DetectableItem, detectionBatch, readDetections, type StepAnswer } from ".";

const debian = { osFamily: "linux", packageManagers: ["apt", "snap"] } as const;
const aptRule: DetectionRule = {
  platform: { osFamily: "linux", packageManager: "apt" },
  method: { kind: "package", manager: "apt", name: "jq" },
};
const dnfRule: DetectionRule = {
  platform: { osFamily: "linux", packageManager: "dnf" },
  method: { kind: "package", manager: "dnf", name: "jq" },
};
const scriptRule: DetectionRule = { platform: { osFamily: "linux" }, method: { kind: "script", scriptId: 31 } };

const jq: DetectableItem = {
  id: 12,
  kind: "software",
  name: "jq",
  desiredState: "installed-latest",
  detections: [dnfRule, aptRule, scriptRule],
  versionSource: "repository",
  versionScriptId: null,
  testScriptId: null,
  taskScripts: [],
};
const scripted = {
  ...jq,
  detections: [scriptRule],
  versionSource: "script",
  versionScriptId: 32,
  testScriptId: 33,
} as const;
const firewall: DetectableItem = {
  ...jq,
  id: 20,
  kind: "task",
  name: "Firewall on",
  desiredState: "enforce",
  detections: [],
  versionSource: null,
  taskScripts: [
    { osFamily: "any", testScriptId: 41, setScriptId: 42, getScriptId: 43 },
    { osFamily: "linux", testScriptId: 51, setScriptId: 52, getScriptId: 53 },
    { osFamily: "windows", testScriptId: 61, setScriptId: null, getScriptId: null },
  ],
};

describe("what is asked", () => {
  it("is the first rule that the platform admits, by the package manager's own versions", () => {
    const batch = detectionBatch([jq], debian);
    expect(batch.detect).toEqual([{ itemKey: "item:12", methods: [aptRule.method] }]);
    expect(batch.scripts).toEqual([]);
    expect(batch.questions[0]?.scheme).toBe("dpkg");
    expect(detectionBatch([jq], { osFamily: "linux", packageManagers: ["dnf"] }).questions[0]?.scheme).toBe("rpm");
    expect(detectionBatch([jq], { osFamily: "linux", packageManagers: [] }).questions[0]?.scheme).toBe("generic");
  });

  it("is every method of that rule's platform, so that whichever package brought it is found", () => {
    const other: DetectionRule = { ...aptRule, method: { kind: "package", manager: "apt", name: "jq-static" } };
    const { detect } = detectionBatch([{ ...jq, detections: [dnfRule, aptRule, other, scriptRule] }], debian);
    expect(detect).toEqual([{ itemKey: "item:12", methods: [aptRule.method, other.method] }]);
  });

  it("fits the wire", () => {
    const { detect } = detectionBatch([jq], debian);
    expect(jobStep.safeParse({ kind: "detect", key: "detect", items: detect }).success).toBe(true);
  });

  it.each([
    ["installed-latest", ["version:12", "latest:12", "test:12"]],
    ["installed-specific", ["version:12", "test:12"]],
    ["uninstalled", ["version:12"]],
    ["ignored", ["version:12"]],
    [null, ["version:12", "latest:12", "test:12"]],
  ] as const)("of a software by script, when it is to be %s: %j", (desiredState, keys) => {
    expect(detectionBatch([{ ...scripted, desiredState }], debian).scripts.map((script) => script.key)).toEqual(keys);
  });

  it.each([
    ["enforce", debian, [51]],
    ["audit", debian, [51]],
    [null, debian, [51]],
    ["monitor", debian, [53]],
    ["ignored", debian, []],
    ["enforce", { osFamily: "macos", packageManagers: [] }, [41]],
    ["monitor", { osFamily: "windows", packageManagers: [] }, []],
  ] as const)("of a task in mode %s on %o: scripts %j", (desiredState, platform, scriptIds) => {
    const { scripts } = detectionBatch([{ ...firewall, desiredState }], platform);
    expect(scripts.map((script) => script.scriptId)).toEqual(scriptIds);
  });

  it("is in the order of item ids, and says what cannot be asked here", () => {
    const batch = detectionBatch([firewall, jq], { osFamily: "windows", packageManagers: ["winget"] });
    expect(batch.questions.map((question) => question.itemId)).toEqual([12, 20]);
    expect(batch.questions[0]?.unsupported).toBe("it has no detection method for windows with winget");
    expect(readDetections(batch, []).get(12)).toEqual({
      outcome: "failed",
      reason: "it has no detection method for windows with winget",
    });
  });
});

const detect = (detection: Partial<Detection>): StepAnswer => ({
  stepKey: "detect",
  result: {
    kind: "detect",
    detections: [{ itemKey: "item:12", matches: [], availableVersion: null, error: null, ...detection }],
  },
});
const match = (version: string) => ({ source: "apt", name: "jq", version });
const ran = (stepKey: string, value: Json, changes: Partial<ScriptResult> = {}): StepAnswer => ({
  stepKey,
  result: {
    kind: "script",
    script: {
      status: "completed",
      exitCode: 0,
      value,
      errors: [],
      reason: null,
      cutBytes: 0,
      durationMs: 1,
      ...changes,
    },
  },
});
const read = (item: DetectableItem, answers: StepAnswer[]) =>
  readDetections(detectionBatch([item], debian), answers).get(item.id);

describe("declarative answers", () => {
  it.each<[string, Partial<Detection>, object]>([
    ["nothing matched", { availableVersion: "1.7" }, { version: null, availableVersion: "1.7", matchCount: 0 }],
    ["one matched", { matches: [match("1.6-2")] }, { version: "1.6-2", matchCount: 1 }],
    [
      "several: the highest counts, and how many there were",
      { matches: [match("1.6-9"), match("1.6-10"), match("1.5")] },
      { version: "1.6-10", matchCount: 3 },
    ],
    ["some cannot be ordered", { matches: [match("odd"), match("1.6")] }, { version: "1.6", matchCount: 2 }],
    [
      "none can be ordered: handed on for the plan to report",
      { matches: [match("odd")] },
      { version: "odd", matchCount: 1 },
    ],
  ])("%s", (_name, answer, expected) => {
    expect(read(jq, [detect(answer)])).toMatchObject({ outcome: "detected", compliant: null, ...expected });
  });

  it.each<[string, StepAnswer[], string]>([
    ["an error", [detect({ error: "This machine has no apt." })], "This machine has no apt"],
    ["no answer", [], "the agent did not answer"],
    ["an answer about something else", [detect({ itemKey: "item:99" })], "the agent did not answer"],
  ])("%s is a failure that says so", (_name, answers, reason) => {
    expect(read(jq, answers)).toEqual({ outcome: "failed", reason });
  });
});

describe("a version script", () => {
  const only = { ...scripted, desiredState: "installed-specific", testScriptId: null } as const;
  it.each<[Json, string | null]>([
    ["1.2.3", "1.2.3"],
    [" 1.2.3\n", "1.2.3"],
    [7, "7"],
    [1.5, "1.5"],
    [null, null],
    ["", null],
    ["  ", null],
  ])("that gives %j found %j", (value, version) => {
    expect(read(only, [ran("version:12", value)])).toMatchObject({ version, matchCount: version === null ? 0 : 1 });
  });

  it.each<[Json]>([[true], [false], [{}], [["1.0"]]])("that gives %j failed, and says what it gave", (value) => {
    expect(read(only, [ran("version:12", value)])).toEqual({
      outcome: "failed",
      reason: `its detection script has to give a version or nothing, but gave ${JSON.stringify(value)}`,
    });
  });

  it.each([
    [
      ran("version:12", "1.0", { status: "timed-out", reason: "It ran longer than 60 s." }),
      "its detection script ended as timed-out: It ran longer than 60 s",
    ],
    [ran("version:12", "1.0", { status: "no-user" }), "its detection script ended as no-user"],
    [ran("version:99", "1.0"), "its detection script was not answered"],
  ])("that did not complete has no value: %#", (answer, reason) => {
    expect(read(only, [answer])).toEqual({ outcome: "failed", reason });
  });

  it("says what is latest; where that matters and it failed, the detection did", () => {
    const latest = { ...scripted, testScriptId: null };
    expect(read(latest, [ran("version:12", "1.0"), ran("latest:12", "2.0")])).toMatchObject({
      availableVersion: "2.0",
    });
    const failing = [ran("version:12", "1.0"), ran("latest:12", false)];
    expect(read(latest, failing)).toMatchObject({
      outcome: "failed",
      reason: expect.stringMatching(/^its version script has to give/),
    });
    expect(read({ ...latest, desiredState: "installed-any" }, failing)).toMatchObject({
      version: "1.0",
      availableVersion: null,
    });
  });
});

describe("a test script", () => {
  it.each([true, false])("has to say true or false: %s", (value) => {
    expect(read(firewall, [ran("test:20", value)])).toMatchObject({ outcome: "detected", compliant: value });
  });
  it.each<[Json, string]>([
    [null, "null"],
    ["true", '"true"'],
    [1, "1"],
    [0, "0"],
    [[], "[]"],
    [{ compliant: true }, '{"compliant":true}'],
    ["x".repeat(200), `"${"x".repeat(76)}…`],
  ])("anything else fails and says what it got: %j", (value, shown) => {
    expect(read(firewall, [ran("test:20", value)])).toEqual({
      outcome: "failed",
      reason: `its test script has to give true or false, but gave ${shown}`,
    });
  });

  it("of a software counts only where the software is", () => {
    const item = { ...scripted, desiredState: "installed-specific" } as const;
    expect(read(item, [ran("version:12", "1"), ran("test:12", false)])).toMatchObject({ compliant: false });
    expect(read(item, [ran("version:12", null), ran("test:12", false)])).toMatchObject({
      version: null,
      compliant: null,
    });
    expect(read(item, [ran("version:12", null), ran("test:12", "no jq")])).toMatchObject({ outcome: "detected" });
    expect(read(item, [ran("version:12", "1"), ran("test:12", "no")])).toMatchObject({ outcome: "failed" });
  });
});

it("a get script may give anything, and what it gives is kept", () => {
  const value = { recoveryKey: ["a", 1, null] };
  expect(read({ ...firewall, desiredState: "monitor" }, [ran("get:20", value)])).toMatchObject({
    compliant: null,
    value,
  });
});

it("a task without the script it needs is for the plan to report", () => {
  const bare = { ...firewall, taskScripts: [] };
  expect(read(bare, [])).toMatchObject({ outcome: "detected", compliant: null, value: null });
});

it("an answer sent twice counts once, the last", () => {
  expect(read(firewall, [ran("test:20", true), ran("test:20", false)])).toMatchObject({ compliant: false });
});
