import { planSchedule } from "@/server/services/schedules/run-plan";
import { runScheduleOccurrence } from "@/server/services/schedules/run-schedule-occurrence";
import { inngest } from "../client";
import { events } from "../events";
import { systemContext } from "./system";

/**
 * Waits for the next time a schedule is due, starts its sessions, and hands on to a run of its own for the time after:
 * a schedule lives for years, a run need not. A change of the schedule cancels the wait and begins another.
 */
export const runSchedule = inngest.createFunction(
  {
    id: "run-schedule",
    triggers: [{ event: "schedule/changed" }, { event: "schedule/continued" }],
    cancelOn: [
      {
        event: "schedule/changed",
        if: "async.data.scheduleId == event.data.scheduleId && async.data.changedAtMs > event.data.changedAtMs",
      },
    ],
    retries: 8,
  },
  async ({ event, step }) => {
    const state =
      event.name === "schedule/continued"
        ? events["schedule/continued"].parse(event.data)
        : { settledUntilMs: event.data.changedAtMs, ...events["schedule/changed"].parse(event.data) };
    const next = await step.run("plan", async () =>
      planSchedule({ ctx: await systemContext("run-schedule"), input: state }),
    );
    if (next === null) return;
    await step.sleepUntil("due", new Date(next.dueAtMs));
    return step.run("start", async () =>
      runScheduleOccurrence({ ctx: await systemContext("run-schedule"), input: state }),
    );
  },
);
