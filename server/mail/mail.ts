import type { Env } from "@/server/env";
import type { Secrets } from "@/server/ports/secrets";
import { createMessageLinks, type MessageLinks } from "./links";
import type { MailProvider } from "./provider";
import { createResendProvider } from "./resend-provider";
import { createWebhookVerifier, type WebhookVerifier } from "./webhooks";

/** What services need to write to people; built once from the environment. */
export interface Mail {
  /** Where links in mails lead, without a slash at the end. */
  readonly publicUrl: string;
  /** `Name <address>` for tenants without a sender of their own. */
  readonly defaultSender: string;
  /** Null: none is set up; mails stay in the outbox as `kept`. */
  readonly provider: MailProvider | null;
  readonly links: MessageLinks;
  /** Null: the provider's webhooks are not expected. */
  readonly verifyWebhook: WebhookVerifier | null;
}

export function createMail(env: Env, secrets: Secrets): Mail {
  const address = env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST;
  return {
    publicUrl: (env.PUBLIC_URL ?? `http://${address}:${env.PORT}`).replace(/\/+$/, ""),
    defaultSender: env.MAIL_FROM,
    provider: env.RESEND_API_KEY ? createResendProvider(env.RESEND_API_KEY, env.RESEND_BASE_URL) : null,
    links: createMessageLinks(secrets.keyFor("message-links")),
    verifyWebhook: env.RESEND_WEBHOOK_SECRET ? createWebhookVerifier(env.RESEND_WEBHOOK_SECRET) : null,
  };
}
