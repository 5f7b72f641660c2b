import { sql } from "drizzle-orm";
import { deployments } from "@/db/schema";
import { type ItemResolution, type ResolvePhase, resolveComputer } from "@/server/core/resolve";
import type { TargetKeyEvidence } from "@/server/core/targets";
import type { ServiceContext } from "../../context";
import { idArray } from "../../resolution/id-array";
import { loadResolveInput } from "../../resolution/load-resolve-input";

/** What a session decided, as it keeps it: the items that something is wanted of, each with its whole trace. */
export interface Resolution {
  readonly resolutions: readonly ItemResolution[];
  readonly keys: readonly TargetKeyEvidence[];
}

/** What one computer should be now, by the one resolver; winners carry their parameters. */
export async function loadResolution(
  ctx: ServiceContext,
  computerId: number,
  phase: ResolvePhase,
): Promise<Resolution> {
  const resolveInput = await loadResolveInput(ctx, computerId, { phase });
  const won = resolveComputer(resolveInput).filter((resolution) => resolution.winner !== null);
  const ids = won.flatMap(({ winner }) => (winner === null ? [] : [winner.id]));
  const found = await ctx.db
    .select({ id: deployments.id, parameters: deployments.parameters })
    .from(deployments)
    .where(sql`${deployments.id} = any(${idArray(ids)})`);
  const parameters = new Map(found.map((row) => [row.id, row.parameters]));
  return {
    resolutions: won.map((resolution) =>
      resolution.winner === null
        ? resolution
        : { ...resolution, winner: { ...resolution.winner, parameters: parameters.get(resolution.winner.id) ?? {} } },
    ),
    keys: resolveInput.keys,
  };
}
