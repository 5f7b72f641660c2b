import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, eventKeys, holds, matchOf, parseExpression } from ".";

const event = {
  name: "a/b",
  data: { n: 3, s: "x", list: [1, "two", null], deep: { "odd key": true }, zero: 0, no: false },
};

describe("an expression's value", () => {
  it.each<[string, unknown]>([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["10 - 4 - 3", 3],
    ["7 % 4 / 2", 1.5],
    ["-event.data.n", -3],
    ["event.data.n >= 3 && event.data.n < 4", true],
    ["false || true && false", false],
    ["!event.data.no", true],
    ["event.data.s + '-' + event.data.n", "x-3"],
    ["event.data.s + event.data.missing", "x"],
    ["event.data.list[1]", "two"],
    ["event.data.list[9]", null],
    ["event.data['deep']['odd key']", true],
    ["event.data.missing.deeper.still", null],
    ["event.data.missing == null", true],
    ["event.data.zero == false", false],
    ["'3' == event.data.n", false],
    ["event.data.list == [1, 'two', null]", true],
    ["'two' in event.data.list", true],
    ["'odd key' in event.data.deep", true],
    ["has(event.data.s) && !has(event.data.t)", true],
    ["size(event.data.list) + size(event.data.s) + size(event.data.deep)", 5],
    ["event.data.s.startsWith('x') ? 'yes' : 'no'", "yes"],
    ["event.name.contains('/') && event.name.endsWith('b')", true],
    ["int('42') + 1", 43],
    ["string(event.data.n) == '3'", true],
    ["true ? 1 : false ? 2 : 3", 1],
    ["'it\\'s \\\"so\\\"\\n'", 'it\'s "so"\n'],
    ["1.5e3", 1500],
    ["'a' < 'b' && 'a' < 1", false],
  ])("%s", (text, value) => {
    expect(evaluate(parseExpression(text), { event })).toEqual(value);
  });
});

describe("an expression that is not supported", () => {
  it.each([
    ["", "it ends too early"],
    ["event.data.", "it ends too early"],
    ["event.data.a ==", "it ends too early"],
    ["event.data.a = 1", 'unexpected "=" at character 14'],
    ["event.data.a == 1 2", 'unexpected "2" at character 19'],
    ["(event.data.a", "it ends too early"],
    ["steps.a == 1", "`steps` is not known"],
    ["event.data.a.matches('x')", "the function `matches()` is not known"],
    ["size()", "wrong number of arguments"],
    ["'open", 'unexpected "\'" at character 1'],
    ["event.data.a & 1", 'unexpected "&"'],
  ])("is refused with the place and the reason: %s", (text, reason) => {
    expect(() => parseExpression(text)).toThrow(reason);
    expect(() => parseExpression(text)).toThrow(`\`${text}\``);
  });
});

describe("operators", () => {
  /** The same tree as our text and as JavaScript's, both with every parenthesis, or with ours left out where CEL needs none. */
  type Tree = { ours: string; bare: string; theirs: string; level: number };
  const number = fc
    .integer({ min: 0, max: 9 })
    .map((n): Tree => ({ ours: `${n}`, bare: `${n}`, theirs: `${n}`, level: 9 }));
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      number,
      fc
        .tuple(tie("tree"), fc.constantFrom(["+", 4], ["-", 4], ["*", 5]), tie("tree"))
        .map(([left, [operator, level], right]): Tree => {
          const wrap = (side: Tree, lowest: number) => (side.level < lowest ? `(${side.bare})` : side.bare);
          return {
            ours: `(${left.ours} ${operator} ${right.ours})`,
            bare: `${wrap(left, Number(level))} ${operator} ${wrap(right, Number(level) + 1)}`,
            theirs: `(${left.theirs} ${operator} ${right.theirs})`,
            level: Number(level),
          };
        }),
    ),
  }));

  it("bind and group as JavaScript's do", () => {
    fc.assert(
      fc.property(tree, ({ ours, bare, theirs }) => {
        const expected: unknown = new Function(`return ${theirs}`)();
        expect(evaluate(parseExpression(ours), { event })).toBe(expected);
        expect(evaluate(parseExpression(bare), { event })).toBe(expected);
      }),
    );
  });
});

describe("the key an index finds a wait by", () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const name = fc.constantFrom("a", "b", "c");
  const data = fc.dictionary(name, fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 3 })));
  const part = fc.oneof(
    fc.tuple(name, name).map(([left, right]) => `event.data.${left} == async.data.${right}`),
    fc.tuple(name, fc.integer()).map(([left, n]) => `async.data.${left} == ${Math.abs(n)}`),
    name.map((each) => `has(async.data.${each})`),
    fc.tuple(name, fc.nat(2)).map(([each, index]) => `async.data.${each}[${index}] == event.data.a`),
  );

  it("is among the event's keys whenever the condition holds, and says all when it is exact", () => {
    fc.assert(
      fc.property(data, data, fc.array(part, { minLength: 1, maxLength: 3 }), (ours, theirs, parts) => {
        const expression = parseExpression(parts.join(" && "));
        const trigger = JSON.parse(JSON.stringify({ data: ours }));
        const arriving = JSON.parse(JSON.stringify({ data: theirs }));
        const match = matchOf(expression, trigger);
        const isFound = eventKeys(arriving).includes(match.key);
        const isMeant = holds(expression, { event: trigger, async: arriving });
        if (isMeant) expect(isFound).toBe(true);
        if (match.exact && isFound) expect(isMeant).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["event.data.s == async.data.s", '["data","s","x"]', true],
    ["async.data.job == 7 && async.data.exit > 0", '["data","job",7]', false],
    ["async.data.exit > 0", "", false],
    ["async.data.a == event.data.missing", "", false],
    ["async.data.a == async.data.b", "", false],
    ["async.data.a == 1 || async.data.b == 1", "", false],
  ])("%s → %s", (text, key, exact) => {
    expect(matchOf(parseExpression(text), event)).toEqual({ key, exact });
  });

  it("stays short enough for an index", () => {
    const match = matchOf(parseExpression("async.data.x == event.data.s"), { data: { s: "x".repeat(10_000) } });
    expect(match.key.length).toBeLessThan(100);
    expect(eventKeys({ data: { x: "x".repeat(10_000) } })).toContain(match.key);
  });
});
