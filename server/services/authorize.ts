import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { tenants } from "@/db/schema";
import type { ServiceContext, UserRole } from "./context";
import { notFound, ServiceError } from "./errors";

/**
 * What a verb needs. `read`: look. `operate`: change what happens to machines (deployments, schedules, sessions, tags).
 * `administer`: tenants, people with access, keys, branding, scripts that others run.
 */
export type Permission = "read" | "operate" | "administer";

const granted: Record<UserRole, readonly Permission[]> = {
  "msp-admin": ["read", "operate", "administer"],
  "msp-technician": ["read", "operate"],
  "msp-reader": ["read"],
  "tenant-admin": ["read", "operate"],
  "tenant-reader": ["read"],
};

export const grantedPermissions = (role: UserRole): readonly Permission[] => granted[role];

/** Whether the actor's role grants `permission`; for what is shown differently to those who may do more. */
export function isAllowed({ actor }: ServiceContext, permission: Permission): boolean {
  return actor.kind === "system" || (actor.kind === "user" && granted[actor.role].includes(permission));
}

/** Refuses unless the actor's role grants `permission`. The first line of every verb that people reach. */
export function authorize(ctx: ServiceContext, permission: Permission): void {
  if (isAllowed(ctx, permission)) return;
  throw new ServiceError("forbidden", `${ctx.actor.name} may not do this: it needs the right to ${permission}.`);
}

/** Refuses unless the actor is one of the product's own parts. */
export function authorizeSystem(ctx: ServiceContext): void {
  if (ctx.actor.kind !== "system") throw new ServiceError("forbidden", "Only the product itself does this.");
}

/** True for those whose view is not limited to a tenant. */
export function seesAllTenants(ctx: ServiceContext): boolean {
  return ctx.actor.kind === "system" || (ctx.actor.kind === "user" && ctx.actor.tenantId === null);
}

/** Refuses what belongs to no single tenant (cross-tenant deployments, MSP settings) to those limited to one. */
export function authorizeAllTenants(ctx: ServiceContext): void {
  if (!seesAllTenants(ctx)) {
    throw new ServiceError("forbidden", "This concerns more than your own tenant; ask the service provider.");
  }
}

/**
 * The one tenancy filter: a condition that `column` (a tenant id) is one the actor may see, optionally narrowed to a
 * tenant and everything below it (the console's tenant switcher).
 */
export function inVisibleTenants(ctx: ServiceContext, column: PgColumn, withinTenantId?: number | null): SQL {
  const roots: number[] = [];
  if (!seesAllTenants(ctx)) roots.push(actorTenantId(ctx));
  if (withinTenantId !== undefined && withinTenantId !== null) roots.push(withinTenantId);
  if (roots.length === 0) return sql`true`;
  return sql`${column} in (select ${tenants.id} from ${tenants} where ${tenants.ancestorIds} @> ${sql`array[${sql.join(
    roots.map((root) => sql`${root}::bigint`),
    sql`, `,
  )}]`})`;
}

/** Refuses a tenant that the actor may not see, in the same words as one that does not exist. */
export async function authorizeTenant(ctx: ServiceContext, tenantId: number): Promise<void> {
  const found = await ctx.db
    .select({ id: tenants.id })
    .from(tenants)
    .where(sql`${tenants.id} = ${tenantId} and ${inVisibleTenants(ctx, tenants.id)}`)
    .limit(1);
  if (found.length === 0) throw notFound("That tenant");
}

function actorTenantId(ctx: ServiceContext): number {
  const { actor } = ctx;
  if (actor.kind === "system" || actor.tenantId === null) throw new Error("This actor is not limited to a tenant");
  return actor.tenantId;
}
