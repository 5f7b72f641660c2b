import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import { choosePrimaryPerson } from "./affinity";

const people = [
  { id: 1, upn: "ada@contoso.com" },
  { id: 2, upn: "Bob@Contoso.com" },
];
const [ada, bob, admin] = ["ada@contoso.com", "bob@contoso.com", "admin@msp.com"];
const choose = (upns: string[], pinned: number | null = null) => choosePrimaryPerson({ upns, people, pinned });

describe("the primary person", () => {
  it.each<[string, string[], number | null, string]>([
    ["the most frequent", [ada, bob, bob], 2, "bob@contoso.com was signed in 2 of the last 3 times."],
    ["the newest wins a tie", [bob, ada, ada, bob], 2, "bob@contoso.com was signed in 2 of the last 4 times."],
    ["one sighting", [ada], 1, "ada@contoso.com was signed in 1 of the last 1 times."],
    ["case does not matter", ["ADA@contoso.COM", ada, bob], 1, "ADA@contoso.COM was signed in 2 of the last 3 times."],
    ["nobody seen", [], null, "Nobody was seen signed in yet."],
    [
      "someone of no tenant here",
      [admin, admin, ada],
      null,
      "admin@msp.com was signed in 2 of the last 3 times, and is nobody of this tenant.",
    ],
    [
      "only ten count",
      [...Array(5).fill(bob), ...Array(5).fill(ada), ada, ada],
      2,
      "bob@contoso.com was signed in 5 of the last 10 times.",
    ],
  ])("%s", (_name, upns, personId, sentence) => {
    expect(choose(upns)).toMatchObject({ personId, sentence, counted: upns.slice(0, 10) });
  });

  it("that is pinned is never replaced", () => {
    expect(choose([bob, bob, bob], 1)).toMatchObject({
      personId: 1,
      sentence: "The primary person was pinned by hand.",
    });
    expect(choose([], 77).personId).toBe(77);
  });

  it("is whoever counting by hand finds", () => {
    holdsForMany(2000, (random) => {
      const upns = Array.from({ length: random.int(14) }, () => random.pick([ada, bob, admin, "BOB@contoso.com"]));
      const ten = upns.slice(0, 10).map((upn) => upn.toLowerCase());
      const ranked = [ada, bob, admin]
        .map((upn) => ({ upn, times: ten.filter((seen) => seen === upn).length, newest: ten.indexOf(upn) }))
        .filter((entry) => entry.times > 0)
        .sort((a, b) => b.times - a.times || a.newest - b.newest);
      const expected = { [ada]: 1, [bob]: 2 }[ranked[0]?.upn ?? ""] ?? null;
      return choose(upns).personId === expected;
    });
  });
});
