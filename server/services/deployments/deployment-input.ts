import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { deployments, items, tasks } from "@/db/schema";
import { deploymentPhases, desiredStates, softwareStates, taskStates } from "@/server/core/deployments";
import { parameterValues } from "@/server/core/items";
import { parseVersion } from "@/server/core/version";
import type { ServiceContext } from "../context";
import { notFound, ServiceError } from "../errors";
import { checkTarget } from "../targets/check-target";
import { targetInput } from "../targets/target-input";

const versioned: readonly string[] = ["installed-specific", "installed-minimum", "installed-maximum"];

/** What a deployment says; the editor previews and saves the same thing. */
export const deploymentDraft = z
  .strictObject({
    itemId: z.number().int().positive(),
    desiredState: z.enum(desiredStates),
    /** For a specific, minimum or maximum version. */
    version: z.string().trim().min(1).max(200).nullable().default(null),
    target: targetInput,
    phase: z.enum(deploymentPhases).default("always"),
    effectiveFrom: z.date().nullable().default(null),
    parameters: parameterValues.default({}),
    note: z.string().trim().max(2_000).default(""),
    enabled: z.boolean().default(true),
  })
  .superRefine((draft, context) => {
    const issue = (message: string) => context.addIssue({ code: "custom", path: ["version"], message });
    if (versioned.includes(draft.desiredState) !== (draft.version !== null)) {
      issue(draft.version === null ? "is missing" : `is not part of “${draft.desiredState}”`);
    } else if (draft.version !== null && parseVersion(draft.version) === null) {
      issue("is not a version that can be compared");
    }
  });
export type DeploymentDraft = z.output<typeof deploymentDraft>;

/** What a person has seen and agreed to before saving. */
export const saveConfirmation = {
  /** Needed above ten computers: the number that the preview showed. */
  confirmedComputerCount: z.number().int().min(0).optional(),
  /** The preview's fingerprint; saving is refused when deployments of the item changed since. */
  previewFingerprint: z.string().max(100).optional(),
};

/** Refuses a draft whose item, state or target does not go together; what the schema alone cannot know. */
export async function checkDraft(ctx: ServiceContext, draft: DeploymentDraft): Promise<typeof items.$inferSelect> {
  const [found] = await ctx.db
    .select({ item: items, appliesTo: tasks.appliesTo })
    .from(items)
    .leftJoin(tasks, eq(tasks.itemId, items.id))
    .where(and(eq(items.id, draft.itemId), isNull(items.deletedAt)));
  if (!found) throw notFound("That item");
  const states: readonly string[] = found.item.kind === "software" ? softwareStates : taskStates;
  if (!states.includes(draft.desiredState)) {
    throw new ServiceError("bad-input", `A ${found.item.kind} cannot be “${draft.desiredState}”.`, {
      desiredState: `is not a state of a ${found.item.kind}`,
    });
  }
  const isCloud = found.appliesTo === "tenant";
  if (isCloud !== (draft.target.scope === "tenants")) {
    throw new ServiceError(
      "bad-input",
      isCloud ? `${found.item.name} applies to tenants; choose tenants.` : `${found.item.name} applies to computers.`,
      { target: "is not what the item applies to" },
    );
  }
  await checkTarget(ctx, draft.target);
  return found.item;
}

/** Refuses a deployment that says exactly what another one says: the same item, state, target, class and phase. */
export async function refuseDuplicate(
  ctx: ServiceContext,
  draft: DeploymentDraft & { targetKey: string },
  exceptId: number | null,
): Promise<void> {
  const [same] = await ctx.db
    .select({ id: deployments.id })
    .from(deployments)
    .where(sameDeployment(draft, exceptId))
    .limit(1);
  if (!same) return;
  throw new ServiceError("conflict", `Deployment #${same.id} says exactly this already; change that one instead.`, {
    target: `is that of deployment #${same.id}`,
  });
}

export const sameDeployment = (draft: DeploymentDraft & { targetKey: string }, exceptId: number | null) =>
  and(
    eq(deployments.itemId, draft.itemId),
    eq(deployments.targetKey, draft.targetKey),
    eq(deployments.deviceClass, draft.target.deviceClass),
    eq(deployments.desiredState, draft.desiredState),
    eq(deployments.phase, draft.phase),
    sql`${deployments.version} is not distinct from ${draft.version}::text`,
    sql`${deployments.effectiveFrom} is not distinct from ${draft.effectiveFrom?.toISOString() ?? null}::timestamptz`,
    eq(deployments.origin, "mine"),
    isNull(deployments.deletedAt),
    exceptId === null ? undefined : sql`${deployments.id} <> ${exceptId}`,
  );
