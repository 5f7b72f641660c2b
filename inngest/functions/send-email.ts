import { events } from "@/inngest/events";
import { getRuntime } from "@/server/runtime";
import { sendEmail } from "@/server/services/emails/send-email";
import { inngest } from "../client";

/** With the waits between them, some two days: longer than a provider is down or a day's quota lasts. */
const ATTEMPTS = 60;
const LONGEST_WAIT_SECONDS = 3600;

/**
 * Sends one mail of the outbox. While the provider asks to wait, or cannot be reached, it sleeps and tries again, longer
 * each time; the mail's own key makes repeats harmless. Two at a time, because providers count requests by the second.
 */
export const sendQueuedEmail = inngest.createFunction(
  { id: "send-email", triggers: [{ event: "email/queued" }], concurrency: { limit: 2 } },
  async ({ event, step }) => {
    const { emailId } = events["email/queued"].parse(event.data);
    for (let attempt = 1; ; attempt++) {
      const delivery = await step.run(`send-${attempt}`, async () => {
        const ctx = (await getRuntime()).systemContext("send-email");
        return sendEmail({ ctx, input: { emailId, isLastAttempt: attempt === ATTEMPTS } });
      });
      if (delivery.kind !== "later") return delivery.kind;
      const backOffSeconds = 2 ** Math.min(attempt, 12);
      await step.sleep(
        `wait-${attempt}`,
        Math.min(LONGEST_WAIT_SECONDS, Math.max(delivery.waitSeconds, backOffSeconds)) * 1000,
      );
    }
  },
);
