import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Encrypts what is secret at rest, and derives the keys that sign links. Built once from EVENKEEL_SECRET. */
export interface Secrets {
  encrypt(plain: string): string;
  decrypt(sealed: string): string;
  /** A key for one purpose, 32 bytes. */
  keyFor(purpose: string): Uint8Array;
}

const VERSION = "v1";

export function createSecrets(secretBase64: string): Secrets {
  const master = Buffer.from(secretBase64, "base64");
  if (master.length < 32) throw new Error("EVENKEEL_SECRET must be base64 of at least 32 bytes.");
  const keyFor = (purpose: string) => new Uint8Array(hkdfSync("sha256", master, "", `evenkeel/${purpose}`, 32));
  const atRest = keyFor("at-rest");
  return {
    keyFor,
    encrypt(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", atRest, nonce);
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [VERSION, nonce, cipher.getAuthTag(), sealed]
        .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
        .join(".");
    },
    decrypt(text) {
      const [version, nonce, tag, sealed] = text.split(".");
      if (version !== VERSION || !nonce || !tag || sealed === undefined) throw new Error("Not an encrypted value");
      const decipher = createDecipheriv("aes-256-gcm", atRest, Buffer.from(nonce, "base64url"));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString("utf8");
    },
  };
}

/** How tokens with enough randomness of their own are stored: enrolment keys, agent secrets, API tokens. */
export const hashToken = (token: string) => createHash("sha256").update(token).digest("hex");

/** Compares two hex digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, "hex"), Buffer.from(b, "hex")];
  return left.length === right.length && timingSafeEqual(left, right);
}

export const hmacSha256 = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
