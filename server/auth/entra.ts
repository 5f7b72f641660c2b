import type { Env } from "@/server/env";

const WELL_KNOWN: readonly string[] = ["common", "organizations", "consumers"];

/** Directories whose people may sign in: that of the issuer, or those listed where the issuer stands for any. */
export function allowedTenantIds(env: Env): string[] {
  const issuer = env.AUTH_MICROSOFT_ENTRA_ID_ISSUER;
  if (issuer === undefined) return [];
  const named = new URL(issuer).pathname.split("/").find((part) => part !== "") ?? "";
  return WELL_KNOWN.includes(named) ? [...env.AUTH_MICROSOFT_ENTRA_ID_TENANTS] : [named];
}
