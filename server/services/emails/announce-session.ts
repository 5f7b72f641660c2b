import { z } from "zod";
import { renderBeforeMaintenance } from "@/server/mail/render-mail";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { fillPlan, planLinkExpiry } from "./fill-plan";
import { loadChanges, loadMaintenance, withoutResult } from "./load-maintenance";
import { tellRecipients } from "./tell-recipients";
import type { Told } from "./told";

export type { Told } from "./told";

const input = z.strictObject({ sessionId: z.number().int() });

/**
 * Tells those who use the computer what a session is going to do, and when. Repeating it tells no one twice.
 * Nobody to tell, or nothing to tell of, is no error: `toldCount` is 0 and the sentence says why.
 */
export async function announceSession({ ctx, input: raw }: Call<typeof input>): Promise<Told> {
  authorizeSystem(ctx);
  const { sessionId } = parseInput(input, raw);
  const maintenance = await loadMaintenance(ctx, sessionId);
  const { executionAt, options } = maintenance;
  if (!options.mailsBefore) return { toldCount: 0, sentence: "No e-mail before it: the schedule sends none." };
  const changes = (await loadChanges(ctx, sessionId)).map(withoutResult);
  if (executionAt === null || changes.length === 0) return { toldCount: 0, sentence: "There is nothing to announce." };
  return tellRecipients(ctx, {
    maintenance,
    kind: "before",
    event: `before/${sessionId}`,
    linkPurpose: "plan",
    linkExpiresAt: planLinkExpiry(ctx, maintenance),
    render: (reader, branding, link) =>
      renderBeforeMaintenance(fillPlan(ctx, { ...maintenance, executionAt }, changes, reader, branding, link)),
  });
}
