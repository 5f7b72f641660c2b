import { describe, expect, it } from "vitest";
import type { DesiredState } from "../deployments";
import { planSession } from ".";
import { apt, debian, found, input, packaged, script, software, task, tested } from "./test/build";
import type { ItemDetection, PlannableItem } from "./types";

const reader = software(10, "Reader", ["24.0", "25.3", "26.1"]);

/** The one line a plan has for one item: `type · reason · wanted`, `!` in front when it is known to fail. */
function lineFor(item: PlannableItem, state: DesiredState, version: string | undefined, detection?: ItemDetection) {
  const plan = planSession(input([{ item, state, ...(version && { version }), ...(detection && { detection }) }]));
  const [action] = [...plan.actions, ...plan.compliant];
  if (action === undefined || plan.actions.length + plan.compliant.length !== 1) throw new Error("not one line");
  const isListed = plan.actions.length === 1;
  if (isListed === (action.type === "none" && action.failsWith === null)) throw new Error("in the wrong list");
  const wanted = action.wantedVersion === null ? "" : ` · ${action.wantedVersion}`;
  return { line: `${action.failsWith === null ? "" : "! "}${action.type} · ${action.reason}${wanted}`, action };
}

describe("software, by desired state and what was detected", () => {
  it.each<[DesiredState, string | undefined, string | null, string, string]>([
    [
      "installed-latest",
      undefined,
      null,
      "install · software-missing · 26.1",
      "Install Reader 26.1 because it was not detected.",
    ],
    [
      "installed-latest",
      undefined,
      "25.3",
      "update · update-available · 26.1",
      "Update Reader from 25.3 to 26.1 because a newer version is available.",
    ],
    ["installed-latest", undefined, "26.1", "none · compliant", "Reader 26.1 is installed, as it should be."],
    ["installed-latest", undefined, "v26.1.0", "none · compliant", "Reader 26.1.0 is installed, as it should be."],
    ["installed-latest", undefined, "27.0", "none · compliant", "Reader 27.0 is installed, as it should be."],
    [
      "installed-specific",
      "25.3",
      null,
      "install · software-missing · 25.3",
      "Install Reader 25.3 because it was not detected.",
    ],
    [
      "installed-specific",
      "25.3",
      "24.0",
      "update · update-available · 25.3",
      "Update Reader from 24.0 to 25.3 because exactly 25.3 is wanted.",
    ],
    ["installed-specific", "25.3", "25.3", "none · compliant", "Reader 25.3 is installed, as it should be."],
    [
      "installed-specific",
      "25.3",
      "26.1",
      "downgrade · older-version-required · 25.3",
      "Downgrade Reader from 26.1 to 25.3 because exactly 25.3 is wanted.",
    ],
    [
      "installed-minimum",
      "25.0",
      null,
      "install · software-missing · 26.1",
      "Install Reader 26.1 because it was not detected.",
    ],
    [
      "installed-minimum",
      "25.0",
      "24.0",
      "update · update-available · 26.1",
      "Update Reader from 24.0 to 26.1 because at least 25.0 is wanted.",
    ],
    ["installed-minimum", "25.0", "25.0", "none · compliant", "Reader 25.0 is installed, as it should be."],
    ["installed-minimum", "25.0", "99", "none · compliant", "Reader 99 is installed, as it should be."],
    [
      "installed-maximum",
      "25.9",
      null,
      "install · software-missing · 25.3",
      "Install Reader 25.3 because it was not detected.",
    ],
    ["installed-maximum", "25.9", "24.0", "none · compliant", "Reader 24.0 is installed, as it should be."],
    ["installed-maximum", "25.9", "25.9", "none · compliant", "Reader 25.9 is installed, as it should be."],
    [
      "installed-maximum",
      "25.9",
      "26.1",
      "downgrade · older-version-required · 25.3",
      "Downgrade Reader from 26.1 to 25.3 because at most 25.9 is wanted.",
    ],
    [
      "installed-any",
      undefined,
      null,
      "install · software-missing · 26.1",
      "Install Reader 26.1 because it was not detected.",
    ],
    ["installed-any", undefined, "1.0", "none · compliant", "Reader 1.0 is installed, as it should be."],
    ["installed-any", undefined, "whatever", "none · compliant", "Reader whatever is installed, as it should be."],
    ["uninstalled", undefined, null, "none · compliant", "Reader is not installed, as it should be."],
    [
      "uninstalled",
      undefined,
      "25.3",
      "uninstall · software-detected",
      "Uninstall Reader 25.3 because it should not be there.",
    ],
    [
      "uninstalled",
      undefined,
      "odd one",
      "uninstall · software-detected",
      "Uninstall Reader odd one because it should not be there.",
    ],
    [
      "update-if-found",
      undefined,
      null,
      "none · not-present",
      "Reader is not installed, so there is nothing to update.",
    ],
    [
      "update-if-found",
      undefined,
      "25.3",
      "update · update-available · 26.1",
      "Update Reader from 25.3 to 26.1 because a newer version is available.",
    ],
    ["update-if-found", undefined, "26.1", "none · compliant", "Reader 26.1 is installed, as it should be."],
    ["ignored", undefined, "1.0", "none · ignored", "Reader is left as it is."],
    ["ignored", undefined, null, "none · ignored", "Reader is left as it is."],
  ])("%s %s, detected %s: %s", (state, version, detected, line, sentence) => {
    const { line: actual, action } = lineFor(reader, state, version, found(detected));
    expect(actual).toBe(line);
    expect(action.sentence).toBe(sentence);
    expect(action).toMatchObject({ itemId: 10, deploymentId: 1000, desiredState: state, detectedVersion: detected });
  });

  it.each<[string, PlannableItem, DesiredState, string | undefined, string | null, string, string]>([
    [
      "nothing says what is latest",
      software(10, "Reader", []),
      "installed-latest",
      undefined,
      "1.0",
      "! none · no-version",
      "No source says which version of Reader is the latest.",
    ],
    [
      "the script knew no version",
      software(10, "Reader", [], { versionSource: "script" }),
      "installed-latest",
      undefined,
      null,
      "! none · no-version",
      "No source says which version of Reader is the latest.",
    ],
    [
      "detected version unparsable",
      reader,
      "installed-latest",
      undefined,
      "beta",
      "! none · detection-failed · 26.1",
      'The detected version of Reader, "beta", cannot be compared with 26.1.',
    ],
    [
      "detected version unparsable",
      reader,
      "installed-specific",
      "25.3",
      "beta",
      "! none · detection-failed · 25.3",
      'The detected version of Reader, "beta", cannot be compared with 25.3.',
    ],
    [
      "wanted version unparsable",
      software(10, "Reader", [], { versionSource: "script", latestFromScript: "soon" }),
      "installed-latest",
      undefined,
      "1.0",
      "! none · no-version · soon",
      'The wanted version of Reader, "soon", is not a version.',
    ],
    [
      "latest unparsable, nothing there",
      software(10, "Reader", [], { versionSource: "script", latestFromScript: "soon" }),
      "installed-latest",
      undefined,
      null,
      "! none · no-version",
      'The latest version of Reader is given as "soon", which is not a version.',
    ],
    [
      "minimum above all known",
      reader,
      "installed-minimum",
      "30",
      null,
      "! none · no-version",
      "No known version of Reader is as wanted (at least 30).",
    ],
    [
      "maximum below all known",
      reader,
      "installed-maximum",
      "3",
      "26.1",
      "! none · no-version",
      "No known version of Reader is as wanted (at most 3).",
    ],
    [
      "no upgrade strategy",
      { ...reader, upgradeStrategy: "none" },
      "installed-latest",
      undefined,
      "25.3",
      "! update · no-upgrade-strategy · 26.1",
      "Reader needs an update from 25.3 to 26.1, but has no upgrade strategy.",
    ],
    [
      "no installer here",
      {
        ...reader,
        installers: [{ ...apt("x"), platform: { osFamily: "linux", packageManager: "dnf" } }],
        versionSource: "script",
        latestFromScript: "3",
      },
      "installed-latest",
      undefined,
      null,
      "! none · unsupported · 3",
      "Reader 3 has no installer for linux with apt.",
    ],
    [
      "no way to uninstall",
      { ...reader, installers: [script()] },
      "uninstalled",
      undefined,
      "1.0",
      "! none · unsupported",
      "Reader has no way to be uninstalled on linux with apt.",
    ],
    [
      "no way back",
      { ...reader, installers: [script()] },
      "installed-specific",
      "24.0",
      "25.3",
      "! none · unsupported",
      "Reader is downgraded by uninstalling it first, and has no way to be.",
    ],
    [
      "update by uninstalling, no way to",
      { ...reader, installers: [script()], upgradeStrategy: "uninstall-install" },
      "installed-latest",
      undefined,
      "25.3",
      "! none · unsupported",
      "Reader is updated by uninstalling it first, and has no way to be.",
    ],
    [
      "task state on software",
      reader,
      "enforce",
      undefined,
      "1.0",
      "! none · unsupported",
      'Reader is a software; "enforce" is for tasks.',
    ],
    [
      "no licence",
      { ...reader, licenceRequired: true },
      "installed-latest",
      undefined,
      null,
      "! install · no-licence · 26.1",
      "Reader needs a licence, and none is assigned.",
    ],
    [
      "no licence",
      { ...reader, licenceRequired: true },
      "installed-latest",
      undefined,
      "25.3",
      "! update · no-licence · 26.1",
      "Reader needs a licence, and none is assigned.",
    ],
  ])("fails before it starts: %s", (_why, item, state, version, detected, line, sentence) => {
    const { line: actual, action } = lineFor(item, state, version, found(detected));
    expect(actual).toBe(line);
    expect(action.failsWith).toBe(sentence);
  });

  it("a licence is not asked for what is already compliant, nor for removing it", () => {
    const licensed = { ...reader, licenceRequired: true };
    expect(lineFor(licensed, "installed-latest", undefined, found("26.1")).line).toBe("none · compliant");
    expect(lineFor(licensed, "uninstalled", undefined, found("26.1")).line).toBe("uninstall · software-detected");
    expect(lineFor({ ...licensed, licenceAssigned: true }, "installed-any", undefined, found(null)).line).toMatch(
      /^install/,
    );
  });

  it.each([
    ["uninstall-install", "uninstall-install"],
    ["install-over", "install-over"],
    ["script", "script"],
  ] as const)("upgrade strategy %s is how the update is done", (upgradeStrategy, method) => {
    const { action } = lineFor({ ...reader, upgradeStrategy }, "installed-latest", undefined, found("25.3"));
    expect(action.method).toBe(method);
  });

  it("a failed or missing detection is a failed action that says why, and nothing is done", () => {
    expect(
      lineFor(reader, "installed-latest", undefined, { outcome: "failed", reason: "it timed out." }).action,
    ).toMatchObject({
      type: "none",
      reason: "detection-failed",
      failsWith: "Reader could not be detected: it timed out.",
    });
    expect(lineFor(reader, "uninstalled", undefined).action.failsWith).toBe(
      "Reader could not be detected: it was not asked about.",
    );
    expect(lineFor(reader, "ignored", undefined).line).toBe("none · ignored");
  });
});

describe("where versions come from", () => {
  const jq = packaged(12, "jq");
  it("a repository's candidate is the latest, compared as the package manager does", () => {
    const available = { availableVersion: "1.7.1-3+deb13u2" };
    expect(lineFor(jq, "installed-latest", undefined, found("1.7.1-3+deb13u1", available)).action.sentence).toBe(
      "Update jq from 1.7.1-3+deb13u1 to 1.7.1-3+deb13u2 because a newer version is available.",
    );
    expect(lineFor(jq, "installed-latest", undefined, found("1.7.1-3+deb13u2", available)).line).toBe(
      "none · compliant",
    );
    expect(lineFor(jq, "installed-latest", undefined, found(null, available)).action.sentence).toBe(
      "Install jq 1.7.1 because it was not detected.",
    );
  });

  it("a person's 1.7.1 is any packaging of it", () => {
    expect(lineFor(jq, "installed-specific", "1.7.1", found("1.7.1-3+deb13u2")).line).toBe("none · compliant");
    expect(lineFor(jq, "installed-specific", "1.7.1-4", found("1.7.1-3")).line).toBe(
      "update · update-available · 1.7.1-4",
    );
  });

  it("a package manager goes back in place", () => {
    expect(lineFor(jq, "installed-specific", "1.6", found("1.7.1-3")).action.method).toBe("install-over");
    expect(lineFor(reader, "installed-specific", "24.0", found("26.1")).action.method).toBe("uninstall-install");
  });

  it("a repository may have more than its newest: a maximum below it is asked for by name", () => {
    const detection = found("1.7.1-3", { availableVersion: "1.7.1-3" });
    expect(lineFor(jq, "installed-maximum", "1.6", detection).line).toBe("downgrade · older-version-required · 1.6");
  });

  it("a version script's answer is the latest, from wherever it was run", () => {
    const scripted = software(10, "Reader", [], { versionSource: "script" });
    expect(lineFor({ ...scripted, latestFromScript: "9" }, "installed-latest", undefined, found("8")).line).toBe(
      "update · update-available · 9",
    );
    expect(lineFor(scripted, "installed-latest", undefined, found("8", { availableVersion: "9" })).line).toBe(
      "update · update-available · 9",
    );
  });

  it("latest is the newest version that can be installed here", () => {
    const dnfOnly = { ...apt("reader"), platform: { osFamily: "linux", packageManager: "dnf" } } as const;
    const item = software(10, "Reader", [], {
      installers: [],
      versions: [
        { version: "25.3", installers: [script(2)] },
        { version: "26.1", installers: [dnfOnly] },
      ],
    });
    expect(lineFor(item, "installed-latest", undefined, found(null)).line).toBe("install · software-missing · 25.3");
  });

  it("a version's own installer goes before one that serves every version", () => {
    const item = { ...reader, versions: [{ version: "26.1", installers: [apt("reader-26")] }] };
    expect(lineFor(item, "installed-latest", undefined, found(null)).action.installer).toEqual(apt("reader-26"));
    expect(lineFor(item, "installed-specific", "25.3", found(null)).action.installer).toEqual(script(2));
  });
});

describe("a test script that says no", () => {
  const item = { ...reader, hasTest: true };
  const broken = found("26.1", { compliant: false });
  it.each([
    [
      "reinstall",
      "reinstall · test-failed · 26.1",
      "uninstall-install",
      "Repair Reader 26.1 by reinstalling it because its test failed.",
    ],
    [
      "install-over",
      "reinstall · test-failed · 26.1",
      "install-over",
      "Repair Reader 26.1 by installing over it because its test failed.",
    ],
    ["script", "reinstall · test-failed · 26.1", "script", "Repair Reader 26.1 by its script because its test failed."],
    ["none", "! reinstall · test-failed · 26.1", null, "The test of Reader failed, and it has no repair strategy."],
  ] as const)("is repaired by %s", (repairStrategy, line, method, sentence) => {
    const { line: actual, action } = lineFor({ ...item, repairStrategy }, "installed-latest", undefined, broken);
    expect(actual).toBe(line);
    expect(action.method).toBe(method);
    expect(action.sentence).toBe(sentence);
  });

  it("does not matter when the version has to change, or the software to go, anyway", () => {
    expect(lineFor(item, "installed-latest", undefined, found("25.3", { compliant: false })).line).toMatch(/^update/);
    expect(lineFor(item, "uninstalled", undefined, broken).line).toMatch(/^uninstall/);
    expect(lineFor({ ...item, hasTest: false }, "installed-latest", undefined, broken).line).toBe("none · compliant");
  });
});

describe("tasks, by mode and what the test or get script said", () => {
  const firewall = task(20, "Firewall on");
  const without = (missing: "test" | "set" | "get") => ({
    ...firewall,
    taskScripts: { test: true, set: true, get: true, [missing]: false },
  });
  it.each<[DesiredState, PlannableItem, ItemDetection, string, string]>([
    ["enforce", firewall, tested(false), "task · test-failed", "Enforce Firewall on because its test failed."],
    ["enforce", firewall, tested(true), "none · compliant", "Firewall on is as it should be."],
    [
      "enforce",
      firewall,
      tested(null),
      "! task · detection-failed",
      "The test of Firewall on did not say true or false.",
    ],
    [
      "enforce",
      without("set"),
      tested(false),
      "! none · unsupported",
      "Firewall on cannot enforce here: it has no set script for this system.",
    ],
    ["enforce", without("set"), tested(true), "none · compliant", "Firewall on is as it should be."],
    [
      "enforce",
      without("test"),
      tested(null),
      "! none · unsupported",
      "Firewall on cannot enforce here: it has no test script for this system.",
    ],
    ["ignored", firewall, tested(false), "none · ignored", "Firewall on is left as it is."],
    [
      "installed-latest",
      firewall,
      tested(false),
      "! none · unsupported",
      'Firewall on is a task; "installed-latest" is for software.',
    ],
  ])("%s: %s %o", (state, item, detection, line, sentence) => {
    const { line: actual, action } = lineFor(item, state, undefined, detection);
    expect(actual).toBe(line);
    expect(action.sentence).toBe(sentence);
  });

  it("an audit reports and changes nothing, a monitor records the value", () => {
    const wanted = [
      { item: task(20, "Firewall on"), state: "audit", detection: tested(false) },
      { item: task(21, "Disk free"), state: "audit", detection: tested(true) },
      { item: task(22, "Encryption"), state: "monitor", detection: tested(null, { luks: "active" }) },
    ] as const;
    const plan = planSession(input(wanted));
    expect(plan.actions).toEqual([]);
    expect(plan.compliant.map(({ type, reason, recordedValue }) => [type, reason, recordedValue])).toEqual([
      ["audit", "compliant", null],
      ["monitor", "value-recorded", { luks: "active" }],
      ["audit", "not-compliant", null],
    ]);
  });
});

it("a plan carries the winner's parameters and whether an interrupted action may run again", () => {
  const item = { ...packaged(12, "jq"), safeToRetry: true };
  const detection = found(null, { availableVersion: "1.7" });
  const plan = planSession(input([{ item, state: "installed-latest", detection, parameters: { quiet: true } }]));
  expect(plan.actions[0]).toEqual({
    key: "12:present",
    itemId: 12,
    type: "install",
    reason: "software-missing",
    sentence: "Install jq 1.7 because it was not detected.",
    deploymentId: 1200,
    desiredState: "installed-latest",
    detectedVersion: null,
    wantedVersion: "1.7",
    installer: apt("jq"),
    parameters: { quiet: true },
    requiredByKey: null,
    dependsOn: [],
    failsWith: null,
    safeToRetry: true,
    method: null,
    recordedValue: null,
  });
  expect(planSession(input([{ item, state: "installed-latest", detection }], { platform: debian })).compliant).toEqual(
    [],
  );
});
