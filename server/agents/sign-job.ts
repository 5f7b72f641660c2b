import { CompactSign, importJWK } from "jose";
import type { SigningKey } from "@/server/services/agents/signing-keys";
import { type JobSpec, PROTOCOL_VERSION } from "./wire";

/** Signs jobs with one key, as compact JWS that name it. */
export async function createJobSigner(key: SigningKey) {
  const privateKey = await importJWK(key.privateJwk, "EdDSA");
  return (job: Omit<JobSpec, "protocol">): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify({ protocol: PROTOCOL_VERSION, ...job })))
      .setProtectedHeader({ alg: "EdDSA", kid: key.keyId })
      .sign(privateKey);
}

export type JobSigner = Awaited<ReturnType<typeof createJobSigner>>;
