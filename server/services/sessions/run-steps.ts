/** What a step of a session's run tells the durable function to do next. Plain JSON. */

/** The session is over: nothing further is done for it. */
export interface Ended {
  readonly kind: "ended";
}
/** Another session has the computer; go on when `session/changed` brings this one's turn. */
export interface Queued {
  readonly kind: "queued";
}
/** No agent of the computer is connected; go on when one is, or decide after the patience is over. */
export interface Offline {
  readonly kind: "offline";
}
/** A job was made (or was there); go on when it has ended. */
export interface Dispatched {
  readonly kind: "dispatched";
  /** Nothing is left after this job, unless it has to be run again. */
  readonly isLast: boolean;
}
/** Something is left to be done after all. */
export interface More {
  readonly kind: "more";
}
export type Dispatching = Ended | Queued | Offline | Dispatched | More;

export const ended: Ended = { kind: "ended" };
export const queued: Queued = { kind: "queued" };
export const offline: Offline = { kind: "offline" };
export const more: More = { kind: "more" };
export const dispatched = (isLast: boolean): Dispatched => ({ kind: "dispatched", isLast });
