/** What the templates are filled with. Everything a reader sees is made from this and the words of their language. */

/** How a tenant's mails look. Nulls fall back to the product's own look, or leave the part out. */
export interface MailBranding {
  readonly companyName: string;
  readonly logoUrl: string | null;
  /** `#rrggbb` */
  readonly accentColor: string | null;
  readonly supportContact: string | null;
  readonly footer: string | null;
}

/** Who reads it, and why they get it. */
export interface Reader {
  /** `primary`: it is the computer they use. `contact`: nobody is known to use it, and they are named for such computers. */
  readonly role: "primary" | "contact";
  /** BCP 47, as far as known: `de`, `en-US`. */
  readonly locale: string | null;
  /** IANA name. */
  readonly timeZone: string;
}

export interface MaintainedComputer {
  readonly name: string;
  readonly kind: "laptop" | "computer" | "server";
  readonly tenantName: string;
}

export const changeKinds = ["install", "update", "downgrade", "uninstall", "reinstall", "setting"] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface Change {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
}

export const changeResults = ["done", "failed", "left-out", "called-off"] as const;
export type ChangeResult = (typeof changeResults)[number];

export interface ChangeOutcome extends Change {
  readonly result: ChangeResult;
}

export type RestartBehaviour = "if-needed" | "suppress" | "prompt" | "force";
export type OfflineBehaviour = "skip" | "apply-when-connected";

/** How often, and until when at the latest, the start may still be moved. */
export interface PostponeAllowance {
  readonly timesLeft: number;
  readonly latestAt: Date | null;
}

/** What the reader may do; null where the schedule does not allow it. */
export interface ChoiceLinks {
  readonly postpone: string | null;
  readonly cancel: string | null;
  readonly runNow: string | null;
}

/** What mails before maintenance, and about its postponement, are filled with. */
export interface PlannedMaintenance {
  readonly branding: MailBranding;
  readonly reader: Reader;
  readonly computer: MaintainedComputer;
  readonly changes: readonly Change[];
  readonly startsAt: Date;
  /** When the mail is written; decides between "tonight" and "Friday". */
  readonly writtenAt: Date;
  readonly restart: RestartBehaviour;
  readonly offline: OfflineBehaviour;
  readonly allowance: PostponeAllowance;
  readonly links: ChoiceLinks;
}

export interface FinishedMaintenance {
  readonly branding: MailBranding;
  readonly reader: Reader;
  readonly computer: MaintainedComputer;
  readonly outcomes: readonly ChangeOutcome[];
  readonly endedAt: Date;
  readonly restartPending: boolean;
  readonly resultLink: string | null;
}
