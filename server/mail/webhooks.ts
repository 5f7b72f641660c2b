import { createHmac, timingSafeEqual } from "node:crypto";

/** The three headers of a signed webhook, as they came. */
export interface WebhookHeaders {
  readonly id: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
}

export type VerifiedWebhook =
  | { readonly kind: "ok"; readonly id: string }
  | { readonly kind: "unsigned" | "forged" | "too-old" };

export type WebhookVerifier = (rawBody: string, headers: WebhookHeaders, now: Date) => VerifiedWebhook;

const TOLERANCE_SECONDS = 5 * 60;

/**
 * Checks a webhook as Svix signs it for Resend: base64 HMAC-SHA256 over `id.timestamp.body`, keyed with the base64 of
 * the secret after `whsec_`. `svix-signature` may hold several, while a secret is being rotated. What is older or newer
 * than five minutes is refused, so that one caught on its way cannot be played again later.
 */
export function createWebhookVerifier(secret: string): WebhookVerifier {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (key.length === 0) throw new Error("RESEND_WEBHOOK_SECRET is not a signing secret; it starts with whsec_.");
  return (rawBody, { id, timestamp, signature }, now) => {
    if (!id || !timestamp || !signature) return { kind: "unsigned" };
    const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${rawBody}`).digest();
    const signed = signature.split(" ").some((each) => {
      const [version, value] = each.split(",");
      const given = Buffer.from(value ?? "", "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (!signed) return { kind: "forged" };
    const ageSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp));
    return ageSeconds <= TOLERANCE_SECONDS ? { kind: "ok", id } : { kind: "too-old" };
  };
}
