import { eq, or, sql } from "drizzle-orm";
import { computers, deployments } from "@/db/schema";
import type { ResolveInput, ResolvePhase } from "@/server/core/resolve";
import { explainComputerKeys } from "@/server/core/targets";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";
import { idArray, textArray } from "./id-array";
import { loadComputers } from "./load-computers";
import { loadDeployments, loadResolvableItems } from "./load-deployments";
import { loadMemberships } from "./load-memberships";

/**
 * All that core's `resolveComputer` needs for one computer: sessions, the computer's page and its trace use this and
 * nothing else. Deployments that could never mean it (another tenant's, another computer's) are left out, so that a
 * computer costs what concerns it. The caller has checked that the actor may see the computer.
 * @param only narrows to some items. `phase` is read off the computer's status unless it is given.
 */
export async function loadResolveInput(
  ctx: ServiceContext,
  computerId: number,
  only: { readonly itemIds?: readonly number[] | undefined; readonly phase?: ResolvePhase | undefined } = {},
): Promise<ResolveInput> {
  const [computer] = await loadComputers(ctx, eq(computers.id, computerId));
  if (!computer) throw notFound("That computer");
  const facts = (await loadMemberships(ctx, [computer])).get(computer.id);
  if (!facts) throw notFound("That computer");
  const { held, missed } = explainComputerKeys(facts);
  const rules = await loadDeployments(
    ctx,
    sql`${only.itemIds === undefined ? sql`true` : sql`${deployments.itemId} = any(${idArray(only.itemIds)})`} and ${or(
      eq(deployments.scope, "cross-tenant"),
      sql`${deployments.scope} = 'tenant' and ${deployments.targetTenantId} = any(${idArray(computer.tenantAncestorIds)})`,
      sql`${deployments.targetKey} = any(${textArray([...held, ...missed].map((each) => each.key))})`,
    )}`,
  );
  return {
    computer,
    keys: held,
    missedKeys: missed,
    deployments: rules,
    items: await loadResolvableItems(
      ctx,
      rules.map((rule) => rule.itemId),
    ),
    phase: only.phase ?? computer.phase,
    nowMs: ctx.clock.now().getTime(),
  };
}
