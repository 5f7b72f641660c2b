import type { Words } from "./words";

const numbers = [
  "No",
  "One",
  "Two",
  "Three",
  "Four",
  "Five",
  "Six",
  "Seven",
  "Eight",
  "Nine",
  "Ten",
  "Eleven",
  "Twelve",
];
const count = (n: number) => numbers[n] ?? String(n);
const changes = (n: number) => `${count(n)} ${n === 1 ? "change" : "changes"}`;
const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${count(n).toLowerCase()} times`);

const titles = {
  install: "Install",
  update: "Update",
  downgrade: "Go back to an earlier version of",
  uninstall: "Remove",
  reinstall: "Repair",
  setting: "Apply the setting",
};

export const en: Words = {
  language: "en",
  formatLocale: "en-GB",
  moments: {
    tonight: (time) => `tonight at ${time}`,
    today: (time) => `today at ${time}`,
    tomorrow: (time) => `tomorrow at ${time}`,
    onDay: (day, time) => `on ${day} at ${time}`,
  },
  changeTitle: ({ kind, name }) => (kind === "setting" ? `Apply the setting “${name}”` : `${titles[kind]} ${name}`),
  changeDetail: ({ kind, fromVersion, toVersion }) => {
    if (kind === "install" || kind === "reinstall") return toVersion ? `version ${toVersion}` : null;
    if (kind === "uninstall") return fromVersion ? `version ${fromVersion}` : null;
    if (fromVersion && toVersion) return `from ${fromVersion} to ${toVersion}`;
    return toVersion ? `to ${toVersion}` : null;
  },
  andMore: (n) => `and ${n} more`,
  results: {
    done: { short: "Done", sentence: null },
    failed: { short: "Did not work", sentence: null },
    "left-out": { short: "Left out", sentence: "left out, because something it needs did not work" },
    "called-off": { short: "Called off", sentence: "called off before it began" },
  },
  computerLine: ({ name, kind, tenantName }, role) =>
    role === "primary" ? `${name}, the ${kind} you use.` : `${name}, a ${kind} of ${tenantName}.`,
  restarts: {
    "if-needed": "It may end with a restart, if one of the changes needs it.",
    suppress: "It does not restart the computer.",
    prompt: "It may end with a restart, which asks first.",
    force: "It ends with a restart, so please save your work before.",
  },
  offline: {
    skip: "Please leave the computer switched on. If it is off at that time, this is left out for now.",
    "apply-when-connected":
      "Please leave the computer switched on. If it is off at that time, this is done when it is back.",
  },
  allowance: ({ timesLeft, latest }) => {
    if (timesLeft <= 0) return "It cannot be postponed any further.";
    return `You can postpone ${times(timesLeft)}${latest ? `, until ${latest} at the latest` : ""}. Then it runs.`;
  },
  why: ({ name, tenantName }, role, companyName) =>
    role === "primary"
      ? `${companyName} looks after ${name}. You get this e-mail because you are the one who uses it most.`
      : `${companyName} looks after ${name}. You get this e-mail because nobody is known to use it, and you are a contact of ${tenantName}.`,
  questions: (contact) => `Questions? ${contact}`,
  noReplyNeeded: "If the time suits you, there is nothing to do.",
  before: {
    subject: (computerName, when) => `Maintenance of ${computerName}: ${when}`,
    headline: (n, { name }, role, moment) =>
      `${changes(n)} on ${role === "primary" ? "your computer" : name}, ${moment}`,
  },
  postponed: {
    subject: (computerName, when) => `Postponed: maintenance of ${computerName}, now ${when}`,
    headline: (moment) => `Postponed: it now starts ${moment}`,
    line: (n) => `${changes(n)}, the same as announced before.`,
  },
  after: {
    subject: (computerName, failed, total) =>
      failed === 0
        ? `Done: maintenance of ${computerName}`
        : `${total - failed} of ${total} done: maintenance of ${computerName}`,
    headline: (failed, total, { name }, role) => {
      const place = role === "primary" ? "your computer" : name;
      if (failed === 0) return `All done: ${changes(total).toLowerCase()} on ${place}`;
      if (failed === total) return `This time it did not work on ${place}`;
      return `${total - failed} of ${total} changes on ${place} are done`;
    },
    ended: (when) => `Finished ${when}.`,
    restartPending:
      "A restart is still pending. Please restart the computer when it suits you; until then not everything takes effect.",
    failed: (companyName) => `You need not do anything about what did not work. ${companyName} can see it and why.`,
    seeOnline: "See this in the browser",
  },
  page: {
    title: "Maintenance of your computer",
    hoursLater: { "1h": "1 hour later", "2h": "2 hours later", "4h": "4 hours later" },
    chooseTime: "Choose a time",
    timeField: (zone) => `Date and time (${zone})`,
    cancelHint: "Nothing is changed this time. What is still needed comes back with the next maintenance.",
    runNowHint: "It starts within moments. Please save your work first.",
    askRunNow: "Run it now?",
    askCancel: "Skip it this time?",
    orPostpone: "Or postpone it",
    starting: {
      headline: ({ name }, role) => `It starts any moment on ${role === "primary" ? "your computer" : name}`,
      text: "Please save your work now.",
    },
    waitingForComputer: {
      headline: ({ name }) => `${name} is not connected`,
      text: "The maintenance starts once the computer is switched on and connected again.",
    },
    begun: {
      headline: ({ name }, role) => `It has begun on ${role === "primary" ? "your computer" : name}`,
      text: "It can no longer be changed from here. Please leave the computer switched on until it is done.",
    },
    cancelled: {
      headline: "Skipped this time",
      text: "Nothing is changed. What is still needed comes back with the next maintenance.",
    },
    missed: {
      headline: "It did not take place",
      text: "The computer was not connected at the time. What is still needed comes back with the next maintenance.",
    },
    outcome: {
      postponed: (moment) => `Postponed. It now starts ${moment}.`,
      cancelled: "Done: it is skipped this time.",
      runNow: "Thank you. It starts now.",
      tooLate: "That came too late: the maintenance has already begun or is over. Nothing was changed by your choice.",
      refusedTime: (after, latest) =>
        `That time is not possible. ${[after ? `It has to be later than ${after}` : "", latest ? `${after ? "and" : "It may be"} at the latest ${latest}` : ""].filter((part) => part !== "").join(" ")}. Nothing was changed.`,
      refused: "That is not possible here. Nothing was changed.",
      repeated: "You had sent this already; nothing more was changed.",
    },
    badForm: {
      headline: "That could not be read",
      text: "Something was missing from the form, so nothing was changed. Please try once more.",
      back: "Back to the choices",
    },
    refusals: {
      expired: {
        headline: "This link has expired",
        text: "The maintenance it belongs to is over. Nothing was changed. If a newer e-mail reached you, use the link in that one.",
      },
      tampered: {
        headline: "This link is not complete",
        text: "Part of it may have been lost on its way. Nothing was changed. Please open the link in the e-mail again, or copy the whole of it.",
      },
      unknown: {
        headline: "This link leads nowhere any more",
        text: "The maintenance it belongs to no longer exists. Nothing was changed.",
      },
    },
  },
  labels: {
    what: "What will be done",
    when: "When",
    where: "Computer",
    notAGoodTime: "Not a good time?",
    postpone: "Postpone",
    cancel: "Skip it this time",
    runNow: "Run it now",
  },
};
