import type {
  ChangeOutcome,
  MailBranding,
  MaintainedComputer,
  OfflineBehaviour,
  Reader,
  RestartBehaviour,
} from "@/emails/maintenance";
import type { PostponeChoiceId } from "@/server/core/postpone";

export type MessageChoice = "postpone" | "cancel" | "run-now";

/** Where the maintenance is, as far as it matters to someone who may want to change it. */
export type MessageState = "waiting" | "starting" | "waiting-for-computer" | "begun" | "ended" | "cancelled" | "missed";

/** What a choice sent before came to. */
export interface ChoiceOutcome {
  readonly choice: MessageChoice;
  readonly outcome: "done" | "too-late" | "refused";
  /** When it starts by that choice. */
  readonly executionAt: Date | null;
  /** It was sent again, and nothing more was changed. */
  readonly isRepeated: boolean;
}

/** All that the page behind a link shows. */
export interface MessageView {
  readonly kind: "message";
  readonly branding: MailBranding;
  readonly reader: Reader;
  readonly computer: MaintainedComputer;
  readonly changes: readonly ChangeOutcome[];
  readonly state: MessageState;
  readonly now: Date;
  readonly executionAt: Date | null;
  readonly endedAt: Date | null;
  readonly restartPending: boolean;
  readonly restart: RestartBehaviour;
  readonly offline: OfflineBehaviour;
  readonly allowance: { readonly timesLeft: number; readonly latestAt: Date | null };
  readonly postponeOptions: readonly { readonly id: PostponeChoiceId; readonly at: Date }[];
  readonly allows: { readonly postpone: boolean; readonly cancel: boolean; readonly runNow: boolean };
  /** Local times of the reader's zone (`2026-11-23T21:00`) between which a time may be chosen; null: not any more. */
  readonly timeBounds: { readonly min: string; readonly max: string | null } | null;
  /** Sent along with each choice, so that the same form sent twice is one choice. */
  readonly formKeys: Readonly<Record<MessageChoice, string>>;
  readonly outcome: ChoiceOutcome | null;
}

/** A link that opens nothing; said kindly, with no more than that. */
export interface MessageRefusal {
  readonly kind: "expired" | "tampered" | "unknown";
}
