import { describe, expect, it } from "vitest";
import { readEnv } from "@/server/env";
import { allowedTenantIds } from "./entra";
import { requestAddress } from "./request-address";
import { safeReturn } from "./safe-return";

it.each([
  ["/computers/7?tab=software#top", "/computers/7?tab=software#top"],
  ["/", "/"],
  ["https://evil.test/", "/"],
  ["//evil.test", "/"],
  ["/\\evil.test", "/"],
  ["/%2Fevil.test", "/%2Fevil.test"],
  ["/..//evil.test", "/"],
  ["\t//evil.test", "/"],
  ["javascript:alert(1)", "/"],
  [undefined, "/"],
])("after signing in %j leads to %s", (wanted, expected) => {
  expect(safeReturn(wanted)).toBe(expected);
});

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["1.1.1.1, 203.0.113.9", "203.0.113.9"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["nonsense", null],
])("x-forwarded-for %j comes from %s", (header, expected) => {
  expect(requestAddress(new Headers({ "x-forwarded-for": header }))).toBe(expected);
});

describe("directories whose people may sign in", () => {
  const entra = (issuer: string, tenants = "") =>
    allowedTenantIds(
      readEnv({
        AUTH_MICROSOFT_ENTRA_ID_ID: "id",
        AUTH_MICROSOFT_ENTRA_ID_SECRET: "secret",
        AUTH_MICROSOFT_ENTRA_ID_ISSUER: issuer,
        AUTH_MICROSOFT_ENTRA_ID_TENANTS: tenants,
      }),
    );
  it("is the issuer's own", () => {
    expect(entra("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0", "other")).toEqual([
      "11111111-2222-3333-4444-555555555555",
    ]);
  });
  it("is the list where the issuer stands for any, and nobody where there is none", () => {
    expect(entra("https://login.microsoftonline.com/organizations/v2.0", "a, b;c")).toEqual(["a", "b", "c"]);
    expect(entra("https://login.microsoftonline.com/common/v2.0")).toEqual([]);
  });
});
