import { and, eq, ne, or, type SQL, sql } from "drizzle-orm";
import { computers, groupMembers, tagAssignments, tenants } from "@/db/schema";
import type { Target } from "@/server/core/deployments";
import type { ItemPlatform } from "@/server/core/items";
import { admitsDeviceClass, admitsPlatform, compileTargetKey, explainComputerKeys } from "@/server/core/targets";
import { inVisibleTenants } from "../authorize";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";
import { type LoadedComputer, loadComputers } from "../resolution/load-computers";
import { loadMemberships } from "../resolution/load-memberships";

/** Above this many computers, saving needs a person's word. */
export const CONFIRM_ABOVE_COMPUTERS = 10;

/**
 * A condition on `computers` that every computer a target can mean meets: it narrows what is loaded, and core decides.
 * Archived computers are in no target.
 */
export function mayBeMeant(target: Target): SQL | undefined {
  return and(ne(computers.status, "archived"), broadly(target));
}

function broadly(target: Target): SQL | undefined {
  if (target.scope === "tenants") return sql`false`;
  switch (target.targetType) {
    case "computer":
      return eq(computers.id, target.targetId ?? 0);
    case "person":
      return eq(computers.primaryPersonId, target.targetId ?? 0);
    case "tag":
    case "tenant-tag":
      return and(withinTenant(target), tagged(target.targetId ?? 0));
    case "entra-group":
    case "rmm-group":
    case "rmm-client-group":
      return and(withinTenant(target), sql`exists (select 1 from ${groupMembers})`);
    default:
      return withinTenant(target);
  }
}

function withinTenant(target: Target): SQL | undefined {
  if (target.targetTenantId === null) return undefined;
  return target.includesChildTenants
    ? sql`${computers.tenantId} in (select t.id from ${tenants} t where t.ancestor_ids @> array[${target.targetTenantId}::bigint])`
    : eq(computers.tenantId, target.targetTenantId);
}

const tagged = (tagId: number) =>
  or(
    sql`${computers.id} in (select a.computer_id from ${tagAssignments} a where a.tag_id = ${tagId})`,
    sql`${computers.tenantId} in (select a.tenant_id from ${tagAssignments} a where a.tag_id = ${tagId})`,
    sql`${computers.primaryPersonId} in (select a.person_id from ${tagAssignments} a where a.tag_id = ${tagId})`,
  );

/** The computers a target means, that the actor may see. */
export async function reachedComputers(
  ctx: ServiceContext,
  target: Target,
  platforms: readonly ItemPlatform[],
): Promise<LoadedComputer[]> {
  const key = compileTargetKey(target);
  const candidates = await loadComputers(ctx, and(mayBeMeant(target), inVisibleTenants(ctx, computers.tenantId)));
  const memberships = await loadMemberships(ctx, candidates);
  return candidates.filter((computer) => {
    // An individual computer is meant whatever its class.
    const isMeant = target.targetType === "computer" || admitsDeviceClass(target.deviceClass, computer.deviceClass);
    if (!isMeant || !admitsPlatform(platforms, computer)) return false;
    const facts = memberships.get(computer.id);
    return facts !== undefined && explainComputerKeys(facts).held.some((each) => each.key === key);
  });
}

/** Refuses to save for more than ten computers until a person has agreed to at least as many as there are. */
export function requireConfirmation(computerCount: number, confirmedComputerCount: number | undefined): void {
  if (computerCount <= CONFIRM_ABOVE_COMPUTERS || (confirmedComputerCount ?? 0) >= computerCount) return;
  throw new ServiceError(
    "conflict",
    `This reaches ${computerCount} computers. Look at the preview and confirm that number.`,
    {
      confirmedComputerCount: String(computerCount),
    },
  );
}
