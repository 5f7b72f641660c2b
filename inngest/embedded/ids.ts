import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of time, 80 of randomness (or of what is given), sortable as text. */
export function ulid(atMs: number, entropy: Uint8Array = randomBytes(10)): string {
  let time = atMs;
  let text = "";
  for (let digit = 0; digit < 10; digit++) {
    text = ALPHABET.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  let bits = 0;
  let value = 0;
  for (const byte of entropy.subarray(0, 10)) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; ) {
      bits -= 5;
      text += ALPHABET.charAt((value >> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

/** The same id for the same name, always: sending again after a lost answer must not send twice. */
export function ulidFromName(atMs: number, name: string): string {
  return ulid(atMs, createHash("sha256").update(name).digest());
}
