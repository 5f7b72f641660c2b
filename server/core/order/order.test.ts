import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import type { Random } from "../test/random";
import { findCycle, type OrderableItem, type OrderEntry, orderActions, type Prerequisite } from ".";

const item = (
  itemId: number,
  name: string,
  dependsOn: number[] = [],
  changes: Partial<OrderableItem> = {},
): OrderableItem => ({
  itemId,
  name,
  isOnboardingOnly: false,
  dependsOn,
  configures: [],
  ...changes,
});
const at = (itemId: number, zone: OrderEntry["zone"], position: number): OrderEntry => ({ itemId, zone, position });
const sequenceOf = (items: OrderableItem[], order: OrderEntry[] = []) => orderActions({ items, order }).sequence;

describe("the global order", () => {
  it("is beginning by position, the rest by name without case, end by position", () => {
    const items = [
      item(1, "zeta"),
      item(2, "Alpha"),
      item(3, "beta"),
      item(4, "First"),
      item(5, "Second"),
      item(6, "Last"),
    ];
    const order = [at(6, "end", 2), at(1, "end", 1), at(5, "beginning", 2), at(4, "beginning", 1)];
    expect(sequenceOf(items, order)).toEqual([4, 5, 2, 3, 1, 6]);
  });

  it("puts onboarding-only items first, in the same order among themselves", () => {
    const only = { isOnboardingOnly: true };
    const items = [item(1, "A"), item(2, "Z", [], only), item(3, "M", [], only), item(4, "B")];
    expect(sequenceOf(items, [at(1, "beginning", 1), at(3, "end", 1)])).toEqual([2, 3, 1, 4]);
  });

  it("breaks equal names and positions by id", () => {
    expect(sequenceOf([item(2, "Same"), item(1, "same")])).toEqual([1, 2]);
    expect(sequenceOf([item(2, "A"), item(1, "A")], [at(1, "end", 1), at(2, "end", 1)])).toEqual([1, 2]);
  });
});

describe("what an item needs", () => {
  it("runs immediately before it, whatever its name", () => {
    expect(sequenceOf([item(1, "A"), item(2, "B"), item(3, "Z", [1]), item(4, "C")])).toEqual([2, 4, 1, 3]);
    expect(sequenceOf([item(1, "Z"), item(2, "B"), item(3, "A", [1])])).toEqual([1, 3, 2]);
  });
  it("keeps the place somebody gave it, unless it is needed earlier", () => {
    const items = [item(1, "A"), item(2, "B"), item(3, "Z", [1])];
    expect(sequenceOf(items, [at(1, "beginning", 1)])).toEqual([1, 2, 3]);
    expect(sequenceOf(items, [at(1, "end", 1)])).toEqual([2, 1, 3]);
    expect(sequenceOf(items, [at(3, "beginning", 1), at(1, "end", 1)])).toEqual([1, 3, 2]);
  });
  it("runs once, before the first that needs it", () => {
    expect(sequenceOf([item(1, "Runtime"), item(2, "A", [1]), item(3, "B"), item(4, "C", [1])])).toEqual([1, 2, 3, 4]);
  });
  it("is what is needed recursively, several in the global order", () => {
    const items = [item(1, "D"), item(2, "C", [1]), item(3, "B", [1]), item(4, "A", [2, 3])];
    expect(sequenceOf(items)).toEqual([1, 3, 2, 4]);
  });
  it("is left out of account when it is not among the items", () => {
    expect(sequenceOf([item(1, "A", [9])])).toEqual([1]);
  });
  it("comes first for an onboarding-only item too", () => {
    expect(sequenceOf([item(1, "Z"), item(2, "B"), item(3, "X", [1], { isOnboardingOnly: true })])).toEqual([1, 3, 2]);
  });
});

describe("a configuration task", () => {
  const software = (itemId: number, name: string) => ({ itemId, name, isOnboardingOnly: false });
  it("runs right after its software, and before what needs that software", () => {
    const items = [
      item(1, "Phone"),
      item(2, "Configure phone", [], { configures: [software(1, "Phone")] }),
      item(3, "Zoom", [1]),
      item(4, "Query"),
    ];
    expect(sequenceOf(items)).toEqual([4, 1, 2, 3]);
  });
  it("of several software runs after the last of them", () => {
    const configures = [software(1, "Alpha"), software(3, "Gamma")];
    expect(
      sequenceOf([item(1, "Alpha"), item(2, "A task", [], { configures }), item(3, "Gamma"), item(4, "Beta")]),
    ).toEqual([1, 4, 3, 2]);
  });
  it("runs where its software would when that has nothing to do", () => {
    const configures = [software(9, "Gamma")];
    expect(sequenceOf([item(1, "Alpha"), item(2, "A task", [], { configures }), item(3, "Zeta")])).toEqual([1, 2, 3]);
  });
});

describe("cycles", () => {
  it("are told for each item in one, the shortest way round, and everything is still in the sequence", () => {
    const items = [item(1, "A", [2]), item(2, "B", [3]), item(3, "C", [1, 2]), item(4, "D", [1]), item(5, "E", [5])];
    const { sequence, cycles } = orderActions({ items, order: [] });
    expect(sequence.toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect([...cycles]).toEqual([
      [1, [1, 2, 3, 1]],
      [2, [2, 3, 2]],
      [3, [3, 2, 3]],
      [5, [5, 5]],
    ]);
  });
});

describe("any order", () => {
  const world = (random: Random) => {
    const count = 1 + random.int(8);
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    const some = () => ids.filter(() => random.chance(0.15));
    const items = ids.map((id) =>
      item(id, random.pick(["a", "b", "B", "c", "d"]), some(), {
        isOnboardingOnly: random.chance(0.15),
        configures: random.chance(0.1)
          ? some().map((other) => ({ itemId: other, name: "a", isOnboardingOnly: false }))
          : [],
      }),
    );
    const order = some().map((id) => at(id, random.pick(["beginning", "end"]), random.int(3)));
    return { items, order };
  };

  it("has every item once, what is needed first, and does not depend on the order of its input", {
    timeout: 60_000,
  }, () => {
    holdsForMany(10_000, (random) => {
      const { items, order } = world(random);
      const { sequence, cycles } = orderActions({ items, order });
      const place = new Map(sequence.map((id, index) => [id, index]));
      if (sequence.length !== items.length || place.size !== items.length) return false;
      for (const { itemId, dependsOn, configures } of items) {
        for (const needed of [...dependsOn, ...configures.map((software) => software.itemId)]) {
          const isInCycle = cycles.has(itemId) && cycles.has(needed);
          if (!isInCycle && (place.get(needed) ?? -1) >= (place.get(itemId) ?? 0)) return false;
        }
      }
      const again = orderActions({ items: random.shuffle(items), order: random.shuffle(order) });
      return String(again.sequence) === String(sequence);
    });
  });
});

describe("a prerequisite that would close a cycle", () => {
  const rule = (id: number, itemId: number, needs: number[], changes: Partial<Prerequisite> = {}): Prerequisite => ({
    id,
    itemId,
    appliesWhen: "installed",
    quantifier: "all",
    requiredState: "installed",
    otherwise: "do-first",
    items: needs.map((needed) => ({ itemId: needed, minimumVersion: null, maximumVersion: null })),
    ...changes,
  });

  it.each<[string, Prerequisite[], Prerequisite, number[] | null]>([
    ["an item that needs itself", [], rule(1, 1, [1]), [1, 1]],
    ["two that need one another", [rule(1, 2, [1])], rule(2, 1, [2]), [1, 2, 1]],
    [
      "a longer way, the shortest told",
      [rule(1, 2, [3]), rule(2, 3, [4, 1]), rule(3, 4, [1])],
      rule(4, 1, [2]),
      [1, 2, 3, 1],
    ],
    ["none", [rule(1, 2, [3])], rule(2, 1, [2]), null],
    ["none, beside a cycle that exists elsewhere", [rule(1, 2, [3]), rule(2, 3, [2])], rule(3, 1, [2]), null],
    [
      "none: two that exclude one another",
      [rule(1, 2, [1], { requiredState: "uninstalled" })],
      rule(2, 1, [2], { requiredState: "uninstalled" }),
      null,
    ],
    [
      "uninstalling that needs uninstalling",
      [rule(1, 2, [1], { appliesWhen: "uninstalled", requiredState: "uninstalled" })],
      rule(2, 1, [2], { appliesWhen: "any", requiredState: "uninstalled" }),
      [1, 2, 1],
    ],
    ["the edge itself replaced by a harmless one", [rule(1, 2, [1]), rule(2, 1, [2])], rule(2, 1, [3]), null],
    ["any-of counts as well", [rule(1, 2, [1])], rule(2, 1, [2, 3], { quantifier: "any" }), [1, 2, 1]],
  ])("%s", (_name, stored, edge, path) => {
    expect(findCycle(stored, edge)).toEqual(path);
  });

  it("is found exactly when following the rules leads back to the item", { timeout: 60_000 }, () => {
    holdsForMany(5000, (random) => {
      const count = 1 + random.int(6);
      const rules = Array.from({ length: count }, (_, id) =>
        rule(id, 1 + random.int(5), [1 + random.int(5), 1 + random.int(5)].slice(random.int(2))),
      );
      const [edge, ...stored] = rules;
      if (edge === undefined) return false;
      const leadsBack = (from: number, seen: number[]): boolean =>
        from === edge.itemId ||
        (!seen.includes(from) &&
          rules.some(
            (next) => next.itemId === from && next.items.some((needed) => leadsBack(needed.itemId, [...seen, from])),
          ));
      const expected = edge.items.some((needed) => leadsBack(needed.itemId, []));
      return (findCycle(random.shuffle(stored), edge) !== null) === expected;
    });
  });
});
