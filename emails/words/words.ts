import type {
  Change,
  ChangeResult,
  MaintainedComputer,
  OfflineBehaviour,
  Reader,
  RestartBehaviour,
} from "../maintenance";

type Role = Reader["role"];

/** How often, in words, and an optional latest moment already in words. */
interface Allowance {
  readonly timesLeft: number;
  readonly latest: string | null;
}

/** What only the page behind a link says. */
export interface PageWords {
  readonly title: string;
  readonly hoursLater: Readonly<Record<"1h" | "2h" | "4h", string>>;
  readonly chooseTime: string;
  /** The label of the field; the zone in words. */
  timeField(zone: string): string;
  readonly cancelHint: string;
  readonly runNowHint: string;
  readonly askRunNow: string;
  readonly askCancel: string;
  readonly orPostpone: string;
  readonly starting: { headline(computer: MaintainedComputer, role: Role): string; readonly text: string };
  readonly waitingForComputer: { headline(computer: MaintainedComputer): string; readonly text: string };
  readonly begun: { headline(computer: MaintainedComputer, role: Role): string; readonly text: string };
  readonly cancelled: { readonly headline: string; readonly text: string };
  readonly missed: { readonly headline: string; readonly text: string };
  readonly outcome: {
    postponed(moment: string): string;
    readonly cancelled: string;
    readonly runNow: string;
    readonly tooLate: string;
    /** A time that cannot be had; the bounds in words. */
    refusedTime(after: string | null, latest: string | null): string;
    readonly refused: string;
    readonly repeated: string;
  };
  readonly badForm: { readonly headline: string; readonly text: string; readonly back: string };
  readonly refusals: Readonly<
    Record<"expired" | "tampered" | "unknown", { readonly headline: string; readonly text: string }>
  >;
}

/** Everything a mail or the message page says, in one language. Another language is another object of this type. */
export interface Words {
  readonly language: string;
  /** Used for dates and times when the reader's own locale is not of this language. */
  readonly formatLocale: string;

  /** "tonight at 21:00", "on Friday at 21:00": fits into the middle of a sentence. */
  readonly moments: {
    tonight(time: string): string;
    today(time: string): string;
    tomorrow(time: string): string;
    onDay(day: string, time: string): string;
  };

  /** "Install Adobe Acrobat Pro" */
  changeTitle(change: Pick<Change, "kind" | "name">): string;
  /** "from 18.13 to 20.0"; null where there is nothing to add. */
  changeDetail(change: Change): string | null;
  andMore(count: number): string;
  readonly results: Readonly<Record<ChangeResult, { readonly short: string; readonly sentence: string | null }>>;

  /** "CONT-LT-0142, the laptop you use." */
  computerLine(computer: MaintainedComputer, role: Role): string;
  readonly restarts: Readonly<Record<RestartBehaviour, string>>;
  readonly offline: Readonly<Record<OfflineBehaviour, string>>;
  /** "You can postpone twice, until Friday 21:00 at the latest." */
  allowance(allowance: Allowance): string;
  why(computer: MaintainedComputer, role: Role, companyName: string): string;
  questions(contact: string): string;
  readonly noReplyNeeded: string;

  readonly before: {
    subject(computerName: string, when: string): string;
    headline(changeCount: number, computer: MaintainedComputer, role: Role, moment: string): string;
  };
  readonly postponed: {
    subject(computerName: string, when: string): string;
    headline(moment: string): string;
    line(changeCount: number): string;
  };
  readonly after: {
    subject(computerName: string, failedCount: number, totalCount: number): string;
    headline(failedCount: number, totalCount: number, computer: MaintainedComputer, role: Role): string;
    ended(when: string): string;
    restartPending: string;
    failed(companyName: string): string;
    seeOnline: string;
  };

  readonly page: PageWords;

  readonly labels: {
    readonly what: string;
    readonly when: string;
    readonly where: string;
    readonly notAGoodTime: string;
    readonly postpone: string;
    readonly cancel: string;
    readonly runNow: string;
  };
}
