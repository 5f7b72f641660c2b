import type { Claim, Holder } from "./claims";
import { agreementTypeKey, productKey } from "./keys";
import type { AdditionFact, AgreementFact } from "./types";

/** The agreement covers its customer and the sites below; the MSP's own covers the MSP alone. */
function covers(agreement: AgreementFact, holder: Holder): boolean {
  const msp = holder.tenantAncestorIds.at(-1) ?? holder.tenantId;
  if (agreement.tenantId === holder.tenantId) return true;
  return agreement.tenantId !== msp && holder.tenantAncestorIds.includes(agreement.tenantId);
}

/** Claims of agreement types and products, whether they hold today or not, in the agreement's own local date. */
export function claimAgreements(agreements: readonly AgreementFact[], holder: Holder): Claim[] {
  return agreements
    .filter((agreement) => covers(agreement, holder))
    .flatMap((agreement) => [
      claimAgreement(agreement),
      ...agreement.additions.map((addition) => claimAddition(agreement, addition)),
    ]);
}

const acrossOnly = { inTenant: false, acrossTenants: true } as const;

function claimAgreement(agreement: AgreementFact): Claim {
  return {
    ...acrossOnly,
    membership: agreementTypeKey(agreement.agreementType),
    sentence: `The agreement ${agreement.name} (${agreement.agreementType}) covers it${span(agreement.startDate, agreement.endDate)}.`,
    source: { table: "agreements", id: agreement.id },
    from: agreement.startDate,
    until: agreement.endDate,
    missedBecause: whyAgreementDoesNotCount(agreement),
  };
}

function claimAddition(agreement: AgreementFact, addition: AdditionFact): Claim {
  const lastDay = addition.cancelledDate === null ? null : dayBefore(addition.cancelledDate);
  const from = later(agreement.startDate, addition.effectiveDate);
  const until = earlier(agreement.endDate, lastDay);
  return {
    ...acrossOnly,
    membership: productKey(addition.product),
    sentence: `${addition.product} is on the agreement ${agreement.name}${span(from, until)}.`,
    source: { table: "agreement_additions", id: addition.id },
    from,
    until,
    missedBecause: whyAgreementDoesNotCount(agreement) ?? whyAdditionDoesNotCount(agreement, addition, lastDay),
  };
}

function whyAgreementDoesNotCount(agreement: AgreementFact): string | null {
  const { name, startDate, endDate, localDate } = agreement;
  if (agreement.cancelled) return `The agreement ${name} is cancelled.`;
  if (agreement.inactive) return `The agreement ${name} is inactive.`;
  if (startDate !== null && localDate < startDate) return `The agreement ${name} starts on ${startDate}.`;
  if (endDate !== null && localDate > endDate) return `The agreement ${name} ended on ${endDate}.`;
  return null;
}

function whyAdditionDoesNotCount(agreement: AgreementFact, addition: AdditionFact, lastDay: string | null) {
  const what = `${addition.product} on the agreement ${agreement.name}`;
  if (addition.effectiveDate !== null && agreement.localDate < addition.effectiveDate) {
    return `${what} counts from ${addition.effectiveDate} on.`;
  }
  return lastDay !== null && agreement.localDate > lastDay ? `${what} ended on ${lastDay}.` : null;
}

const later = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b > a) ? b : a);
const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

function span(from: string | null, until: string | null): string {
  return `${from === null ? "" : ` from ${from}`}${until === null ? "" : ` up to ${until}`}`;
}

/** The day before a `YYYY-MM-DD`; the text itself when it is no date. */
function dayBefore(date: string): string {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(midnight) ? date : new Date(midnight - 86_400_000).toISOString().slice(0, 10);
}
