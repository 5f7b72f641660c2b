import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { computers, items } from "@/db/schema";
import { sessionKinds, sessionOptions } from "@/server/core/sessions";
import { recordsNoChange } from "../audit";
import { authorize, inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { parseInput } from "../parse";
import { type TransactionContext, withTransaction } from "../transaction";
import type { SessionCause } from "./computer-turn";
import { createSessions, maintainable } from "./create-sessions";

export const startSessionInput = z.strictObject({
  computerId: z.number().int(),
  kind: z.enum(sessionKinds),
  /** Needed for single-item and re-run sessions, refused for the others. */
  itemId: z.number().int().nullish(),
  /** `schedule`, and a schedule's id: only for the product itself. */
  cause: z.enum(["ad-hoc", "schedule", "onboarding"]).default("ad-hoc"),
  scheduleId: z.number().int().nullish(),
  /** What differs from `defaultSessionOptions`. */
  options: sessionOptions.partial().optional(),
});
export type StartSessionInput = z.input<typeof startSessionInput>;

export interface StartedSession {
  readonly sessionId: number;
  /** False: another session runs on the computer, and this one waits for it. */
  readonly started: boolean;
}

/**
 * Starts a maintenance session on one computer. One runs on a computer at a time; a further one waits in its queue, ad
 * hoc before onboarding before scheduled.
 * @throws ServiceError not-found, conflict when the computer cannot be maintained, or forbidden when a person calls it scheduled.
 */
export async function startSession({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: StartSessionInput;
}): Promise<StartedSession> {
  authorize(ctx, "operate");
  recordsNoChange("createSessions writes the entry");
  const request = parseInput(startSessionInput, raw);
  authorizeCause(ctx, request);
  const { computerId, kind, itemId = null, cause, scheduleId = null, options = {} } = request;
  return withTransaction(ctx, async (tx) => {
    await checkComputer(tx, computerId);
    await checkSessionItem(tx, kind, itemId);
    const [made] = await createSessions(tx, [computerId], { kind, cause, itemId, scheduleId, options });
    if (!made) throw notFound("That computer");
    return { sessionId: made.sessionId, started: made.started };
  });
}

/** A session looks scheduled only when a schedule started it: people cannot say so, the product can. */
export function authorizeCause(
  ctx: ServiceContext,
  { cause, scheduleId }: { readonly cause: SessionCause; readonly scheduleId?: number | null | undefined },
): void {
  if (ctx.actor.kind === "system") return;
  if (cause !== "schedule" && (scheduleId ?? null) === null) return;
  throw new ServiceError(
    "forbidden",
    "Only a schedule starts sessions in its own name; leave the schedule out, and the cause “schedule” too.",
  );
}

async function checkComputer(tx: TransactionContext, computerId: number) {
  const [computer] = await tx.db
    .select({ name: computers.name, status: computers.status, excluded: computers.excludedFromMaintenance })
    .from(computers)
    .where(and(eq(computers.id, computerId), inVisibleTenants(tx, computers.tenantId)));
  if (!computer) throw notFound("That computer");
  if (computer.excluded) {
    throw new ServiceError("conflict", `${computer.name} is excluded from maintenance; include it again first.`);
  }
  if (!maintainable.some((status) => status === computer.status)) {
    throw new ServiceError(
      "conflict",
      `${computer.name} cannot be maintained while its status is “${computer.status}”; settle that first.`,
    );
  }
}

/** Refuses a session whose kind and item do not go together, or whose item does not exist. */
export async function checkSessionItem(
  tx: TransactionContext,
  kind: StartSessionInput["kind"],
  itemId: number | null,
): Promise<void> {
  const needsItem = kind === "single-item" || kind === "re-run";
  if (!needsItem && itemId !== null && kind !== "detection-only") {
    throw new ServiceError("bad-input", `A session of kind “${kind}” concerns every item; leave the item out.`, {
      itemId: "not for this kind of session",
    });
  }
  if (itemId === null) {
    if (!needsItem) return;
    throw new ServiceError("bad-input", "Choose the item that the session is for.", { itemId: "is missing" });
  }
  const [item] = await tx.db
    .select({ id: items.id })
    .from(items)
    .where(and(eq(items.id, itemId), isNull(items.deletedAt)));
  if (!item) throw notFound("That item");
}
