import { describe, expect, it } from "vitest";
import type { OrderEntry, Prerequisite } from "../order/types";
import { planSession, requiredItems } from ".";
import { found, input, needs, script, software, task, tested, type Wanted } from "./test/build";

const vcRedist = software(1, "VC++ Redistributable", ["14.38", "14.44"]);
const threeCx = software(2, "3CX", ["20.0"]);
const reader = software(3, "Reader", ["25.3"]);
const acrobat = software(4, "Acrobat", ["26.1"]);
const absent = found(null);
const install3cx: Wanted = { item: threeCx, state: "installed-latest", detection: absent };

/** `name: sentence`, or `name! why it fails`, in the order of the plan. */
function tell(wanted: readonly Wanted[], prerequisites: readonly Prerequisite[], order: readonly OrderEntry[] = []) {
  const plan = planSession(input(wanted, { prerequisites, order }));
  return plan.actions.map((action) =>
    action.failsWith === null ? action.sentence : `! ${action.reason}: ${action.failsWith}`,
  );
}

describe("what an item needs first", () => {
  it("is installed immediately before it, and says for whom", () => {
    const wanted = [install3cx, { item: vcRedist, detection: absent }];
    const plan = planSession(input(wanted, { prerequisites: [needs(1, 2, [1])] }));
    expect(plan.actions.map((action) => action.sentence)).toEqual([
      "Install VC++ Redistributable 14.44 first because 3CX needs it.",
      "Install 3CX 20.0 because it was not detected.",
    ]);
    expect(plan.actions[0]).toMatchObject({
      key: "1:present",
      reason: "prerequisite",
      deploymentId: null,
      desiredState: "installed-any",
      requiredByKey: "2:present",
      dependsOn: [],
    });
    expect(plan.actions[1]).toMatchObject({ key: "2:present", requiredByKey: null, dependsOn: ["1:present"] });
  });

  it("is left alone when it is there already, or when the item itself has nothing to do", () => {
    const prerequisites = [needs(1, 2, [1])];
    expect(tell([install3cx, { item: vcRedist, detection: found("14.38") }], prerequisites)).toEqual([
      "Install 3CX 20.0 because it was not detected.",
    ]);
    const compliant = { ...install3cx, detection: found("20.0") };
    expect(tell([compliant, { item: vcRedist, detection: absent }], prerequisites)).toEqual([]);
  });

  it("is uninstalled first where it has to be gone: Reader before Acrobat", () => {
    const wanted: Wanted[] = [
      { item: acrobat, state: "installed-latest", detection: absent },
      { item: reader, detection: found("25.3") },
    ];
    expect(tell(wanted, [needs(1, 4, [3], { requiredState: "uninstalled" })])).toEqual([
      "Uninstall Reader 25.3 first because Acrobat needs it gone.",
      "Install Acrobat 26.1 because it was not detected.",
    ]);
  });

  it("is followed recursively, each once, for several dependents", () => {
    const runtime = software(5, "Runtime", ["1.0"]);
    const other = software(6, "Another phone", ["2.0"]);
    const wanted: Wanted[] = [
      install3cx,
      { item: other, state: "installed-latest", detection: absent },
      { item: vcRedist, detection: absent },
      { item: runtime, detection: absent },
    ];
    const plan = planSession(input(wanted, { prerequisites: [needs(1, 2, [1]), needs(2, 6, [1]), needs(3, 1, [5])] }));
    expect(plan.actions.map((action) => [action.key, action.requiredByKey, action.dependsOn])).toEqual([
      ["5:present", "1:present", []],
      ["1:present", "2:present", ["5:present"]],
      ["2:present", null, ["1:present"]],
      ["6:present", null, ["1:present"]],
    ]);
  });

  it("with its own deployment keeps it, and moves to where it is needed", () => {
    const wanted: Wanted[] = [
      install3cx,
      { item: software(9, "Zoom", ["6"]), state: "installed-latest", detection: absent },
      { item: vcRedist, state: "installed-latest", detection: found("14.38") },
    ];
    const plan = planSession(
      input(wanted, {
        prerequisites: [needs(1, 9, [1], { items: [{ itemId: 1, minimumVersion: "14.40", maximumVersion: null }] })],
      }),
    );
    expect(plan.actions.map((action) => action.key)).toEqual(["2:present", "1:present", "9:present"]);
    expect(plan.actions[1]).toMatchObject({
      deploymentId: 100,
      requiredByKey: null,
      sentence: "Update VC++ Redistributable from 14.38 to 14.44 because a newer version is available.",
    });
  });

  it("is asked for by its version range, and updated or downgraded into it", () => {
    const ranged = (minimumVersion: string | null, maximumVersion: string | null) => [
      needs(1, 2, [], { items: [{ itemId: 1, minimumVersion, maximumVersion }] }),
    ];
    const having = (version: string | null) => [install3cx, { item: vcRedist, detection: found(version) }];
    expect(tell(having("14.38"), ranged("14.40", null))[0]).toBe(
      "Update VC++ Redistributable from 14.38 to 14.44 first because 3CX needs it.",
    );
    expect(tell(having("14.44"), ranged(null, "14.40"))[0]).toBe(
      "Downgrade VC++ Redistributable from 14.44 to 14.38 first because 3CX needs it.",
    );
    expect(tell(having(null), ranged("14.0", "14.40"))[0]).toBe(
      "Install VC++ Redistributable 14.38 first because 3CX needs it.",
    );
    expect(tell(having("14.38"), ranged("14.0", "14.40"))).toHaveLength(1);
    expect(tell(having(null), ranged("15", null))).toEqual([
      "! no-version: No known version of VC++ Redistributable is as wanted (at least 15).",
      "! prerequisite-missing: 3CX needs VC++ Redistributable first, and that fails: No known version of VC++ Redistributable is as wanted (at least 15).",
    ]);
  });

  it("can be a task, which is then enforced first", () => {
    const firewall = task(7, "Firewall on");
    expect(tell([install3cx, { item: firewall, detection: tested(false) }], [needs(1, 2, [7])])).toEqual([
      "Enforce Firewall on first because 3CX needs it.",
      "Install 3CX 20.0 because it was not detected.",
    ]);
    expect(tell([install3cx, { item: firewall, detection: tested(true) }], [needs(1, 2, [7])])).toHaveLength(1);
  });

  it.each([
    ["installed", "installed-latest", absent, true],
    ["uninstalled", "installed-latest", absent, false],
    ["any", "installed-latest", absent, true],
    ["installed", "uninstalled", found("20.0"), false],
    ["uninstalled", "uninstalled", found("20.0"), true],
    ["any", "uninstalled", found("20.0"), true],
  ] as const)("counts when the item is to be %s: %s", (appliesWhen, state, detection, counts) => {
    const wanted = [
      { item: threeCx, state, detection },
      { item: vcRedist, detection: absent },
    ];
    expect(tell(wanted, [needs(1, 2, [1], { appliesWhen })])).toHaveLength(counts ? 2 : 1);
  });
});

describe("any of several", () => {
  const word = software(5, "Word", ["16"]);
  const writer = software(6, "Writer", ["24"]);
  const either = [needs(1, 2, [6, 5], { quantifier: "any" })];
  it("takes what is there, before anything is done", () => {
    const wanted = [install3cx, { item: word, detection: absent }, { item: writer, detection: found("24") }];
    expect(tell(wanted, either)).toHaveLength(1);
  });
  it("takes what is done anyway, before something more", () => {
    const wanted: Wanted[] = [
      install3cx,
      { item: word, detection: absent },
      { item: writer, state: "installed-latest", detection: absent },
    ];
    expect(tell(wanted, either)).toEqual([
      "Install Writer 24 because it was not detected.",
      "Install 3CX 20.0 because it was not detected.",
    ]);
  });
  it("takes the first in the global order that can be done", () => {
    const wanted = [install3cx, { item: word, detection: absent }, { item: writer, detection: absent }];
    expect(tell(wanted, either)[0]).toBe("Install Word 16 first because 3CX needs it.");
    expect(tell(wanted, either, [{ itemId: 6, zone: "beginning", position: 1 }])[0]).toMatch(/^Install Writer/);
    const unable = { item: { ...word, installers: [] }, detection: absent };
    expect(tell([install3cx, unable, { item: writer, detection: absent }], either)[0]).toMatch(/^Install Writer/);
  });
  it("fails when none can be", () => {
    const wanted = [
      install3cx,
      { item: { ...word, installers: [] }, detection: absent },
      { item: writer, state: "ignored" as const, detection: absent },
    ];
    expect(tell(wanted, either)).toEqual([
      "! prerequisite-missing: 3CX needs Word first, and that fails: Word has no installer for linux with apt.",
    ]);
  });
});

describe("what cannot be done fails, named, and the rest goes on", () => {
  const seven: Wanted = { item: software(8, "7-Zip", ["24.09"]), state: "installed-latest", detection: absent };
  const sevenGoesOn = "Install 7-Zip 24.09 because it was not detected.";

  it.each([
    ["ignored", absent],
    ["uninstalled", absent],
  ] as const)("a needed item that a deployment sets to %s is a conflict", (state, detection) => {
    const told = tell([seven, install3cx, { item: vcRedist, state, detection }], [needs(1, 2, [1])]);
    expect(told).toEqual([
      `! prerequisite-conflict: 3CX needs VC++ Redistributable, but deployment #100 sets VC++ Redistributable to ${state}.`,
      sevenGoesOn,
    ]);
  });

  it("one that is about to be uninstalled is a conflict too, and is uninstalled all the same", () => {
    const told = tell(
      [install3cx, { item: vcRedist, state: "uninstalled", detection: found("14.44") }],
      [needs(1, 2, [1])],
    );
    expect(told).toEqual([
      "! prerequisite-conflict: 3CX needs VC++ Redistributable, but deployment #100 sets it to uninstalled.",
      "Uninstall VC++ Redistributable 14.44 because it should not be there.",
    ]);
  });

  it("one that is ignored but there is no conflict: nothing has to be done to it", () => {
    expect(
      tell([install3cx, { item: vcRedist, state: "ignored", detection: found("14.44") }], [needs(1, 2, [1])]),
    ).toHaveLength(1);
  });

  it("a version that its own deployment pins outside the range is a conflict", () => {
    const prerequisite = needs(1, 2, [], { items: [{ itemId: 1, minimumVersion: "14.40", maximumVersion: null }] });
    const pinned = {
      item: vcRedist,
      state: "installed-specific",
      version: "14.38",
      detection: found("14.38"),
    } as const;
    expect(tell([install3cx, pinned], [prerequisite])).toEqual([
      "! prerequisite-conflict: 3CX needs VC++ Redistributable (at least 14.40), but deployment #100 sets VC++ Redistributable to installed-specific.",
    ]);
    expect(tell([install3cx, { ...pinned, detection: absent }], [prerequisite])[0]).toMatch(
      /^! prerequisite-conflict: 3CX/,
    );
  });

  it("one that has to be gone, and is wanted by its own deployment, is a conflict", () => {
    const prerequisites = [needs(1, 4, [3], { requiredState: "uninstalled" })];
    const installAcrobat: Wanted = { item: acrobat, state: "installed-latest", detection: absent };
    for (const detection of [absent, found("25.3")]) {
      const told = tell([installAcrobat, { item: reader, state: "installed-latest", detection }], prerequisites);
      expect(told[0]).toMatch(/^! prerequisite-conflict: Acrobat needs Reader gone, but deployment #300/);
    }
    expect(
      tell([installAcrobat, { item: reader, state: "ignored", detection: found("25.3") }], prerequisites),
    ).toHaveLength(1);
  });

  it("one that is only kept up to date may go, and comes back to that when it need not go after all", () => {
    const prerequisites = [needs(1, 4, [3], { requiredState: "uninstalled" })];
    const old = { item: reader, state: "update-if-found", detection: found("20") } as const;
    expect(tell([{ item: acrobat, state: "installed-latest", detection: absent }, old], prerequisites)).toEqual([
      "Uninstall Reader 20 first because Acrobat needs it gone.",
      "Install Acrobat 26.1 because it was not detected.",
    ]);
    const told = tell(
      [
        { item: acrobat, state: "installed-latest", detection: absent },
        old,
        { item: vcRedist, state: "ignored", detection: absent },
      ],
      [...prerequisites, needs(2, 4, [1])],
    );
    expect(told).toContain("Update Reader from 20 to 25.3 because a newer version is available.");
  });

  it("`fail` does not do it first", () => {
    const fails = { otherwise: "fail" } as const;
    expect(tell([install3cx, { item: vcRedist, detection: absent }], [needs(1, 2, [1], fails)])).toEqual([
      "! prerequisite-missing: 3CX needs VC++ Redistributable, which is not installed.",
    ]);
    const gone = [needs(1, 4, [3], { ...fails, requiredState: "uninstalled" })];
    expect(
      tell(
        [
          { item: acrobat, state: "installed-latest", detection: absent },
          { item: reader, detection: found("25") },
        ],
        gone,
      ),
    ).toEqual(["! prerequisite-missing: Acrobat needs Reader gone, and it is installed."]);
    const doneAnyway = { item: vcRedist, state: "installed-latest", detection: absent } as const;
    expect(tell([install3cx, doneAnyway], [needs(1, 2, [1], fails)])).toEqual([
      "Install VC++ Redistributable 14.44 because it was not detected.",
      "Install 3CX 20.0 because it was not detected.",
    ]);
  });

  it("what fails first fails its dependents all the way up, and they do not vanish", () => {
    const runtime = { ...software(5, "Runtime", ["1.0"]), installers: [script()], licenceRequired: true };
    const wanted: Wanted[] = [install3cx, { item: vcRedist, detection: absent }, { item: runtime, detection: absent }];
    expect(tell(wanted, [needs(1, 2, [1]), needs(2, 1, [5])])).toEqual([
      "! no-licence: Runtime needs a licence, and none is assigned.",
      "! prerequisite-missing: VC++ Redistributable needs Runtime first, and that fails: Runtime needs a licence, and none is assigned.",
      "! prerequisite-missing: 3CX needs VC++ Redistributable first, and that fails: VC++ Redistributable needs Runtime first, and that fails: Runtime needs a licence, and none is assigned.",
    ]);
  });

  it("nothing is installed for the sake of something that fails anyway", () => {
    const told = tell(
      [install3cx, { item: reader, detection: absent }, { item: vcRedist, state: "ignored", detection: absent }],
      [needs(1, 2, [3]), needs(2, 2, [1])],
    );
    expect(told).toEqual([
      "! prerequisite-conflict: 3CX needs VC++ Redistributable, but deployment #100 sets VC++ Redistributable to ignored.",
    ]);
  });

  it("one that could not be detected, or no longer exists, is named", () => {
    expect(tell([install3cx, { item: vcRedist }], [needs(1, 2, [1])])).toEqual([
      "! prerequisite-missing: 3CX needs VC++ Redistributable, which could not be detected.",
    ]);
    expect(tell([install3cx], [needs(1, 2, [77])])).toEqual([
      "! prerequisite-missing: 3CX needs item #77, which no longer exists or cannot be used here.",
    ]);
  });

  it("a cycle fails those in it, naming the way round, and what depends on them; the rest goes on", () => {
    const [a, b, c] = [software(21, "A", ["1"]), software(22, "B", ["1"]), software(23, "C", ["1"])];
    const wanted = [a, b, c].map((item): Wanted => ({ item, state: "installed-latest", detection: absent }));
    const told = tell([...wanted, seven], [needs(1, 21, [22]), needs(2, 22, [21]), needs(3, 23, [21])]);
    expect(told[0]).toBe(sevenGoesOn);
    expect(told.slice(1).sort()).toEqual([
      "! prerequisite-cycle: A needs itself first: A → B → A. Remove one of these prerequisites.",
      "! prerequisite-cycle: B needs itself first: B → A → B. Remove one of these prerequisites.",
      "! prerequisite-missing: C needs A first, and that fails: A needs itself first: A → B → A. Remove one of these prerequisites.",
    ]);
  });

  it("two that need one another, and are both there, are no cycle: nothing has to be done", () => {
    const [a, b] = [software(21, "A", ["1", "2"]), software(22, "B", ["1"])];
    const wanted: Wanted[] = [
      { item: a, state: "installed-latest", detection: found("1") },
      { item: b, state: "installed-latest", detection: found("1") },
    ];
    expect(tell(wanted, [needs(1, 21, [22]), needs(2, 22, [21])])).toEqual([
      "Update A from 1 to 2 because a newer version is available.",
    ]);
  });
});

describe("a configuration task", () => {
  const configure = task(7, "Configure 3CX");
  const configured = { ...threeCx, configurationItemId: 7 };
  const software3cx: Wanted = { item: configured, state: "installed-latest", detection: absent };
  const between: Wanted = { item: software(8, "4K Player", ["1"]), state: "installed-latest", detection: absent };

  it("runs right after its software is installed, whatever it said before", () => {
    for (const detection of [tested(false), tested(true), { outcome: "failed", reason: "no 3CX" } as const]) {
      const plan = planSession(input([software3cx, between, { item: configure, detection }]));
      expect(plan.actions.map((action) => [action.key, action.dependsOn])).toEqual([
        ["2:present", []],
        ["7:task", ["2:present"]],
        ["8:present", []],
      ]);
      expect(plan.actions[1]?.sentence).toBe("Run Configure 3CX right after 3CX, which it configures.");
    }
  });

  it("runs where its software would when that is compliant and its own test fails", () => {
    const present = { ...software3cx, detection: found("20.0") };
    expect(tell([present, between, { item: configure, detection: tested(false) }], [])).toEqual([
      "Enforce Configure 3CX because its test failed.",
      "Install 4K Player 1 because it was not detected.",
    ]);
    expect(tell([present, { item: configure, detection: tested(true) }], [])).toEqual([]);
    expect(tell([present, { item: configure }], [])).toEqual([]);
  });

  it("does not run when its software goes, is not there, or when a deployment leaves the task alone", () => {
    const detection = tested(false);
    expect(
      tell(
        [
          { ...software3cx, state: "uninstalled", detection: found("20") },
          { item: configure, detection },
        ],
        [],
      ),
    ).toEqual(["Uninstall 3CX 20 because it should not be there."]);
    expect(
      tell(
        [
          { ...software3cx, state: "uninstalled" },
          { item: configure, detection },
        ],
        [],
      ),
    ).toEqual([]);
    for (const state of ["ignored", "audit"] as const) {
      expect(tell([software3cx, { item: configure, state, detection }], [])).toEqual([
        "Install 3CX 20.0 because it was not detected.",
      ]);
    }
  });

  it("fails with its software", () => {
    const told = tell(
      [
        { ...software3cx, item: { ...configured, licenceRequired: true } },
        { item: configure, state: "enforce", detection: tested(false) },
      ],
      [],
    );
    expect(told).toHaveLength(2);
    const blocked = tell(
      [
        software3cx,
        { item: configure, detection: tested(false) },
        { item: vcRedist, state: "ignored", detection: absent },
      ],
      [needs(1, 2, [1])],
    );
    expect(blocked[1]).toMatch(/^! prerequisite-missing: Configure 3CX needs 3CX first, and that fails/);
  });

  it("is not run for a software that is not installed after all", () => {
    const wanted: Wanted[] = [
      { item: acrobat, state: "installed-latest", detection: absent },
      { item: configured, detection: absent },
      { item: configure, detection: tested(false) },
      { item: vcRedist, state: "ignored", detection: absent },
    ];
    expect(tell(wanted, [needs(1, 4, [2]), needs(2, 4, [1])])).toHaveLength(1);
    const own: Wanted = {
      item: { ...configure, taskScripts: { test: false, set: true, get: true } },
      state: "enforce",
      detection: tested(null),
    };
    expect(tell([...wanted.slice(0, 2), own, ...wanted.slice(3)], [needs(1, 4, [2]), needs(2, 4, [1])])).toContain(
      "! unsupported: Configure 3CX cannot enforce here: it has no test script for this system.",
    );
  });

  it("follows a software that is here only because another needs it", () => {
    const wanted: Wanted[] = [
      { item: acrobat, state: "installed-latest", detection: absent },
      { item: configured, detection: absent },
      { item: configure, detection: tested(false) },
    ];
    const plan = planSession(input(wanted, { prerequisites: [needs(1, 4, [2])] }));
    expect(plan.actions.map((action) => action.key)).toEqual(["2:present", "7:task", "4:present"]);
  });
});

describe("what has to be detected", () => {
  const winner = (itemId: number, state: "installed-latest" | "ignored" = "installed-latest") =>
    input([{ item: software(itemId, "x", []), state }]).resolutions;
  it("is every winner but ignored ones, and recursively what these need and what configures them", () => {
    const resolutions = [...winner(2), ...winner(9, "ignored")];
    const prerequisites = [needs(1, 2, [5]), needs(2, 5, [1, 2]), needs(3, 9, [8])];
    expect(requiredItems(resolutions, prerequisites)).toEqual([1, 2, 5]);
    expect(requiredItems(resolutions, prerequisites, new Map([[5, { configurationItemId: 7 }]]))).toEqual([1, 2, 5, 7]);
  });
});
