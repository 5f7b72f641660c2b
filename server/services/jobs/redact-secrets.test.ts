import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { createSecrets } from "@/server/ports/secrets";
import { redactSecrets } from "./redact-secrets";

const secrets = createSecrets(randomBytes(32).toString("base64"));
const redactorOf = (values: Record<string, string>) =>
  redactSecrets(secrets, secrets.encrypt(JSON.stringify({ step: values })));

it("cuts a secret out of every text, the longer one first, and leaves short ones be", () => {
  const redact = redactorOf({ A: "abcd", B: "abcdef", C: "ab" });
  expect(redact({ list: ["abcdef abcd ab"], number: 1, nothing: null })).toStrictEqual({
    list: ["•••• •••• ab"],
    number: 1,
    nothing: null,
  });
});

it("takes a secret as text, not as a pattern", () => {
  expect(redactorOf({ A: "a.*$&" })("xa.*$&x axxxx")).toBe("x••••x axxxx");
});

it("changes nothing where there is no secret", () => {
  const value = { a: ["b"] };
  expect(redactSecrets(secrets, null)(value)).toBe(value);
});
