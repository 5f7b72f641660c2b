import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { emailEvents, emails } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

const input = z.strictObject({ emailId: z.uuid() });

/** One mail as it was made, with what the provider told of it. */
export async function getEmail({ ctx, input: raw }: { ctx: ServiceContext; input: z.infer<typeof input> }) {
  authorize(ctx, "read");
  const { emailId } = input.parse(raw);
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
  return { ...email, events };
}
