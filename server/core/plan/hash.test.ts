import { describe, expect, it } from "vitest";
import { canonicalPlan, planSession, verifyPlan } from ".";
import { found, input, needs, packaged, software, task, tested, type Wanted } from "./test/build";

const jq = packaged(12, "jq");
const available = { availableVersion: "1.7" };
const wantJq = (version: string | null, changes: object = available): Wanted => ({
  item: jq,
  state: "installed-latest",
  detection: found(version, changes),
});
const plan = (...wanted: Wanted[]) => planSession(input(wanted));

describe("the canonical text of a plan", () => {
  it("is equal for equal plans and differs with anything a person was shown", () => {
    const text = canonicalPlan(plan(wantJq(null)));
    expect(canonicalPlan(plan(wantJq(null)))).toBe(text);
    expect(JSON.parse(text)).toEqual(plan(wantJq(null)));
    expect(canonicalPlan(plan(wantJq("1.6")))).not.toBe(text);
    expect(canonicalPlan(plan(wantJq(null, { availableVersion: "1.8" })))).not.toBe(text);
    expect(canonicalPlan(plan({ ...wantJq(null), parameters: { quiet: true } }))).not.toBe(text);
  });
  it("does not depend on the order in which a parameter was written", () => {
    const [a, b] = [
      { a: 1, b: "x" },
      { b: "x", a: 1 },
    ].map((parameters) => canonicalPlan(plan({ ...wantJq(null), parameters })));
    expect(a).toBe(b);
  });
});

describe("an announced plan, right before execution", () => {
  const firewall = task(20, "Firewall on");
  const enforce = (compliant: boolean): Wanted => ({ item: firewall, state: "enforce", detection: tested(compliant) });
  const none = { keep: [], nowCompliant: [], notAnnounced: [], nowFailing: [] };

  it("an action already satisfied becomes compliant", () => {
    const frozen = plan(wantJq(null), enforce(false)).actions;
    expect(verifyPlan(frozen, plan(wantJq("1.7"), enforce(false)))).toEqual({
      ...none,
      keep: ["20:task"],
      nowCompliant: ["12:present"],
    });
  });
  it("an action that was never announced is not added", () => {
    const frozen = plan(wantJq(null), enforce(true)).actions;
    expect(verifyPlan(frozen, plan(wantJq(null), enforce(false)))).toEqual({
      ...none,
      keep: ["12:present"],
      notAnnounced: ["20:task"],
    });
  });
  it("a newer version that came out since does not change what was announced", () => {
    const frozen = plan(wantJq("1.6")).actions;
    expect(verifyPlan(frozen, plan(wantJq("1.6", { availableVersion: "1.8" })))).toEqual({
      ...none,
      keep: ["12:present"],
    });
  });
  it("installing is still the thing to do when an older version turned up", () => {
    expect(verifyPlan(plan(wantJq(null)).actions, plan(wantJq("1.5")))).toEqual({ ...none, keep: ["12:present"] });
  });
  it("an uninstall where an install was announced is not done", () => {
    const gone: Wanted = { item: jq, state: "uninstalled", detection: found("1.5") };
    expect(verifyPlan(plan(wantJq(null)).actions, plan(gone))).toEqual({
      ...none,
      nowCompliant: ["12:present"],
      notAnnounced: ["12:absent"],
    });
  });
  it("what can no longer be detected is not called compliant: it stays, and fails", () => {
    const lost: Wanted = { ...wantJq(null), detection: { outcome: "failed", reason: "apt is locked" } };
    expect(verifyPlan(plan(wantJq(null)).actions, plan(lost))).toEqual({
      ...none,
      keep: ["12:present"],
      nowFailing: [{ key: "12:present", sentence: "jq could not be detected: apt is locked." }],
    });
  });
  it("a planned failure stays as it was announced", () => {
    const licensed: Wanted = { ...wantJq(null), item: { ...jq, licenceRequired: true } };
    const frozen = plan(licensed).actions;
    expect(verifyPlan(frozen, plan(wantJq(null)))).toEqual({ ...none, keep: ["12:present"] });
    expect(verifyPlan(frozen, plan(wantJq("1.7")))).toEqual({ ...none, keep: ["12:present"] });
  });
  it("keeps the frozen order, prerequisites included", () => {
    const wanted: Wanted[] = [
      { item: software(2, "A", ["1"]), state: "installed-latest", detection: found(null) },
      { item: software(1, "B", ["1"]), detection: found(null) },
    ];
    const both = planSession(input(wanted, { prerequisites: [needs(1, 2, [1])] }));
    expect(verifyPlan(both.actions, both).keep).toEqual(["1:present", "2:present"]);
    const alone = planSession(
      input([...wanted.slice(0, 1), { item: software(1, "B", ["1"]), detection: found("1") }], {
        prerequisites: [needs(1, 2, [1])],
      }),
    );
    expect(verifyPlan(both.actions, alone)).toEqual({ ...none, keep: ["2:present"], nowCompliant: ["1:present"] });
  });
});
