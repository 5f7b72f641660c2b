import { createHmac, randomUUID } from "node:crypto";

export interface WebhookEvent {
  readonly type: string;
  readonly created_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SignedWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A webhook as Svix signs it for Resend: `whsec_` and base64 is the secret, the signature covers id, time and body. */
export function signWebhook(
  secret: string,
  event: WebhookEvent,
  { id = `msg_${randomUUID()}`, at }: { id?: string; at: Date },
): SignedWebhook {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    body,
    headers: {
      "content-type": "application/json",
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": `v1,${signature}`,
    },
  };
}
