import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { emails, tenants } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import { COUNT_LIMIT, listInput, matchesSearch, startPaging } from "../paging";
import { type Call, parseInput } from "../parse";

export const emailStatuses = emails.status.enumValues;
export const emailKinds = emails.kind.enumValues;

export const listEmailsInput = listInput(["createdAt"], {
  sessionId: z.number().int().positive().optional(),
  kind: z.array(z.enum(emailKinds)).optional(),
  status: z.array(z.enum(emailStatuses)).optional(),
});

const columns = {
  id: emails.id,
  tenantId: emails.tenantId,
  tenantName: tenants.name,
  sessionId: emails.sessionId,
  personId: emails.personId,
  kind: emails.kind,
  recipient: emails.recipient,
  subject: emails.subject,
  status: emails.status,
  error: emails.error,
  createdAt: emails.createdAt,
  sentAt: emails.sentAt,
};

/** The outbox, newest first. The search looks at recipients and subjects. */
export async function listEmails({ ctx, input: raw }: Call<typeof listEmailsInput>) {
  authorize(ctx, "read");
  const input = parseInput(listEmailsInput, raw);
  const sorts = { createdAt: emails.createdAt };
  const paging = startPaging(input, sorts, emails.id, { by: "createdAt", descending: true });
  const filter = and(
    inVisibleTenants(ctx, emails.tenantId, input.tenantId),
    input.sessionId === undefined ? undefined : eq(emails.sessionId, input.sessionId),
    input.kind?.length ? inArray(emails.kind, input.kind) : undefined,
    input.status?.length ? inArray(emails.status, input.status) : undefined,
    matchesSearch(input.search, emails.recipient, emails.subject),
  );
  const rows = await ctx.db
    .select({ ...columns, pageKey: paging.pageKey })
    .from(emails)
    .innerJoin(tenants, eq(tenants.id, emails.tenantId))
    .where(and(filter, paging.after))
    .orderBy(...paging.orderBy)
    .limit(paging.fetchLimit);
  const counted = ctx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(emails)
    .where(filter)
    .limit(COUNT_LIMIT + 1)
    .as("counted");
  return paging.finish(rows, await ctx.db.select({ n: sql<number>`count(*)::int` }).from(counted));
}
