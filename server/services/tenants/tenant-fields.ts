import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "@/db/rows";
import { tenants } from "@/db/schema";
import { ServiceError } from "../errors";
import type { TransactionContext } from "../transaction";

export const tenantName = z.string().trim().min(1, "is missing").max(120);

/** An IANA time zone that this runtime knows. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "is not a time zone; use a name like Europe/Stockholm");

export const slugify = (name: string) =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "tenant";

/** `wanted`, or with the lowest number behind it that nobody has. */
export async function freeSlug(tx: TransactionContext, wanted: string): Promise<string> {
  const taken = new Set(
    (
      await rows<{ slug: string }>(
        tx.db,
        sql`select slug from ${tenants} where slug = ${wanted} or slug like ${`${wanted}-%`}`,
      )
    ).map((row) => row.slug),
  );
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

/** Changes of the tree come one after the other, so that no two of them make a loop together. */
export async function lockTenantTree(tx: TransactionContext): Promise<void> {
  await rows(tx.db, sql`select pg_advisory_xact_lock(hashtextextended('tenants/tree', 0))`);
}

/** Customers are below the MSP, sites below a customer or a site. */
export const kindBelow = (parentKind: "msp" | "customer" | "site") => (parentKind === "msp" ? "customer" : "site");

export const refuseArchivedParent = (parent: { archivedAt: Date | null; name: string }) => {
  if (parent.archivedAt === null) return;
  throw new ServiceError("conflict", `${parent.name} is archived; choose another parent.`, { parentId: "is archived" });
};
