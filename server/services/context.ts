import type { Db } from "@/db/client";
import type { userRoles } from "@/db/schema";
import type { Mail } from "@/server/mail/mail";
import type { Clock } from "@/server/ports/clock";
import type { Ids } from "@/server/ports/ids";
import type { Secrets } from "@/server/ports/secrets";

export type UserRole = (typeof userRoles)[number];

/** Who asks. What each may do is in `authorize.ts`. */
export type Actor =
  | {
      readonly kind: "user";
      readonly userId: number;
      readonly name: string;
      readonly role: UserRole;
      /** The root of what a tenant role may see; null for MSP roles. */
      readonly tenantId: number | null;
    }
  | { readonly kind: "agent"; readonly agentId: string; readonly name: string; readonly tenantId: number }
  /** Someone who opened a link in a mail. */
  | { readonly kind: "recipient"; readonly linkId: string; readonly name: string; readonly tenantId: number }
  /** The product itself: durable functions, the start. */
  | { readonly kind: "system"; readonly name: string };

/** What every service gets beside its input. Inside a transaction `db` is the transaction. */
export interface ServiceContext {
  readonly db: Db;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  /** Senders, links and the provider of mails. */
  readonly mail: Mail;
  /** Where the request came from; null for the product itself. */
  readonly address: string | null;
  /** Hands outbox events to the engine and wakes those who listen; called after each commit. */
  readonly afterCommit: (work: CommittedWork) => void;
}

/** What a committed transaction leaves to be done outside it. */
export interface CommittedWork {
  readonly eventIds: readonly string[];
  readonly signals: readonly Signal[];
}

/** A wake-up to other parts of the running product. Losing one loses nothing: the truth is in the database. */
export type Signal =
  | {
      readonly channel: "jobs";
      readonly agentId: string;
      readonly jobId: string;
      readonly what: "created" | "cancelled";
    }
  /** An agent may no longer be connected. */
  | { readonly channel: "agents"; readonly agentId: string; readonly what: "revoked" }
  | { readonly channel: "sessions"; readonly sessionId: number }
  | { readonly channel: "presence"; readonly computerId: number };
