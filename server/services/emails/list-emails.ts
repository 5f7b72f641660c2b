import { and, desc, eq, ilike, or, sql } from "drizzle-orm";
import { z } from "zod";
import { emails } from "@/db/schema";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";

export const emailStatuses = emails.status.enumValues;
export const emailKinds = emails.kind.enumValues;

const input = z.strictObject({
  /** The console's tenant switcher: that tenant and those below. */
  tenantId: z.number().int().nullish(),
  sessionId: z.number().int().nullish(),
  kind: z.enum(emailKinds).nullish(),
  status: z.enum(emailStatuses).nullish(),
  /** Part of the recipient's address or of the subject. */
  search: z.string().trim().max(200).nullish(),
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});

const columns = {
  id: emails.id,
  tenantId: emails.tenantId,
  sessionId: emails.sessionId,
  kind: emails.kind,
  recipient: emails.recipient,
  subject: emails.subject,
  status: emails.status,
  error: emails.error,
  createdAt: emails.createdAt,
  sentAt: emails.sentAt,
};

/** The outbox, newest first, a page at a time. `nextCursor` is null on the last page. */
export async function listEmails({ ctx, input: raw }: { ctx: ServiceContext; input: z.input<typeof input> }) {
  authorize(ctx, "read");
  const { tenantId, sessionId, kind, status, search, cursor, limit } = input.parse(raw);
  const after = cursor ? parseCursor(cursor) : null;
  const pattern = search ? `%${search.replace(/[\\%_]/g, "\\$&")}%` : null;
  const found = await ctx.db
    .select(columns)
    .from(emails)
    .where(
      and(
        inVisibleTenants(ctx, emails.tenantId, tenantId),
        sessionId ? eq(emails.sessionId, sessionId) : undefined,
        kind ? eq(emails.kind, kind) : undefined,
        status ? eq(emails.status, status) : undefined,
        pattern ? or(ilike(emails.recipient, pattern), ilike(emails.subject, pattern)) : undefined,
        after
          ? sql`(${emails.createdAt}, ${emails.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(emails.createdAt), desc(emails.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? `${last.createdAt.toISOString()}/${last.id}` : null };
}

export type EmailRow = Awaited<ReturnType<typeof listEmails>>["rows"][number];

function parseCursor(cursor: string) {
  const [createdAt, id] = cursor.split("/");
  const parsed = z.object({ createdAt: z.iso.datetime(), id: z.uuid() }).safeParse({ createdAt, id });
  if (!parsed.success)
    throw new ServiceError("bad-input", "That page of the outbox does not exist; start from the first.");
  return parsed.data;
}
