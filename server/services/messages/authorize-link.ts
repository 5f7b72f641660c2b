import { eq } from "drizzle-orm";
import { messageLinks, people, sessions } from "@/db/schema";
import { digestRecipient, type MessageLink } from "@/server/mail/links";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";

/** One who holds a link, and the context in which they act: as themselves, on this session only. */
export interface LinkHolder {
  readonly kind: "ok";
  readonly ctx: ServiceContext;
  readonly link: MessageLink;
  readonly recipient: string;
  readonly personId: number | null;
  readonly locale: string | null;
  readonly timeZone: string | null;
}

/** Why a link opens nothing. `unknown`: signed here, but its session is gone. */
export type RefusedLink = { readonly kind: "expired" | "tampered" | "unknown" };

const LONGEST_TOKEN = 2_000;

/** Turns a link's token into the one who holds it. The token is the whole authority; no sign-in stands behind it. */
export async function authorizeLink(ctx: ServiceContext, token: string): Promise<LinkHolder | RefusedLink> {
  authorizeSystem(ctx);
  if (token.length > LONGEST_TOKEN) return { kind: "tampered" };
  const verified = await ctx.mail.links.verify(token, ctx.clock.now());
  if (verified.kind !== "ok") return verified;
  const { link } = verified;
  const [row] = await ctx.db
    .select({
      sessionId: messageLinks.sessionId,
      recipient: messageLinks.recipient,
      personId: messageLinks.personId,
      tenantId: sessions.tenantId,
      name: people.displayName,
      locale: people.language,
      timeZone: people.timeZone,
    })
    .from(messageLinks)
    .innerJoin(sessions, eq(sessions.id, messageLinks.sessionId))
    .leftJoin(people, eq(people.id, messageLinks.personId))
    .where(eq(messageLinks.id, link.linkId));
  if (row?.sessionId !== link.sessionId || digestRecipient(row.recipient) !== link.recipientDigest) {
    return { kind: "unknown" };
  }
  const { tenantId, personId, locale, timeZone } = row;
  const actor = { kind: "recipient", linkId: link.linkId, name: row.name ?? row.recipient, tenantId } as const;
  return { kind: "ok", ctx: { ...ctx, actor }, link, recipient: row.recipient, personId, locale, timeZone };
}
