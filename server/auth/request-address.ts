import { isIP } from "node:net";

/**
 * Where a request came from: the last entry of `x-forwarded-for`, which is what the nearest proxy saw, or Next.js itself
 * where there is no proxy. Null when that is no address.
 */
export function requestAddress(headers: Headers): string | null {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  const address = last.startsWith("::ffff:") ? last.slice("::ffff:".length) : last;
  return isIP(address) === 0 ? null : address;
}
