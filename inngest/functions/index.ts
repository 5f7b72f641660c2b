import { expireJobs } from "./expire-jobs";
import { identifyAgent } from "./identify-agent";
import { runSchedule } from "./run-schedule";
import { runSession } from "./run-session";
import { sendQueuedEmail } from "./send-email";

/** Every durable function of the product. Ids and step names are kept by running instances: never rename them. */
export const functions = [identifyAgent, runSession, runSchedule, sendQueuedEmail, expireJobs];
