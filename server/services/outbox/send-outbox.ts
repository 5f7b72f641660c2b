import { asc, inArray } from "drizzle-orm";
import { z } from "zod";
import { outboxEvents } from "@/db/schema";
import { inngest } from "@/inngest/client";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";

const input = z.strictObject({ ids: z.array(z.string()).readonly().optional() });
const BATCH_SIZE = 500;

/**
 * Hands events that were committed to the durable-function engine and removes them. Called after each commit with the
 * ids it wrote, and at the start and by a rare sweep without ids, for what a killed process left. Sending twice is
 * harmless: the engine knows event ids.
 */
export async function sendOutbox({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.infer<typeof input>;
}): Promise<number> {
  authorizeSystem(ctx);
  const { ids } = input.parse(raw);
  let sent = 0;
  for (;;) {
    const waiting = await ctx.db
      .select()
      .from(outboxEvents)
      .where(ids === undefined ? undefined : inArray(outboxEvents.id, ids))
      .orderBy(asc(outboxEvents.createdAt), asc(outboxEvents.id))
      .limit(BATCH_SIZE);
    if (waiting.length === 0) return sent;
    await inngest.send(
      waiting.map((event) => ({
        id: event.id,
        name: event.name,
        data: event.data as Record<string, unknown>,
        ts: event.createdAt.getTime(),
      })),
    );
    await ctx.db.delete(outboxEvents).where(
      inArray(
        outboxEvents.id,
        waiting.map((event) => event.id),
      ),
    );
    sent += waiting.length;
  }
}
