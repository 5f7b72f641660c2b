/** A UUID without braces and case, or null when there is nothing that looks like one. */
export function normalizeUuid(text: string | null): string | null {
  throw new Error(`not written yet: ${text}`);
}
