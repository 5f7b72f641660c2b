import { and, eq, ne, or, sql } from "drizzle-orm";
import { computers, settings } from "@/db/schema";
import type { MachineFacts } from "@/server/agents/wire";
import { type IdentityCandidate, normalizeUuid } from "@/server/core/identify";
import type { TransactionContext } from "../transaction";

/** A computer that the machine may be, with what only the services know of it. */
export interface Candidate extends IdentityCandidate {
  readonly tenantId: number;
  readonly name: string;
}

/**
 * Computers with the machine's SMBIOS UUID, whoever's they are, and computers of its tenant with its OS installation.
 * Those that wait for a decision themselves are none.
 */
export async function loadCandidates(
  tx: TransactionContext,
  agent: { readonly id: string; readonly tenantId: number },
  facts: MachineFacts,
): Promise<Candidate[]> {
  const uuid = normalizeUuid(facts.smbiosUuid);
  const found = await tx.db
    .select({
      computerId: computers.id,
      tenantId: computers.tenantId,
      name: computers.name,
      identity: computers.identity,
      smbiosUuid: computers.smbiosUuid,
      osInstallationId: computers.osInstallationId,
      osInstalledAt: computers.osInstalledAt,
      serialNumber: computers.serialNumber,
      manufacturer: computers.manufacturer,
      // Names are written out: in a select list of one table drizzle would leave the table's away.
      hasLiveAgent: sql<boolean>`exists (select 1 from agents where agents.computer_id = computers.id
        and agents.id <> ${agent.id}::uuid and agents.connected and agents.revoked_at is null)`,
    })
    .from(computers)
    .where(
      and(
        ne(computers.status, "needs-decision"),
        ne(computers.status, "failed"),
        or(
          uuid === null ? sql`false` : eq(computers.smbiosUuid, uuid),
          facts.osInstallationId === null
            ? sql`false`
            : and(eq(computers.osInstallationId, facts.osInstallationId), eq(computers.tenantId, agent.tenantId)),
        ),
      ),
    )
    .orderBy(computers.id);
  return found.map((row) => ({ ...row, osInstalledAt: row.osInstalledAt?.toISOString() ?? null }));
}

/** UUIDs that this installation was told to distrust, beside the well-known ones. */
export async function loadKnownBadUuids(tx: TransactionContext): Promise<ReadonlySet<string>> {
  const [found] = await tx.db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, "identification.known-bad-uuids"));
  const values = Array.isArray(found?.value) ? found.value : [];
  return new Set(values.flatMap((value) => (typeof value === "string" ? (normalizeUuid(value) ?? []) : [])));
}
