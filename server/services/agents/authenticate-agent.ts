import { inArray } from "drizzle-orm";
import { z } from "zod";
import { agents } from "@/db/schema";
import { hashToken, sameDigest } from "@/server/ports/secrets";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { AgentError } from "./agent-error";
import type { AgentActor } from "./authorize-agent";

const tokenPattern = /^Bearer ([0-9a-f-]{36})\.([A-Za-z0-9_-]{20,200})$/;

/** What is known of an agent's credentials; may be kept for a minute. */
export interface AgentCredentials {
  readonly agentId: string;
  readonly tenantId: number;
  readonly name: string;
  readonly secretHash: string | null;
  readonly revoked: boolean;
}

/** The agent id and the hash of the secret in an `Authorization` header. Errors: `unauthorized`. */
export function readBearer(header: string | null): { agentId: string; secretHash: string } {
  const match = tokenPattern.exec(header ?? "");
  const agentId = z.uuid().safeParse(match?.[1]);
  if (!match?.[2] || !agentId.success) {
    throw new AgentError("unauthorized", "Send `Authorization: Bearer <agentId>.<agentSecret>` as given at enrolment.");
  }
  return { agentId: agentId.data, secretHash: hashToken(match[2]) };
}

/** Reads the credentials of several agents with one statement, for many that connect at once. */
export async function loadAgentCredentials({
  ctx,
  input,
}: {
  ctx: ServiceContext;
  input: { readonly agentIds: readonly string[] };
}): Promise<Map<string, AgentCredentials>> {
  authorizeSystem(ctx);
  const found = await ctx.db
    .select({
      agentId: agents.id,
      tenantId: agents.tenantId,
      version: agents.version,
      secretHash: agents.secretHash,
      revokedAt: agents.revokedAt,
    })
    .from(agents)
    .where(inArray(agents.id, [...input.agentIds]));
  return new Map(
    found.map(({ revokedAt, version, ...row }) => [
      row.agentId,
      { ...row, name: `agent ${version ?? ""}`.trim(), revoked: revokedAt !== null },
    ]),
  );
}

/**
 * The actor behind a bearer token, or why there is none. Compares in constant time, and an unknown agent takes the same
 * path as a wrong secret. Errors (`agentCode`): `unauthorized`, `revoked`.
 */
export function authenticateAgent(
  credentials: AgentCredentials | undefined,
  bearer: { readonly agentId: string; readonly secretHash: string },
): AgentActor {
  const same = sameDigest(credentials?.secretHash ?? hashToken(""), bearer.secretHash);
  if (!credentials || !same) {
    throw new AgentError("unauthorized", "This agent is not known, or its secret is not right. Enrol it again.");
  }
  if (credentials.revoked) throw new AgentError("revoked", "This agent was revoked.");
  const { agentId, tenantId, name } = credentials;
  return { kind: "agent", agentId, name, tenantId };
}
