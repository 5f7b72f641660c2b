import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMasker, MASK, maskText, secretTexts } from "./mask";

const inPieces = (pieces: readonly string[], secrets: readonly string[]) => {
  const masker = createMasker(secrets);
  return pieces.map((piece) => masker.push(piece)).join("") + masker.end();
};

describe("masking", () => {
  it.each([
    [["abc"], ["x abc y"], `x ${MASK} y`],
    [["abc"], ["x a", "b", "c y"], `x ${MASK} y`],
    [["abc"], ["ab", "x"], "abx"],
    [["abc", "abcdef"], ["abc", "def"], MASK],
    [["abc", "cde"], ["ab", "cd", "e!"], `${MASK}!`],
    [["aa"], ["aaa"], MASK],
    [["a\nb"], ["a", "\n", "b"], MASK],
    [[], ["abc"], "abc"],
  ])("with secrets %j turns %j into %j", (secrets, pieces, shown) => {
    expect(inPieces(pieces, secrets)).toBe(shown);
  });

  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });
  const secretList = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 4 }), {
    maxLength: 3,
  });

  it("is the same in pieces as whole", () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), secretList, (pieces, secrets) => {
        expect(inPieces(pieces, secrets)).toBe(maskText(pieces.join(""), secrets));
      }),
    );
  });

  it("hides exactly the characters that lie in a secret (oracle: marking character by character)", () => {
    fc.assert(
      fc.property(letters, secretList, (text, secrets) => {
        const hidden = new Set<number>();
        for (const secret of secrets) {
          for (let at = 0; at + secret.length <= text.length; at++) {
            if (text.slice(at, at + secret.length) === secret)
              for (let i = 0; i < secret.length; i++) hidden.add(at + i);
          }
        }
        const visible = [...text].filter((_, index) => !hidden.has(index)).join("");
        expect(maskText(text, secrets).replaceAll(MASK, "")).toBe(visible);
      }),
    );
  });

  it("takes secrets from text, numbers and each element of a list; not from empty, null or boolean values", () => {
    const parameters = { a: "pass word", b: 1234, c: ["x1", "y2"], d: null, e: true, f: "", open: "not secret" };
    expect(secretTexts({ parameters, secretParameters: ["a", "b", "c", "d", "e", "f", "gone"] }).toSorted()).toEqual(
      ["pass word", "1234", "x1", "y2", '["x1","y2"]'].toSorted(),
    );
  });
});
