import { uuidFromName } from "@/server/ports/ids";

/** The job of the nth try to detect. Known before it is made, so that its end can be waited for first. */
export const detectionJobId = (sessionId: number, attempt: number) =>
  uuidFromName(`session/${sessionId}/detect/${attempt}`);

/** The nth job of a session's execution; the first one may verify the plan. */
export const executionJobId = (sessionId: number, turn: number) => uuidFromName(`session/${sessionId}/execute/${turn}`);
