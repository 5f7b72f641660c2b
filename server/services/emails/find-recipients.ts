import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { people, tenantContacts, tenants } from "@/db/schema";
import { isTimeZone } from "@/server/core/schedule";
import type { ServiceContext } from "../context";

export interface Recipient {
  readonly personId: number;
  readonly name: string;
  readonly address: string;
  readonly locale: string | null;
  readonly timeZone: string;
  readonly role: "primary" | "contact";
}

interface Addressee {
  readonly tenantId: number;
  readonly primaryPersonId: number | null;
  /** Zones to fall back on when a person has none, nearest first. */
  readonly timeZones: readonly (string | null)[];
}

const LONGEST_LIST = 25;

const personColumns = {
  personId: people.id,
  name: people.displayName,
  address: people.email,
  locale: people.language,
  timeZone: people.timeZone,
};

/**
 * Who is told of a computer's maintenance: its primary person; without one, or without an address to write to, the
 * contacts of its tenant, or of the nearest tenant above that has any. Empty: there is nobody.
 */
export async function findRecipients(ctx: ServiceContext, to: Addressee): Promise<Recipient[]> {
  if (to.primaryPersonId !== null) {
    const [person] = await ctx.db
      .select(personColumns)
      .from(people)
      .where(and(eq(people.id, to.primaryPersonId), isNull(people.archivedAt)));
    if (person?.address) return [toRecipient({ ...person, address: person.address }, "primary", to.timeZones)];
  }
  const contacts = await ctx.db
    .select({ ...personColumns, contactOf: tenants.id, tenantZone: tenants.timeZone })
    .from(tenantContacts)
    .innerJoin(tenants, eq(tenants.id, tenantContacts.tenantId))
    .innerJoin(people, eq(people.id, tenantContacts.personId))
    .where(
      and(
        sql`${tenants.id} in (select unnest(below.ancestor_ids) from ${tenants} as below where below.id = ${to.tenantId})`,
        isNotNull(people.email),
        isNull(people.archivedAt),
      ),
    )
    .orderBy(sql`cardinality(${tenants.ancestorIds}) desc`, people.id)
    .limit(LONGEST_LIST);
  const nearest = contacts.filter(({ contactOf }) => contactOf === contacts[0]?.contactOf);
  const byAddress = new Map<string, Recipient>();
  for (const { contactOf: _, tenantZone, address, ...person } of nearest) {
    if (!address || byAddress.has(address.toLowerCase())) continue;
    byAddress.set(address.toLowerCase(), toRecipient({ ...person, address }, "contact", [tenantZone]));
  }
  return [...byAddress.values()];
}

interface Person {
  readonly personId: number;
  readonly name: string;
  readonly address: string;
  readonly locale: string | null;
  readonly timeZone: string | null;
}

const toRecipient = (person: Person, role: Recipient["role"], zones: Addressee["timeZones"]): Recipient => ({
  ...person,
  role,
  timeZone: firstTimeZone([person.timeZone, ...zones]),
});

/** The first that names a zone, because those of people and computers come from elsewhere; else UTC. */
export const firstTimeZone = (zones: readonly (string | null)[]): string =>
  zones.find((zone): zone is string => zone !== null && isTimeZone(zone)) ?? "UTC";
