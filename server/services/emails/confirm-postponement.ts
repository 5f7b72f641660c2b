import { z } from "zod";
import { renderPostponed } from "@/server/mail/render-mail";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { fillPlan, planLinkExpiry } from "./fill-plan";
import { loadChanges, loadMaintenance, withoutResult } from "./load-maintenance";
import { tellRecipients } from "./tell-recipients";
import type { Told } from "./told";

const input = z.strictObject({ sessionId: z.number().int() });

/** Tells those who use the computer the new time of a postponed session; once for each time it is moved to. */
export async function confirmPostponement({ ctx, input: raw }: Call<typeof input>): Promise<Told> {
  authorizeSystem(ctx);
  const { sessionId } = parseInput(input, raw);
  const maintenance = await loadMaintenance(ctx, sessionId);
  const { executionAt, options } = maintenance;
  if (!options.mailsBefore) return { toldCount: 0, sentence: "No e-mail about it: the schedule sends none." };
  if (executionAt === null || maintenance.status !== "postponed") {
    return { toldCount: 0, sentence: "It is no longer postponed." };
  }
  const changes = (await loadChanges(ctx, sessionId)).map(withoutResult);
  return tellRecipients(ctx, {
    maintenance,
    kind: "postponed",
    event: `postponed/${sessionId}/${executionAt.getTime()}`,
    linkPurpose: "plan",
    linkExpiresAt: planLinkExpiry(ctx, maintenance),
    render: (reader, branding, link) =>
      renderPostponed(fillPlan(ctx, { ...maintenance, executionAt }, changes, reader, branding, link)),
  });
}
