import { expect, it } from "vitest";
import { adviseOnColor } from "./color-advice";

it.each([
  ["#0f6e6a", ["dark paper"]],
  ["#ffe600", ["white paper", "text on white"]],
  ["#000000", ["dark paper", "text on dark"]],
  ["#7a7a7a", ["text on white", "text on dark"]],
])("%s: says where it cannot be used as it is", (color, said) => {
  const advice = adviseOnColor(color).join(" ");
  for (const part of said) expect(advice).toContain(part);
});

it("has nothing to say of a colour that can be read on both papers", () => {
  expect(adviseOnColor("#767b80").filter((line) => line.includes("stands out"))).toEqual([]);
});
