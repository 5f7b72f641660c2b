import type { SessionOptions } from "@/server/core/sessions";

/** What a session started by hand does where nothing else is said: at once, with the computer's user told and heard. */
export function defaultSessionOptions(timeZone: string): SessionOptions {
  return {
    executionDelayMinutes: 0,
    executionTime: null,
    timeZone,
    offline: "skip",
    reboot: "suppress",
    mailsBefore: true,
    mailsAfter: true,
    allowsPostpone: true,
    allowsCancel: true,
    allowsRunNow: true,
    postponeMaxCount: 3,
    postponeMaxHours: 72,
  };
}
