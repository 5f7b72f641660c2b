import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { agents, enrollmentKeys } from "@/db/schema";
import { type EnrollResponse, enrollRequest } from "@/server/agents/wire";
import { hashToken } from "@/server/ports/secrets";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { storable } from "../jobs/storable";
import { withTransaction } from "../transaction";
import { AgentError } from "./agent-error";
import { parseBody } from "./parse-body";
import { loadSigningKeys, publicSigningKeys } from "./signing-keys";

/**
 * Lets a machine in that shows a valid enrolment key; which computer it is, is found out after that (`identifyAgent`).
 * Enrolling again with the same `instanceId` gives the same agent a fresh secret; the old one no longer counts.
 * `ctx` is of the product itself: whoever enrols is not known yet. `request` is an `enrollRequest`, checked here.
 * Errors (`agentCode`): `bad-request`, `bad-enrollment-key`, `revoked`.
 */
export async function enrollAgent({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly request: unknown };
}): Promise<EnrollResponse> {
  authorizeSystem(ctx);
  const request = parseBody(enrollRequest, input.request);
  const facts = storable(request.facts);
  const signingKeys = await loadSigningKeys(ctx);
  const secret = randomBytes(32).toString("base64url");
  const now = ctx.clock.now();

  const enrolled = await withTransaction(ctx, async (tx) => {
    const key = await findUsableKey(tx, request.enrollmentKey);
    const fresh = { secretHash: hashToken(secret), version: facts.agentVersion, facts, enrolledAt: now };
    const [row] = await tx.db
      .insert(agents)
      .values({ ...fresh, id: tx.ids.uuid(), tenantId: key.tenantId, instanceId: request.instanceId })
      .onConflictDoUpdate({ target: agents.instanceId, set: { instanceId: request.instanceId } })
      .returning();
    if (!row) throw new Error("The insert gave no row back");
    if (row.tenantId !== key.tenantId) {
      throw new AgentError(
        "bad-enrollment-key",
        "This agent belongs to another customer. Uninstall it, then install it with this key.",
      );
    }
    if (row.revokedAt) {
      throw new AgentError("revoked", "This agent was revoked. Uninstall it, then install it anew to let it in again.");
    }
    await tx.db.update(agents).set(fresh).where(eq(agents.id, row.id));
    const asAgent = {
      ...tx,
      actor: { kind: "agent", agentId: row.id, name: facts.hostName, tenantId: row.tenantId } as const,
    };
    await audit(asAgent, {
      action: "agent.enroll",
      entity: "agent",
      entityId: row.id,
      tenantId: row.tenantId,
      before: null,
      after: {
        hostName: facts.hostName,
        version: facts.agentVersion,
        enrollmentKeyId: key.id,
        again: row.secretHash !== fresh.secretHash,
      },
    });
    await tx.emit("agent/enrolled", `agent/enrolled/${row.id}/${now.getTime()}`, { agentId: row.id });
    return row.id;
  });
  return { agentId: enrolled, agentSecret: secret, signingKeys: publicSigningKeys(signingKeys) };
}

async function findUsableKey(ctx: ServiceContext, text: string): Promise<{ id: number; tenantId: number }> {
  const [key] = await ctx.db
    .select({
      id: enrollmentKeys.id,
      tenantId: enrollmentKeys.tenantId,
      expiresAt: enrollmentKeys.expiresAt,
      revokedAt: enrollmentKeys.revokedAt,
    })
    .from(enrollmentKeys)
    .where(eq(enrollmentKeys.keyHash, hashToken(text)));
  if (!key)
    throw new AgentError("bad-enrollment-key", "This enrolment key is not known. Copy it again from the console.");
  if (key.revokedAt) throw new AgentError("bad-enrollment-key", "This enrolment key was revoked. Ask for a new one.");
  if (key.expiresAt && key.expiresAt <= ctx.clock.now()) {
    throw new AgentError("bad-enrollment-key", "This enrolment key has expired. Ask for a new one.");
  }
  return key;
}
