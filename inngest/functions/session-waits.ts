import type { GetStepTools } from "inngest";
import type { ServiceContext } from "@/server/services/context";
import { lookAtSession, type SessionLook } from "@/server/services/sessions/look-at-session";
import type { Dispatching } from "@/server/services/sessions/run-steps";
import { settleOffline } from "@/server/services/sessions/settle-offline";
import type { inngest } from "../client";
import { systemContext } from "./system";

export interface SessionRef {
  readonly sessionId: number;
  readonly computerId: number;
}

/** How long a lost connection is waited for before the session's offline behaviour applies. */
const PATIENCE = "5m";
/** How long a session waits for a computer on which it applies when it connects. */
const LONG_PATIENCE = "90d";
/** A job always ends: at the latest when its deadline is swept. This is only for an event that was lost. */
const JOB_TIMEOUT = "24h";
const TURN_TIMEOUT = "24h";

/**
 * The waits of a session's run. Each begins to wait before it looks or acts, in the same breath, so that an event that
 * comes in between is not missed on any engine: a quick agent may finish a job before the server has turned around.
 */
export function createSessionWaits(step: GetStepTools<typeof inngest>, { sessionId, computerId }: SessionRef) {
  const race = (id: string) => ({ id, parallelMode: "race" as const });
  const look = async () => lookAtSession({ ctx: await systemContext("run-session"), input: { sessionId } });
  const changed = (id: string, timeout: string | Date) =>
    step.waitForEvent(race(id), { event: "session/changed", timeout, if: `async.data.sessionId == ${sessionId}` });
  const connected = (id: string, timeout: string) =>
    step.waitForEvent(race(id), { event: "agent/connected", timeout, if: `async.data.computerId == ${computerId}` });

  return {
    /** Runs what makes the job named, and waits until that job has ended where it was made. */
    async dispatch(
      id: string,
      jobId: string,
      make: (ctx: ServiceContext) => Promise<Dispatching>,
    ): Promise<Dispatching> {
      const jobEnded = step.waitForEvent(race(`${id}-ended`), {
        event: "agent/job.finished",
        timeout: JOB_TIMEOUT,
        if: `async.data.jobId == '${jobId}'`,
      });
      const made = await step.run(race(id), async () => make(await systemContext("run-session")));
      if (made.kind === "dispatched") await jobEnded;
      return made;
    },

    /** Waits until the moment, or until the session is moved, hurried or called off, having told the user meanwhile. */
    async forExecution(
      id: string,
      executionAtMs: number,
      tell: (ctx: ServiceContext) => Promise<SessionLook>,
    ): Promise<SessionLook> {
      const news = changed(`${id}-time`, new Date(executionAtMs));
      const told = await step.run(race(id), async () => tell(await systemContext("run-session")));
      if (!told.ended && told.executionAtMs === executionAtMs) await news;
      return told;
    },

    /** Waits until the computer is this session's, or the session has ended. */
    async forTurn(id: string): Promise<void> {
      for (let round = 1; ; round++) {
        const news = changed(`${id}-turn-${round}`, TURN_TIMEOUT);
        const seen = await step.run(race(`${id}-look-${round}`), look);
        if (seen.ended || seen.holdsComputer) return;
        await news;
      }
    },

    /**
     * Waits until an agent of the computer is connected. After the patience the session's offline behaviour decides:
     * it ends, or leaves the computer to others and waits on. The next step finds out which.
     */
    async forComputer(id: string): Promise<void> {
      const soon = connected(`${id}-connected`, PATIENCE);
      const seen = await step.run(race(`${id}-look`), look);
      if (seen.ended || seen.online || (await soon) !== null) return;
      const settled = await step.run(`${id}-offline`, async () =>
        settleOffline({
          ctx: await systemContext("run-session"),
          input: { sessionId, round: id, givesUp: false },
        }),
      );
      if (settled.kind !== "wait") return;
      const late = connected(`${id}-back`, LONG_PATIENCE);
      const seenAgain = await step.run(race(`${id}-look-again`), look);
      if (seenAgain.ended || seenAgain.online || (await late) !== null) return;
      await step.run(`${id}-given-up`, async () =>
        settleOffline({
          ctx: await systemContext("run-session"),
          input: { sessionId, round: `${id}/given-up`, givesUp: true },
        }),
      );
    },
  };
}
