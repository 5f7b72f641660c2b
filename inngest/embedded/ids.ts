import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

let lastMs = -1;
let lastEntropy: Uint8Array = new Uint8Array(10);

/** A new ULID; within one millisecond each is greater than the one before, so that what came first sorts first. */
export function ulid(atMs: number): string {
  if (atMs !== lastMs) {
    lastMs = atMs;
    lastEntropy = randomBytes(10);
    // Room to count up.
    lastEntropy[0] = (lastEntropy[0] ?? 0) & 0x7f;
  } else {
    for (let index = 9; index >= 0; index--) {
      lastEntropy[index] = ((lastEntropy[index] ?? 0) + 1) & 0xff;
      if (lastEntropy[index] !== 0) break;
    }
  }
  return encodeUlid(atMs, lastEntropy);
}

/** 48 bits of time and 80 of entropy, sortable as text. */
function encodeUlid(atMs: number, entropy: Uint8Array): string {
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
  return encodeUlid(atMs, createHash("sha256").update(name).digest());
}
