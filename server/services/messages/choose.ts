import { eq } from "drizzle-orm";
import { z } from "zod";
import { messageChoices } from "@/db/schema";
import { audit } from "../audit";
import type { ServiceContext } from "../context";
import { firstTimeZone } from "../emails/find-recipients";
import { loadMaintenance } from "../emails/load-maintenance";
import { ServiceError } from "../errors";
import { type Call, parseInput } from "../parse";
import { cancelSession } from "../sessions/cancel-session";
import { postponeSession } from "../sessions/postpone-session";
import { runSessionNow } from "../sessions/run-session-now";
import { type TransactionContext, withTransaction } from "../transaction";
import { authorizeLink, type LinkHolder } from "./authorize-link";
import type { ChoiceOutcome, MessageRefusal } from "./message-view";
import { type ChoiceForm, readChoiceForm } from "./read-choice-form";

const input = z.strictObject({ token: z.string(), fields: z.record(z.string(), z.string()) });

export type Chosen =
  | MessageRefusal
  /** `isRepeated`: the same form was sent before; nothing more was changed. */
  | { readonly kind: "chosen"; readonly key: string; readonly isRepeated: boolean };

/**
 * Does what the holder of a link chose: postpone, skip this time, run now. What it came to, also when it was too late or
 * not allowed, is kept under the form's key and read from there by the page.
 * @throws ServiceError bad-input when the form is not one of this page's.
 */
export async function choose({ ctx, input: raw }: Call<typeof input>): Promise<Chosen> {
  const { token, fields } = parseInput(input, raw);
  const holder = await authorizeLink(ctx, token);
  if (holder.kind !== "ok") return holder;
  if (holder.link.purpose !== "plan") throw new ServiceError("bad-input", "This link only shows a result.");
  const maintenance = await loadMaintenance(ctx, holder.link.sessionId);
  const timeZone = firstTimeZone([holder.timeZone, maintenance.computerZone, maintenance.tenantZone]);
  const form = readChoiceForm(fields, timeZone);
  const before = await findChoice(holder, form.key);
  if (before) return before;
  try {
    return await withTransaction(holder.ctx, async (tx) => {
      // First, so that the same form sent at the same time waits here, and then finds this one.
      if (!(await keepChoice(tx, holder, form, "done"))) return { kind: "chosen", key: form.key, isRepeated: true };
      const executionAt = await apply(tx, holder.link.sessionId, form);
      await tx.db.update(messageChoices).set({ executionAt }).where(eq(messageChoices.id, form.key));
      await auditChoice(tx, holder, form, "done");
      return { kind: "chosen", key: form.key, isRepeated: false };
    });
  } catch (error) {
    const outcome = outcomeOf(error);
    if (outcome === null) throw error;
    const kept = await withTransaction(holder.ctx, async (tx) => {
      const isNew = await keepChoice(tx, holder, form, outcome);
      if (isNew) await auditChoice(tx, holder, form, outcome);
      return isNew;
    });
    return { kind: "chosen", key: form.key, isRepeated: !kept };
  }
}

async function findChoice(holder: LinkHolder, key: string): Promise<Chosen | null> {
  const [found] = await holder.ctx.db
    .select({ linkId: messageChoices.linkId })
    .from(messageChoices)
    .where(eq(messageChoices.id, key));
  if (!found) return null;
  if (found.linkId !== holder.link.linkId) throw new ServiceError("bad-input", "That form belongs to another link.");
  return { kind: "chosen", key, isRepeated: true };
}

/** False when the form was sent before. */
async function keepChoice(
  tx: TransactionContext,
  { link }: LinkHolder,
  { key, choice }: ChoiceForm,
  outcome: ChoiceOutcome["outcome"],
): Promise<boolean> {
  const written = await tx.db
    .insert(messageChoices)
    .values({ id: key, linkId: link.linkId, choice, outcome, madeAt: tx.clock.now() })
    .onConflictDoNothing()
    .returning({ id: messageChoices.id });
  return written.length > 0;
}

/** Last in its transaction, as everywhere: whoever holds the chain of a tenant's audit waits for nothing else. */
async function auditChoice(
  tx: TransactionContext,
  { link, recipient }: LinkHolder,
  { choice }: ChoiceForm,
  outcome: ChoiceOutcome["outcome"],
): Promise<void> {
  await audit(tx, {
    action: "message.choose",
    entity: "session",
    entityId: link.sessionId,
    tenantId: tx.actor.kind === "recipient" ? tx.actor.tenantId : null,
    before: null,
    after: { choice, outcome, recipient },
  });
}

/** The session's own verbs settle the race with a starting execution. Returns the new time of execution, if it has one. */
async function apply(ctx: ServiceContext, sessionId: number, form: ChoiceForm): Promise<Date | null> {
  switch (form.choice) {
    case "postpone":
      if (form.to === null) throw new ServiceError("bad-input", "That is not a time.");
      return (await postponeSession({ ctx, input: { sessionId, to: form.to } })).executionAt;
    case "run-now":
      return (await runSessionNow({ ctx, input: { sessionId } })).executionAt;
    case "cancel":
      await cancelSession({ ctx, input: { sessionId } });
      return null;
  }
}

function outcomeOf(error: unknown): "too-late" | "refused" | null {
  if (!(error instanceof ServiceError)) return null;
  if (error.code === "too-late") return "too-late";
  return error.code === "bad-input" || error.code === "forbidden" || error.code === "conflict" ? "refused" : null;
}
