import { expireJobs as expire } from "@/server/services/jobs/expire-jobs";
import { inngest } from "../client";
import { systemContext } from "./system";

/** Ends jobs of which nothing was heard within their limits. Rare: agents end nearly all of them themselves. */
export const expireJobs = inngest.createFunction(
  { id: "expire-jobs", triggers: [{ cron: "*/5 * * * *" }], concurrency: 1 },
  async ({ step }) => ({
    expired: await step.run("expire", async () => expire({ ctx: await systemContext("expire-jobs") })),
  }),
);
