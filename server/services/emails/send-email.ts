import { z } from "zod";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { type Delivery, deliverEmail, giveUp } from "./deliver-email";

const input = z.strictObject({
  emailId: z.uuid(),
  /** No further attempt will be made: what would have to wait has failed. */
  isLastAttempt: z.boolean().default(false),
});

/** One attempt at sending a mail of the outbox, from a durable function. Repeating it delivers nothing twice. */
export async function sendEmail({ ctx, input: raw }: Call<typeof input>): Promise<Delivery> {
  authorizeSystem(ctx);
  const { emailId, isLastAttempt } = parseInput(input, raw);
  const delivery = await deliverEmail(ctx, emailId);
  if (delivery.kind !== "later" || !isLastAttempt) return delivery;
  return giveUp(ctx, emailId, "The mail provider could not be reached, or accepted nothing more, for too long.");
}
