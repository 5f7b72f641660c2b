import { expect, it } from "vitest";
import { framedMail } from "./framed-mail";

it.each([
  ["<html><head><title>x</title></head><body>a</body></html>", /<head><base target="_blank">.*<title>x/],
  ['<HTML><HEAD lang="de"></HEAD><body>a</body></HTML>', /<HEAD lang="de"><base target="_blank">.*<\/HEAD>/],
  ["<p>no head</p>", /^<base target="_blank">.*<p>no head<\/p>$/],
  ["<header>not a head</header>", /^<base target="_blank">.*<header>/],
])("links of %s open in a tab of their own, and nothing but pictures loads", (html, expected) => {
  const framed = framedMail(html);
  expect(framed).toMatch(expected);
  expect(framed).toContain("default-src 'none'");
});
