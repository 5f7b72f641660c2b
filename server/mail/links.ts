import { createHash } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

export type LinkPurpose = "plan" | "result";

/** What a link in a mail is bound to. `linkId` is the row in `message_links`. */
export interface MessageLink {
  readonly linkId: string;
  readonly sessionId: number;
  /** {@link digestRecipient}: addresses do not belong into the logs that URLs end up in. */
  readonly recipientDigest: string;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
}

export type VerifiedLink =
  | { readonly kind: "ok"; readonly link: MessageLink }
  /** Signed here, but its time is over. */
  | { readonly kind: "expired" }
  /** Not signed here, changed on its way, or no token at all. */
  | { readonly kind: "tampered" };

export interface MessageLinks {
  sign(link: MessageLink): Promise<string>;
  verify(token: string, now: Date): Promise<VerifiedLink>;
}

const ISSUER = "evenkeel/message-links";
const claims = z.object({
  jti: z.uuid(),
  sub: z.string().min(1),
  sid: z.number().int(),
  for: z.enum(["plan", "result"]),
  exp: z.number().int(),
});

export const digestRecipient = (address: string) =>
  createHash("sha256").update(address.toLowerCase()).digest("base64url").slice(0, 22);

/** Signs and checks the tokens of links in mails: JWT, HS256, never stored. Links die with the key. */
export function createMessageLinks(key: Uint8Array): MessageLinks {
  return {
    sign: (link) =>
      new SignJWT({ sid: link.sessionId, for: link.purpose })
        .setProtectedHeader({ alg: "HS256" })
        .setIssuer(ISSUER)
        .setJti(link.linkId)
        .setSubject(link.recipientDigest)
        .setExpirationTime(link.expiresAt)
        .sign(key),

    async verify(token, now) {
      // Decoders forgive white space; a token is taken as it was made or not at all.
      if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return { kind: "tampered" };
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ["HS256"],
          issuer: ISSUER,
          requiredClaims: ["exp", "jti", "sub"],
          currentDate: now,
        });
        const parsed = claims.safeParse(payload);
        if (!parsed.success) return { kind: "tampered" };
        const { jti, sub, sid, for: purpose, exp } = parsed.data;
        const link = { linkId: jti, sessionId: sid, recipientDigest: sub, purpose, expiresAt: new Date(exp * 1000) };
        return { kind: "ok", link };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { kind: "expired" };
        if (error instanceof errors.JOSEError || error instanceof SyntaxError) return { kind: "tampered" };
        throw error;
      }
    },
  };
}
