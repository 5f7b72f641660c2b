export const TENANT_COOKIE = "evenkeel-tenant";
export const ZONE_COOKIE = "evenkeel-zone";

/** The tenant that a cookie or an address names; null for none or nonsense. */
export function readTenantId(text: string | undefined | null): number | null {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
