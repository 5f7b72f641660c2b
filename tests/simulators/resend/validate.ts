/** What Resend says to a request it does not accept, as its SDK sees it. */
export interface ResendError {
  readonly statusCode: number;
  readonly name: string;
  readonly message: string;
}

export interface SentMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

const refuse = (statusCode: number, name: string, message: string): ResendError => ({ statusCode, name, message });
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** `Name <address>` or a bare address; null for anything else. */
export function addressIn(text: string): string | null {
  const address = /^(?:"(?:[^"\\]|\\.)*"|[^<>"]*)\s*<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return ADDRESS.test(address) ? address : null;
}

/** Checks the body of `POST /emails` as documented: required fields, addresses, tags, verified domains. */
export function readMail(body: unknown, verifiedDomains: readonly string[]): SentMail | ResendError {
  if (!isRecord(body)) return refuse(422, "validation_error", "The request body has to be an object.");
  const { from, to, subject, html, text, tags = [] } = body;
  for (const [field, value] of Object.entries({ from, to, subject })) {
    if (value === undefined) return refuse(422, "missing_required_field", `Missing \`${field}\` field.`);
  }
  if (typeof html !== "string" && typeof text !== "string") {
    return refuse(422, "missing_required_field", "Missing `html` or `text` field.");
  }
  const sender = typeof from === "string" ? addressIn(from) : null;
  if (typeof from !== "string" || sender === null) {
    return refuse(
      422,
      "invalid_from_address",
      "Invalid `from` field. Use `email@example.com` or `Name <email@example.com>`.",
    );
  }
  const recipients = Array.isArray(to) ? to : [to];
  const addresses = recipients.filter((each): each is string => typeof each === "string" && addressIn(each) !== null);
  if (addresses.length !== recipients.length || addresses.length === 0 || addresses.length > 50) {
    return refuse(422, "validation_error", "Invalid `to` field.");
  }
  if (typeof subject !== "string") return refuse(422, "validation_error", "Invalid `subject` field.");
  const readTags = Array.isArray(tags) ? tags.filter(isTag) : [];
  if (!Array.isArray(tags) || readTags.length !== tags.length) {
    return refuse(422, "validation_error", "Tags should only contain ASCII letters, numbers, underscores, or dashes.");
  }
  if (!verifiedDomains.includes(sender.split("@").at(-1) ?? "")) {
    return refuse(403, "validation_error", `The ${sender.split("@").at(-1)} domain is not verified.`);
  }
  return {
    from,
    to: addresses,
    subject,
    ...(typeof html === "string" ? { html } : {}),
    ...(typeof text === "string" ? { text } : {}),
    tags: readTags,
  };
}

export const isError = (answer: SentMail | ResendError): answer is ResendError => "statusCode" in answer;

const isTag = (tag: unknown): tag is { name: string; value: string } =>
  isRecord(tag) &&
  [tag.name, tag.value].every((part) => typeof part === "string" && part.length <= 256 && /^[\w-]+$/.test(part));
