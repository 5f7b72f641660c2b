import { sql } from "drizzle-orm";
import { createBatcher } from "./batcher";
import type { EngineContext } from "./context";
import { NEWS_CHANNEL } from "./link";
import { prepareEvent, routeEvent } from "./prepare";
import { insertEvents, type Outgoing, publishIn } from "./propagate";
import { findMatches } from "./store/arrivals";
import { inTransaction } from "./transaction";
import type { EventInput, Executor } from "./types";

export interface Publisher {
  send(
    events: readonly EventInput[],
    options?: { tx?: Executor | undefined; seed?: string | undefined },
  ): Promise<string[]>;
  /** Stores events with runs already routed. */
  publish(outgoing: readonly Outgoing[]): Promise<string[]>;
}

const MOST_EVENTS_A_BATCH = 500;

export function createPublisher(engine: EngineContext): Publisher {
  const publishOne = createBatcher<Outgoing[], string[]>(
    async (batch) => {
      const ids = await publishAll(batch.flat());
      let end = 0;
      return batch.map((outgoing) => {
        end += outgoing.length;
        return ids.slice(end - outgoing.length, end);
      });
    },
    { maxItems: MOST_EVENTS_A_BATCH },
  );

  async function publishAll(outgoing: Outgoing[]): Promise<string[]> {
    const events = outgoing.map(({ prepared }) => prepared.event);
    const matches = await findMatches(engine.db, events, engine.nowMs());
    // Nothing waits for them, as is usual: one statement says it all, and needs no transaction around it.
    if (matches.length === 0) return insert(engine.db, outgoing);
    const { ids, after } = await inTransaction(engine.db, (tx) => publishIn(engine, tx, outgoing));
    after();
    return ids;
  }

  async function insert(db: Executor, outgoing: Outgoing[]): Promise<string[]> {
    const result = await insertEvents(engine, db, outgoing);
    if (result.runs > 0) engine.wake();
    return result.ids;
  }

  return {
    publish: (outgoing) => (outgoing.length === 0 ? Promise.resolve([]) : engine.busy(publishOne([...outgoing]))),
    send: async (events, { tx, seed } = {}) => {
      if (events.length === 0) return [];
      const nowMs = engine.nowMs();
      const prepared = events.map((event, index) =>
        prepareEvent(event, nowMs, seed === undefined ? undefined : `${seed}/${index}`),
      );
      await engine.registry.ready();
      const outgoing = prepared.map((event) => ({ prepared: event, route: routeEvent(engine.registry, event, nowMs) }));
      if (!tx) return engine.busy(publishOne(outgoing));
      // Nobody but the caller knows when this commits; the notification does, and goes to this engine as well.
      const { ids } = await publishIn(engine, tx, outgoing);
      if (engine.link.notifies) await tx.execute(sql`select pg_notify(${NEWS_CHANNEL}, '')`);
      return ids;
    },
  };
}
