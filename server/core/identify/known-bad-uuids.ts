/**
 * SMBIOS UUIDs that many machines share: what boards carry whose maker never wrote one, in the form of
 * {@link normalizeUuid}. `03000200…` is the firmware vendor's default, `4c4c4544…` a service tag left empty.
 */
export const wellKnownBadUuids: ReadonlySet<string> = new Set([
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "03000200-0400-0500-0006-000700080009",
  "00020003-0004-0005-0006-000700080009",
  "12345678-1234-5678-90ab-cddeefaabbcc",
  "12345678-1234-1234-1234-123456789abc",
  "11111111-1111-1111-1111-111111111111",
  "00112233-4455-6677-8899-aabbccddeeff",
  "33221100-5544-7766-8899-aabbccddeeff",
  "01020304-0506-0708-090a-0b0c0d0e0f10",
  "fefefefe-fefe-fefe-fefe-fefefefefefe",
  "feebdaed-feeb-daed-feeb-daedfeebdaed",
  "4c4c4544-0000-2010-8020-80c04f202020",
]);

/** A UUID without braces and case, or null when there is nothing that looks like one. */
export function normalizeUuid(text: string | null): string | null {
  if (text === null) return null;
  const digits = text.trim().toLowerCase().replace(/[{}-]/g, "");
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

/** One repeated digit is never a real UUID, whichever digit it is. */
export function isKnownBadUuid(uuid: string, more: ReadonlySet<string>): boolean {
  return wellKnownBadUuids.has(uuid) || more.has(uuid) || /^(.)\1*$/.test(uuid.replaceAll("-", ""));
}
