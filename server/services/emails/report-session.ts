import { z } from "zod";
import { renderAfterMaintenance } from "@/server/mail/render-mail";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { describeComputer, loadChanges, loadMaintenance } from "./load-maintenance";
import { tellRecipients } from "./tell-recipients";
import type { Told } from "./told";

const input = z.strictObject({ sessionId: z.number().int() });
const RESULT_LINK_DAYS = 30;
const DAY_MS = 86_400_000;

/** Tells those who use the computer what became of a session's changes. Repeating it tells no one twice. */
export async function reportSession({ ctx, input: raw }: Call<typeof input>): Promise<Told> {
  authorizeSystem(ctx);
  const { sessionId } = parseInput(input, raw);
  const maintenance = await loadMaintenance(ctx, sessionId);
  if (!maintenance.options.mailsAfter)
    return { toldCount: 0, sentence: "No e-mail after it: the schedule sends none." };
  const outcomes = await loadChanges(ctx, sessionId);
  if (outcomes.length === 0)
    return { toldCount: 0, sentence: "There is nothing to report: nothing was to be changed." };
  const endedAt = maintenance.endedAt ?? ctx.clock.now();
  return tellRecipients(ctx, {
    maintenance,
    kind: "after",
    event: `after/${sessionId}`,
    linkPurpose: "result",
    linkExpiresAt: new Date(endedAt.getTime() + RESULT_LINK_DAYS * DAY_MS),
    render: (reader, branding, resultLink) =>
      renderAfterMaintenance({
        branding,
        reader,
        computer: describeComputer(maintenance),
        outcomes,
        endedAt,
        restartPending: maintenance.pendingReboot ?? false,
        resultLink,
      }),
  });
}
