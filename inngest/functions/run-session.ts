import { type GetStepTools, NonRetriableError } from "inngest";
import { advanceExecution } from "@/server/services/sessions/advance-execution";
import { announcePlan } from "@/server/services/sessions/announce-plan";
import { beginDetection } from "@/server/services/sessions/begin-detection";
import { beginExecution } from "@/server/services/sessions/begin-execution";
import { failSession } from "@/server/services/sessions/fail-session";
import { detectionJobId, executionJobId } from "@/server/services/sessions/job-ids";
import { planSession } from "@/server/services/sessions/plan-session";
import { reportEnd } from "@/server/services/sessions/report-end";
import { inngest } from "../client";
import { events } from "../events";
import { createSessionWaits, type SessionRef } from "./session-waits";
import { systemContext } from "./system";

/** Sessions of one tenant whose steps run at the same time; those that sleep or wait are not counted. */
const STEPS_PER_TENANT = 50;

type Step = GetStepTools<typeof inngest>;

/**
 * One maintenance session from its detection to its report. The sequence is here; what each step does is a service that
 * can be repeated, so that a process killed at any moment repeats a step and nothing is done twice.
 */
export const runSession = inngest.createFunction(
  {
    id: "run-session",
    triggers: [{ event: "session/requested" }],
    concurrency: [
      { key: "event.data.computerId", limit: 1 },
      { key: "event.data.tenantId", limit: STEPS_PER_TENANT },
    ],
    priority: { run: "event.data.priority" },
    retries: 8,
    onFailure: async ({ event, error, step }) => {
      const { sessionId } = readRef(event.data.event.data);
      await step.run("fail", async () =>
        failSession({ ctx: await systemContext("run-session"), input: { sessionId, fault: error.message } }),
      );
    },
  },
  async ({ event, step }) => {
    const session = readRef(event.data);
    const plan = await detect(step, session);
    if (plan === null) return;
    if (plan.kind === "wait" && !(await awaitExecution(step, session, plan.executionAtMs))) return;
    await execute(step, session);
    await step.run("report", async () =>
      reportEnd({ ctx: await systemContext("run-session"), input: { sessionId: session.sessionId } }),
    );
  },
);

/** Detects until there is a plan; null when the session has ended. */
async function detect(step: Step, session: SessionRef) {
  const { sessionId } = session;
  const waits = createSessionWaits(step, session);
  let attempt = 1;
  for (let round = 1; ; round++) {
    const begun = await waits.dispatch(`detect-${round}`, detectionJobId(sessionId, attempt), (ctx) =>
      beginDetection({ ctx, input: { sessionId, attempt } }),
    );
    if (begun.kind === "ended") return null;
    if (begun.kind === "queued") await waits.forTurn(`detect-${round}`);
    else if (begun.kind === "offline") await waits.forComputer(`detect-${round}`);
    else {
      const planned = await step.run(`plan-${round}`, async () =>
        planSession({ ctx: await systemContext("run-session"), input: { sessionId, attempt } }),
      );
      if (planned.kind === "ended") return null;
      if (planned.kind === "execute" || planned.kind === "wait") return planned;
      if (planned.kind === "held") continue;
      if (planned.kind === "offline") await waits.forComputer(`plan-${round}`);
      attempt++;
    }
  }
}

/** Sleeps until the execution time, wherever it is moved to; false when the session has ended. */
async function awaitExecution(step: Step, session: SessionRef, firstExecutionAtMs: number): Promise<boolean> {
  const { sessionId } = session;
  const waits = createSessionWaits(step, session);
  let executionAtMs = firstExecutionAtMs;
  for (let round = 1; ; round++) {
    const told = await waits.forExecution(`announce-${round}`, executionAtMs, (ctx) =>
      announcePlan({ ctx, input: { sessionId } }),
    );
    if (told.ended) return false;
    if (told.executionAtMs !== null && told.executionAtMs !== executionAtMs) {
      executionAtMs = told.executionAtMs;
      continue;
    }
    for (let tries = 1; ; tries++) {
      const begun = await step.run(`begin-execution-${round}-${tries}`, async () =>
        beginExecution({ ctx: await systemContext("run-session"), input: { sessionId } }),
      );
      if (begun.kind === "begun") return true;
      if (begun.kind === "ended") return false;
      if (begun.kind === "queued") await waits.forTurn(`begin-execution-${round}-${tries}`);
      else if (begun.kind === "offline") await waits.forComputer(`begin-execution-${round}-${tries}`);
      else {
        executionAtMs = begun.executionAtMs;
        break;
      }
    }
  }
}

/** Runs action after action until the session has ended. */
async function execute(step: Step, session: SessionRef): Promise<void> {
  const { sessionId } = session;
  const waits = createSessionWaits(step, session);
  let isLast = false;
  for (let turn = 0; ; turn++) {
    if (isLast) {
      const settled = await step.run(`settle-${turn}`, async () =>
        advanceExecution({
          ctx: await systemContext("run-session"),
          input: { sessionId, turn, dispatches: false },
        }),
      );
      if (settled.kind === "ended") return;
      if (settled.kind === "offline") await waits.forComputer(`settle-${turn}`);
    }
    const advanced = await waits.dispatch(`execute-${turn}`, executionJobId(sessionId, turn), (ctx) =>
      advanceExecution({ ctx, input: { sessionId, turn, dispatches: true } }),
    );
    if (advanced.kind === "ended") return;
    if (advanced.kind === "queued") await waits.forTurn(`execute-${turn}`);
    else if (advanced.kind === "offline") await waits.forComputer(`execute-${turn}`);
    isLast = advanced.kind === "dispatched" && advanced.isLast;
  }
}

function readRef(data: unknown): SessionRef {
  const { sessionId, computerId } = events["session/requested"].parse(data);
  if (computerId === null) throw new NonRetriableError("Sessions against a tenant are not run by this version.");
  return { sessionId, computerId };
}
