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
  /** Many events of one name with one statement; for work on sets. */
  emitMany<N extends EventName>(
    name: N,
    entries: readonly { readonly id: string; readonly data: EventPayloads[N] }[],
  ): Promise<void>;
  /** Wakes other parts of the product after the commit. */
  signal(signal: Signal): void;
}

const EVENTS_PER_INSERT = 1000;

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
      emit: (name, id, data) => tx.emitMany(name, [{ id, data }]),
      async emitMany(name, entries) {
        const createdAt = ctx.clock.now();
        for (let start = 0; start < entries.length; start += EVENTS_PER_INSERT) {
          const part = entries.slice(start, start + EVENTS_PER_INSERT);
          await transaction
            .insert(outboxEvents)
            .values(part.map(({ id, data }) => ({ id, name, data, createdAt })))
            .onConflictDoNothing();
        }
        eventIds.push(...entries.map(({ id }) => id));
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
