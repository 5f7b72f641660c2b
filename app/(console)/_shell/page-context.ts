import "server-only";
import { cookies } from "next/headers";
import { requireActor } from "@/server/auth/get-actor";
import { readTenantId, TENANT_COOKIE } from "./tenant-cookie";

/** What every page begins with: someone is signed in, and which tenant they look at. */
export async function openPage(path: string): Promise<{ tenantId: number | null }> {
  await requireActor(path);
  return { tenantId: readTenantId((await cookies()).get(TENANT_COOKIE)?.value) };
}

/** The number in an address like `/computers/7`; 0, which nothing has, for anything else. */
export function readId(text: string): number {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
