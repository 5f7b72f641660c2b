import { NonRetriableError } from "inngest";
import { ServiceError } from "@/server/services/errors";
import { identifyAgent as identify } from "@/server/services/identification/identify-agent";
import { inngest } from "../client";
import { events } from "../events";
import { systemContext } from "./system";

/**
 * Finds out which computer an agent is on. Usually the enrolment has done so already, and this changes nothing. Five
 * tries with growing waits between them; after the fifth failure the machine shows under *failed*.
 */
export const identifyAgent = inngest.createFunction(
  { id: "identify-agent", triggers: [{ event: "agent/enrolled" }], retries: 4 },
  async ({ event, step }) => {
    const { agentId } = events["agent/enrolled"].parse(event.data);
    return step.run("identify", async () => {
      try {
        return await identify({ ctx: await systemContext("identify-agent"), input: { agentId } });
      } catch (error) {
        // Revoked or gone meanwhile: trying again changes nothing.
        if (error instanceof ServiceError && error.code === "not-found") throw new NonRetriableError(error.message);
        throw error;
      }
    });
  },
);
