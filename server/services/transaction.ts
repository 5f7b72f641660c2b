import type { Db } from "@/db/client";
import { outboxEvents } from "@/db/schema";
import type { EventName, EventPayloads } from "@/inngest/events";
import type { ServiceContext, Signal } from "./context";

/** A context whose `db` is a transaction, with what to do once it has committed. */
export interface TransactionContext extends ServiceContext {
  /**
   * Writes an event to the outbox in this transaction; it goes to the engine after the commit, at least once.
   * `id` is deterministic (`session/requested/17`), so that the engine ignores repeats.
   */
  emit<N extends EventName>(name: N, id: string, data: EventPayloads[N]): Promise<void>;
  /** Wakes other parts of the product after the commit. */
  signal(signal: Signal): void;
}

/** Runs `work` in one transaction, or in the caller's when there is one already. */
export async function withTransaction<T>(
  ctx: ServiceContext,
  work: (tx: TransactionContext) => Promise<T>,
): Promise<T> {
  if (isTransactionContext(ctx)) return work(ctx);
  const eventIds: string[] = [];
  const signals: Signal[] = [];
  const result = await ctx.db.transaction(async (transaction) => {
    const tx: TransactionContext = {
      ...ctx,
      db: transaction as Db,
      async emit(name, id, data) {
        await transaction
          .insert(outboxEvents)
          .values({ id, name, data, createdAt: ctx.clock.now() })
          .onConflictDoNothing();
        eventIds.push(id);
      },
      signal: (signal) => {
        signals.push(signal);
      },
    };
    return work(tx);
  });
  if (eventIds.length > 0 || signals.length > 0) ctx.afterCommit({ eventIds, signals });
  return result;
}

function isTransactionContext(ctx: ServiceContext): ctx is TransactionContext {
  return "emit" in ctx;
}
