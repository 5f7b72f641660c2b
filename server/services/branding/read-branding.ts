import { sql } from "drizzle-orm";
import { brandings, tenants } from "@/db/schema";
import type { ServiceContext } from "../context";
import { notFound } from "../errors";

/** How a tenant's mails and message pages look, with everything filled in. */
export interface EffectiveBranding {
  readonly companyName: string;
  readonly logoUrl: string | null;
  /** `#rrggbb`; null: the product's own accent. */
  readonly accentColor: string | null;
  readonly supportContact: string | null;
  readonly footer: string | null;
  /** `Name <address>` */
  readonly sender: string;
}

type BrandingRow = typeof brandings.$inferSelect;
export type OwnBranding = Omit<BrandingRow, "tenantId">;

export interface TenantBranding {
  readonly own: OwnBranding | null;
  readonly effective: EffectiveBranding;
}

/**
 * Field by field: the tenant's own value, else that of the nearest tenant above it. A branding outside its dates counts
 * as absent. Without any company name the provider's (the root tenant's) name stands. A sender's name and address are
 * taken from the same tenant, so that no one writes in another's name.
 */
export async function readBranding(ctx: ServiceContext, tenantId: number): Promise<TenantBranding> {
  const chain = await ctx.db
    .select({ id: tenants.id, name: tenants.name, parentId: tenants.parentId, branding: brandings })
    .from(tenants)
    .leftJoin(brandings, sql`${brandings.tenantId} = ${tenants.id}`)
    .where(
      sql`${tenants.id} in (select unnest(below.ancestor_ids) from ${tenants} as below where below.id = ${tenantId})`,
    )
    .orderBy(sql`cardinality(${tenants.ancestorIds}) desc`);
  const root = chain.at(-1);
  if (!root) throw notFound("That tenant");

  const now = ctx.clock.now();
  const nearestFirst = chain.flatMap(({ branding }) => (branding && isValidAt(branding, now) ? [branding] : []));
  const first = <K extends keyof OwnBranding>(field: K) =>
    nearestFirst.find((branding) => branding[field] !== null)?.[field] ?? null;
  const companyName = first("companyName") ?? root.name;
  const own = chain.find(({ id }) => id === tenantId)?.branding ?? null;
  return {
    own: own === null ? null : withoutTenant(own),
    effective: {
      companyName,
      logoUrl: first("logoUrl"),
      accentColor: first("accentColor"),
      supportContact: first("supportContact"),
      footer: first("footer"),
      sender: senderOf(nearestFirst, companyName, ctx.mail.defaultSender),
    },
  };
}

export const isValidAt = (branding: Pick<BrandingRow, "validFrom" | "validTo">, now: Date) =>
  (branding.validFrom === null || branding.validFrom <= now) && (branding.validTo === null || now < branding.validTo);

function withoutTenant({ tenantId: _, ...own }: BrandingRow): OwnBranding {
  return own;
}

/** The default address keeps working for tenants that only name themselves: the name is theirs, the address is not. */
function senderOf(nearestFirst: readonly BrandingRow[], companyName: string, defaultSender: string): string {
  const withAddress = nearestFirst.find(({ senderAddress }) => senderAddress !== null);
  if (withAddress?.senderAddress) {
    return formatSender(withAddress.senderName ?? companyName, withAddress.senderAddress);
  }
  const name = nearestFirst.find(({ senderName }) => senderName !== null)?.senderName ?? companyName;
  return formatSender(name, /<([^>]+)>/.exec(defaultSender)?.[1] ?? defaultSender);
}

/** RFC 5322: a display name with anything special in it is quoted. */
const formatSender = (name: string, address: string) =>
  `"${name.replace(/[\r\n]+/g, " ").replace(/["\\]/g, "\\$&")}" <${address}>`;
