import type { Inputs, Outputs } from "@/app/_trpc/client";

type Own = NonNullable<Outputs["branding"]["get"]["own"]>;
type Update = Inputs["branding"]["update"];

/** A tenant's own branding as it is typed; an empty field comes from the tenant above. */
export interface BrandingForm {
  readonly companyName: string;
  readonly logoUrl: string;
  /** `#rrggbb`, or what of it is typed. */
  readonly accentColor: string;
  readonly senderName: string;
  readonly senderAddress: string;
  readonly supportContact: string;
  readonly footer: string;
  /** `YYYY-MM-DD`, in UTC; the last day counts. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const DAY_MS = 86_400_000;
const dayOf = (moment: Date | null | undefined, shiftMs = 0) =>
  moment ? new Date(moment.getTime() - shiftMs).toISOString().slice(0, 10) : "";
const momentOf = (day: string, shiftMs = 0) => (day === "" ? null : new Date(Date.parse(`${day}T00:00:00Z`) + shiftMs));

export function formOf(own: Own | null): BrandingForm {
  return {
    companyName: own?.companyName ?? "",
    logoUrl: own?.logoUrl ?? "",
    accentColor: own?.accentColor ?? "",
    senderName: own?.senderName ?? "",
    senderAddress: own?.senderAddress ?? "",
    supportContact: own?.supportContact ?? "",
    footer: own?.footer ?? "",
    firstDay: dayOf(own?.validFrom),
    lastDay: dayOf(own?.validTo, DAY_MS),
  };
}

/** The form as the server takes it. */
export function updateOf(tenantId: number, form: BrandingForm): Update {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    tenantId,
    companyName: orNull(form.companyName),
    logoUrl: orNull(form.logoUrl),
    accentColor: orNull(form.accentColor),
    senderName: orNull(form.senderName),
    senderAddress: orNull(form.senderAddress),
    supportContact: orNull(form.supportContact),
    footer: orNull(form.footer),
    validFrom: momentOf(form.firstDay),
    validTo: momentOf(form.lastDay, DAY_MS),
  };
}

export const isColor = (text: string) => /^#[0-9a-f]{6}$/i.test(text.trim());
