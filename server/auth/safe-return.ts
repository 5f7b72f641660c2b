/** Where to go after signing in: a path of this product, never another site. */
export function safeReturn(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return "/";
  // A browser reads `//host` and `/\host` as another site.
  const url = new URL(wanted, "http://here.invalid");
  if (url.host !== "here.invalid" || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
