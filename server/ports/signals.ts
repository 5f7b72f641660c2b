import { EventEmitter } from "node:events";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import type { Signal } from "@/server/services/context";

/** Wake-ups between the parts of a running product: NOTIFY where the database has it, in process where it has not. */
export interface Signals {
  publish(signals: readonly Signal[]): Promise<void>;
  /** Calls back for each signal, from whatever process. The returned function stops it. */
  subscribe(onSignal: (signal: Signal) => void): () => void;
  close(): Promise<void>;
}

const CHANNEL = "evenkeel_signals";

const signal: z.ZodType<Signal> = z.discriminatedUnion("channel", [
  z.object({
    channel: z.literal("jobs"),
    agentId: z.string(),
    jobId: z.string(),
    what: z.enum(["created", "cancelled"]),
  }),
  z.object({ channel: z.literal("agents"), agentId: z.string(), what: z.literal("revoked") }),
  z.object({ channel: z.literal("sessions"), sessionId: z.number() }),
  z.object({ channel: z.literal("presence"), computerId: z.number() }),
]);

export async function openSignals(database: Database): Promise<Signals> {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const deliver = (payload: string) => {
    for (const each of z.array(signal).parse(JSON.parse(payload))) emitter.emit(CHANNEL, each);
  };
  const stopListening = await database.listen(CHANNEL, deliver);
  return {
    async publish(signals) {
      if (!database.listens) {
        for (const each of signals) emitter.emit(CHANNEL, each);
        return;
      }
      // NOTIFY takes at most 8,000 bytes.
      for (let start = 0; start < signals.length; start += 40) {
        const payload = JSON.stringify(signals.slice(start, start + 40));
        await database.db.select({ sent: sql`pg_notify(${CHANNEL}, ${payload})` }).from(sql`(select 1) as one`);
      }
    },
    subscribe(onSignal) {
      emitter.on(CHANNEL, onSignal);
      return () => emitter.off(CHANNEL, onSignal);
    },
    async close() {
      await stopListening();
      emitter.removeAllListeners();
    },
  };
}
