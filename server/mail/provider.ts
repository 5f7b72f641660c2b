/** A mail as it stands in the outbox; sent as it is, so that repeating it under the same key is the same request. */
export interface OutgoingMail {
  readonly idempotencyKey: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly html: string;
  readonly plainText: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the provider made of it. */
export type SendOutcome =
  | { readonly kind: "sent"; readonly providerId: string }
  /** Worth repeating with the same key after `waitSeconds`. */
  | { readonly kind: "later"; readonly reason: string; readonly waitSeconds: number }
  /** The same request will never go through. */
  | { readonly kind: "refused"; readonly reason: string };

/** Whoever delivers mails. Never throws for what the provider answers. */
export interface MailProvider {
  send(mail: OutgoingMail): Promise<SendOutcome>;
}
