import { expect, it } from "vitest";
import { framedMail } from "./framed-mail";

it.each([
  ["<html><head><title>x</title></head><body>a</body></html>", /<head><base target="_blank">.*<title>x/],
  ['<HTML><HEAD lang="de"></HEAD><body>a</body></HTML>', /<HEAD lang="de"><base target="_blank">.*<\/HEAD>/],
  ["<p>no head</p>", /^<base target="_blank">.*<p>no head<\/p>$/],
  ["<header>not a head</header>", /^<base target="_blank">.*<header>/],
])("links of %s open in a tab of their own, and nothing but pictures loads", (html, expected) => {
  const framed = framedMail(html, "light");
  expect(framed).toMatch(expected);
  expect(framed).toContain("default-src 'none'");
});

it("shows the look that is asked for, whatever the browser prefers", () => {
  const html = "<head><style>@media (prefers-color-scheme: dark) { p { color: white } }</style></head>";
  expect(framedMail(html, "dark")).toContain("@media all {");
  expect(framedMail(html, "light")).toContain("@media not all {");
});
