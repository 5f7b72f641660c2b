import * as fc from "fast-check";
import { expect, it } from "vitest";
import { accentFor, contrast, DARK_PAPER, DEFAULT_ACCENT, LIGHT_PAPER } from "./accent";

const color = fc
  .tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 255 })))
  .map((rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`);

it("contrast agrees with the ratios that WCAG's own examples give", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

it("whatever accent a tenant chooses, everything written in it or on it can be read", () => {
  fc.assert(
    fc.property(color, (chosen) => {
      const accent = accentFor(chosen);
      expect(accent.fill).toBe(chosen);
      for (const [ink, paper] of [
        [accent.ink, accent.fill],
        [accent.onLight, LIGHT_PAPER],
        [accent.onDark, DARK_PAPER],
      ] as const) {
        expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});

it.each([null, "red", "#fff", "#12345", "#gggggg", "#123456;background:url(x)"])(
  "%s is no colour: the product's own accent stands",
  (wrong) => {
    expect(accentFor(wrong).fill).toBe(DEFAULT_ACCENT);
  },
);
