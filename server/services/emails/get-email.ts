import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { emailEvents, emails } from "@/db/schema";
import { authorize, inVisibleTenants, isAllowed } from "../authorize";
import { notFound } from "../errors";
import { type Call, parseInput } from "../parse";

const input = z.strictObject({ emailId: z.uuid() });

/**
 * One mail as it was made, with what the provider told of it. Its links act in the recipient's name: who may only look
 * sees the mail with links that lead nowhere.
 */
export async function getEmail({ ctx, input: raw }: Call<typeof input>) {
  authorize(ctx, "read");
  const { emailId } = parseInput(input, raw);
  const [email] = await ctx.db
    .select()
    .from(emails)
    .where(and(eq(emails.id, emailId), inVisibleTenants(ctx, emails.tenantId)));
  if (!email) throw notFound("That e-mail");
  const events = await ctx.db
    .select({ id: emailEvents.id, type: emailEvents.type, at: emailEvents.at })
    .from(emailEvents)
    .where(eq(emailEvents.emailId, emailId))
    .orderBy(asc(emailEvents.at), asc(emailEvents.id));
  const shown = isAllowed(ctx, "operate") ? email : { ...email, ...withoutTokens(email) };
  return { ...shown, events };
}

const TOKEN = /(\/m\/)[\w-]+\.[\w-]+\.[\w-]+/g;

const withoutTokens = ({ html, plainText }: { html: string; plainText: string }) => ({
  html: html.replace(TOKEN, "$1hidden"),
  plainText: plainText.replace(TOKEN, "$1hidden"),
});
