import type { ErrorResponse, Resend } from "resend";
import type { MailProvider, SendOutcome } from "./provider";

const REQUEST_TIMEOUT_MS = 20_000;
const SHORT_WAIT_SECONDS = 30;
/** Quotas are renewed once a day or a month; asking more often gains nothing. */
const QUOTA_WAIT_SECONDS = 3600;

/** Mails through Resend. `baseUrl` is for a simulator or a proxy. */
export function createResendProvider(apiKey: string, baseUrl?: string): MailProvider {
  let client: Promise<Resend> | undefined;
  return {
    async send(mail) {
      client ??= import("resend").then(({ Resend }) => new Resend(apiKey, baseUrl ? { baseUrl } : undefined));
      const { data, error, headers } = await (await client).emails.send(
        {
          from: mail.sender,
          to: mail.recipient,
          subject: mail.subject,
          html: mail.html,
          text: mail.plainText,
          tags: Object.entries(mail.tags).map(([name, value]) => ({ name, value })),
        },
        { idempotencyKey: mail.idempotencyKey, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) },
      );
      return error ? outcomeOfError(error, headers) : { kind: "sent", providerId: data.id };
    },
  };
}

/**
 * Which of Resend's errors pass by themselves. Source: Resend, API reference, errors. A name that is not known is judged
 * by its status: 429, 5xx and no answer at all pass, anything else does not.
 */
export function outcomeOfError(
  error: Pick<ErrorResponse, "message" | "statusCode"> & { name: string },
  headers: Readonly<Record<string, string>> | null,
): SendOutcome {
  const reason = `${error.name}: ${error.message}`;
  switch (error.name) {
    case "daily_quota_exceeded":
    case "monthly_quota_exceeded":
      return { kind: "later", reason, waitSeconds: QUOTA_WAIT_SECONDS };
    case "rate_limit_exceeded":
    case "concurrent_idempotent_requests":
      return { kind: "later", reason, waitSeconds: retryAfterSeconds(headers) ?? 1 };
    case "application_error":
    case "internal_server_error":
      return { kind: "later", reason, waitSeconds: retryAfterSeconds(headers) ?? SHORT_WAIT_SECONDS };
  }
  const status = error.statusCode;
  const passes = status === null || status === undefined || status === 429 || status >= 500;
  return passes
    ? { kind: "later", reason, waitSeconds: retryAfterSeconds(headers) ?? SHORT_WAIT_SECONDS }
    : { kind: "refused", reason };
}

function retryAfterSeconds(headers: Readonly<Record<string, string>> | null): number | null {
  const text = headers?.["retry-after"] ?? headers?.["ratelimit-reset"];
  const seconds = Number(text);
  return text === undefined || !Number.isFinite(seconds) || seconds < 0 ? null : Math.ceil(seconds);
}
