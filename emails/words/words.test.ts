import { describe, expect, it } from "vitest";
import { type ChangeResult, changeKinds, changeResults } from "../maintenance";
import { samplePlan } from "../samples";
import { wordsFor } from "./words-for";

const en = wordsFor("en");
const de = wordsFor("de");

it.each([
  ["de", "de"],
  ["DE-at", "de"],
  ["de_CH", "de"],
  ["en-US", "en"],
  ["fr", "en"],
  ["", "en"],
  [null, "en"],
])("whose locale is %s is written to in %s", (locale, language) => {
  expect(wordsFor(locale).language).toBe(language);
});

/** Every sentence of a language by its place, functions called with the same sample. */
function sentences(words: object, path = ""): [string, string][] {
  const { computer } = samplePlan;
  const samples: Record<string, unknown[]> = {
    changeTitle: [{ kind: "install", name: "Git" }],
    changeDetail: [{ kind: "update", name: "Git", fromVersion: "1", toVersion: "2" }],
    andMore: [3],
    computerLine: [computer, "contact"],
    allowance: [{ timesLeft: 2, latest: "X" }],
    why: [computer, "contact", "Harbour IT"],
    "before.headline": [4, computer, "primary", "X"],
    "after.subject": ["PC", 1, 4],
    "after.headline": [1, 4, computer, "primary"],
    "page.starting.headline": [computer, "primary"],
    "page.waitingForComputer.headline": [computer],
    "page.begun.headline": [computer, "primary"],
    "postponed.line": [4],
  };
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const place = path ? `${path}.${name}` : name;
    if (typeof value === "string") return [[place, value]];
    if (typeof value === "function") return [[place, String(value(...(samples[place] ?? ["X", "Y"])))]];
    return value === null ? [[place, ""]] : sentences(value, place);
  });
}

describe("German", () => {
  it("says everything that English says, and says it in German", () => {
    const [english, german] = [sentences(en), sentences(de)];
    expect(german.map(([place]) => place)).toEqual(english.map(([place]) => place));
    const same = english.filter(([place, text]) => text !== "" && new Map(german).get(place) === text);
    // A word that both languages have.
    expect(same).toEqual([["labels.where", "Computer"]]);
  });
});

describe("counts and allowances", () => {
  it.each([
    [0, "It cannot be postponed any further."],
    [1, "You can postpone once, until Friday at the latest. Then it runs."],
    [2, "You can postpone twice, until Friday at the latest. Then it runs."],
    [3, "You can postpone three times, until Friday at the latest. Then it runs."],
    [20, "You can postpone 20 times, until Friday at the latest. Then it runs."],
  ])("%i", (timesLeft, said) => {
    expect(en.allowance({ timesLeft, latest: "Friday" })).toBe(said);
  });

  it.each([
    [1, "One change on your computer, X", "Eine Änderung an Ihrem Computer, X"],
    [12, "Twelve changes on your computer, X", "Zwölf Änderungen an Ihrem Computer, X"],
    [13, "13 changes on your computer, X", "13 Änderungen an Ihrem Computer, X"],
  ])("%i", (n, english, german) => {
    const args = [n, samplePlan.computer, "primary", "X"] as const;
    expect([en.before.headline(...args), de.before.headline(...args)]).toEqual([english, german]);
  });
});

it("every kind of change and every result has words in every language", () => {
  for (const words of [en, de]) {
    for (const kind of changeKinds) expect(words.changeTitle({ kind, name: "7-Zip" })).toContain("7-Zip");
    for (const result of changeResults satisfies readonly ChangeResult[]) {
      expect(words.results[result].short).not.toBe("");
    }
  }
});
