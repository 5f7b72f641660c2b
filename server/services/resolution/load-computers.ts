import { asc, eq, type SQL } from "drizzle-orm";
import { computers, people, tenants } from "@/db/schema";
import { packageManager } from "@/server/agents/wire";
import type { ResolvableComputer, ResolvePhase } from "@/server/core/resolve";
import type { ServiceContext } from "../context";

/** A computer as the resolver needs it, with what people call it. */
export interface LoadedComputer extends ResolvableComputer {
  readonly name: string;
  readonly tenantName: string;
  readonly optsOutOfCrossTenant: boolean;
  readonly primaryPersonName: string | null;
  readonly online: boolean;
  readonly lastSeenAt: Date | null;
  readonly phase: ResolvePhase;
}

/** The computers that meet `condition`, by id, from columns only. The caller has asked who may see them. */
export async function loadComputers(ctx: ServiceContext, condition: SQL | undefined): Promise<LoadedComputer[]> {
  const found = await ctx.db
    .select({
      id: computers.id,
      name: computers.name,
      tenantId: computers.tenantId,
      tenantName: tenants.name,
      tenantAncestorIds: tenants.ancestorIds,
      optsOutOfCrossTenant: tenants.optsOutOfCrossTenant,
      deviceClass: computers.deviceClass,
      osFamily: computers.osFamily,
      packageManagers: computers.packageManagers,
      primaryPersonId: computers.primaryPersonId,
      primaryPersonName: people.displayName,
      online: computers.online,
      lastSeenAt: computers.lastSeenAt,
      status: computers.status,
    })
    .from(computers)
    .innerJoin(tenants, eq(tenants.id, computers.tenantId))
    .leftJoin(people, eq(people.id, computers.primaryPersonId))
    .where(condition)
    .orderBy(asc(computers.id));
  return found.map(({ status, packageManagers, ...computer }) => ({
    ...computer,
    packageManagers: packageManagers.flatMap((name) => packageManager.safeParse(name).data ?? []),
    phase: status === "needs-onboarding" || status === "onboarding" ? "onboarding" : "normal",
  }));
}
