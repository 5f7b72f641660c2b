import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createMessageLinks, digestRecipient, type MessageLink } from "./links";

const links = createMessageLinks(new Uint8Array(32).fill(7));
const expiresAt = new Date("2026-12-01T00:00:00Z");
const now = new Date("2026-11-23T12:00:00Z");
const link: MessageLink = {
  linkId: "2b1d4a0e-6f3c-4d57-9a54-0d2f9d7f1c11",
  sessionId: 17,
  recipientDigest: digestRecipient("Ann@Contoso.example"),
  purpose: "plan",
  expiresAt,
};

it("a token tells what was signed, until its last second", async () => {
  const token = await links.sign(link);
  expect(await links.verify(token, now)).toEqual({ kind: "ok", link });
  expect((await links.verify(token, new Date(expiresAt.getTime() - 1000))).kind).toBe("ok");
  expect((await links.verify(token, expiresAt)).kind).toBe("expired");
});

it("a token carries no address", async () => {
  const [, claims = ""] = (await links.sign(link)).split(".");
  expect(Buffer.from(claims, "base64url").toString()).not.toMatch(/contoso/i);
  expect(digestRecipient("ann@contoso.EXAMPLE")).toBe(link.recipientDigest);
});

it("any one character changed, left out or added opens nothing", async () => {
  const token = await links.sign(link);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(token.length - 1),
      fc.constantFrom(..."ABCDwxyz0189-_.~ %"),
      fc.constantFrom("change", "insert", "remove"),
      async (at, character, how) => {
        const head = token.slice(0, at);
        const tail = token.slice(how === "insert" ? at : at + 1);
        const wrong = how === "remove" ? head + tail : head + character + tail;
        fc.pre(wrong !== token && decoded(wrong) !== decoded(token));
        expect((await links.verify(wrong, now)).kind).toBe("tampered");
      },
    ),
    { numRuns: 300 },
  );
});

/** Two spellings of the same bytes are the same token: the last character of a part may carry unused bits. */
const decoded = (token: string) =>
  token
    .split(".")
    .map((part) => (/^[\w-]*$/.test(part) ? Buffer.from(part, "base64url").toString("hex") : part))
    .join(".");

it("a token without signature, or of another algorithm, opens nothing", async () => {
  const [, claims = "", signature = ""] = (await links.sign(link)).split(".");
  for (const header of ['{"alg":"none"}', '{"alg":"HS512"}', '{"alg":"RS256"}']) {
    const head = Buffer.from(header).toString("base64url");
    for (const end of ["", signature]) {
      expect((await links.verify(`${head}.${claims}.${end}`, now)).kind).toBe("tampered");
    }
  }
});

it("another key's token opens nothing", async () => {
  const foreign = await createMessageLinks(new Uint8Array(32).fill(8)).sign(link);
  expect((await links.verify(foreign, now)).kind).toBe("tampered");
});
