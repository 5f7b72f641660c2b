import { checkInResponse, type MachineFacts } from "../server/agents/wire";
import { sameFacts } from "./facts";
import type { Log } from "./log";
import { type Http, NetworkError } from "./net/http";
import type { Timing } from "./timing";

/** Tells the server this machine's facts: on connecting, and when they changed; never the same ones again within the hour. */
export function createCheckIn({
  http,
  timing,
  log,
  readFacts,
}: {
  http: Http;
  timing: Timing;
  log: Log;
  readFacts: () => Promise<MachineFacts>;
}) {
  let accepted: { facts: MachineFacts; at: number } | null = null;
  let running: Promise<void> | null = null;

  const send = async (onConnect: boolean): Promise<void> => {
    const facts = await readFacts();
    if (accepted !== null && sameFacts(accepted.facts, facts)) {
      const age = performance.now() - accepted.at;
      if (!onConnect || age < timing.checkInMaxAgeMs) return;
    }
    try {
      const reply = await http.post("/check-in", { facts }, { timeoutMs: timing.requestTimeoutMs });
      if (reply.status === 200 && checkInResponse.safeParse(reply.body).success)
        accepted = { facts, at: performance.now() };
      else log(`the facts were not accepted: ${reply.message}`);
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
    }
  };

  /** One at a time; a call while one runs joins it. Never throws. */
  return (onConnect: boolean): Promise<void> => {
    running ??= send(onConnect)
      .catch((error: unknown) => log(`the facts could not be read: ${String(error)}`))
      .finally(() => {
        running = null;
      });
    return running;
  };
}
