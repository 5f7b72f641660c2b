import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { z } from "zod";
import { type EnrollResponse, type Fence, fence, type JobSpec, jobSpec } from "../../server/agents/wire";

/** Keys by id, as pinned at enrolment. */
export type PinnedKeys = ReadonlyMap<string, KeyObject>;

export function importKeys(keys: EnrollResponse["signingKeys"]): PinnedKeys {
  return new Map(keys.map((key) => [key.keyId, createPublicKey({ key: key.jwk, format: "jwk" })]));
}

/** What is known of a job that is refused: enough to tell the server, or nothing. */
export type Refusal = { ok: false; reason: string; job: { jobId: string; fence: Fence } | null };
export type Verified = { ok: true; spec: JobSpec };

const header = z.object({ alg: z.literal("EdDSA"), kid: z.string(), crit: z.undefined().optional() });
const addressed = z.object({ jobId: z.uuid(), fence });

/**
 * Decides whether this agent may run a pushed job: a compact JWS signed with EdDSA by a pinned key, for this agent, not
 * expired, whose script bodies carry their own hashes.
 *
 * @param now the server's time in milliseconds as far as known (see the `hello` event)
 */
export function verifyJob({
  jws,
  keys,
  agentId,
  now,
}: {
  jws: string;
  keys: PinnedKeys;
  agentId: string;
  now: number;
}): Verified | Refusal {
  const parts = jws.split(".");
  const [encodedHeader, encodedPayload, encodedSignature] = parts;
  if (parts.length !== 3 || !encodedHeader || !encodedPayload || !encodedSignature) {
    return { ok: false, reason: "The job is not a compact JWS.", job: null };
  }
  const payload = decodeJson(encodedPayload);
  const known = addressed.safeParse(payload);
  const refuse = (reason: string): Refusal => ({ ok: false, reason, job: known.success ? known.data : null });

  const parsedHeader = header.safeParse(decodeJson(encodedHeader));
  if (!parsedHeader.success) return refuse("The job's signature is not EdDSA with a key id.");
  const key = keys.get(parsedHeader.data.kid);
  if (key === undefined) return refuse("The job is signed with a key that was not pinned when this agent enrolled.");
  const signed = Buffer.from(`${encodedHeader}.${encodedPayload}`, "ascii");
  if (!verify(null, signed, key, Buffer.from(encodedSignature, "base64url"))) {
    return refuse("The job's signature does not fit its content.");
  }
  const parsed = jobSpec.safeParse(payload);
  if (!parsed.success) return refuse(`The job is malformed: ${firstIssue(parsed.error)}.`);
  const spec = parsed.data;
  if (spec.agentId !== agentId) return refuse("The job is for another agent.");
  if (Date.parse(spec.expiresAt) <= now) return refuse(`The job expired at ${spec.expiresAt}.`);
  const keysSeen = new Set<string>();
  for (const step of spec.steps) {
    if (keysSeen.has(step.key)) return refuse(`The job has two steps with the key ${step.key}.`);
    keysSeen.add(step.key);
    if (step.kind === "script" && createHash("sha256").update(step.body).digest("hex") !== step.bodySha256) {
      return refuse(`The body of step ${step.key} does not fit its hash.`);
    }
  }
  return { ok: true, spec };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown" : `${issue.path.join(".") || "the whole"}: ${issue.message}`;
}

function decodeJson(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
