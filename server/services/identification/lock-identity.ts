import { sql } from "drizzle-orm";
import type { MachineFacts } from "@/server/agents/wire";
import { normalizeUuid } from "@/server/core/identify";
import type { TransactionContext } from "../transaction";

/** Makes identifications of the same machine, and of machines that could be mistaken for it, wait for each other. */
export async function lockIdentity(tx: TransactionContext, facts: MachineFacts): Promise<void> {
  const uuid = normalizeUuid(facts.smbiosUuid);
  const names: string[] = [];
  if (uuid !== null) names.push(`identify/uuid/${uuid}`);
  if (facts.osInstallationId !== null) names.push(`identify/os/${facts.osInstallationId.toLowerCase()}`);
  // Always in the same order, so that two never wait for each other.
  for (const name of names.sort()) {
    await tx.db
      .select({ locked: sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))` })
      .from(sql`(select 1) as one`);
  }
}
