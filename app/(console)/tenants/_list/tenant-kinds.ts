import type { Outputs } from "@/app/_trpc/client";

export type TenantKind = Outputs["tenants"]["get"]["kind"];

/** What a tenant is in the tree. */
export const tenantKinds: Readonly<Record<TenantKind, string>> = {
  msp: "Service provider",
  customer: "Customer",
  site: "Site",
};
