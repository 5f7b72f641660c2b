import type { Words } from "./words";

const numbers = [
  "Keine",
  "Eine",
  "Zwei",
  "Drei",
  "Vier",
  "Fünf",
  "Sechs",
  "Sieben",
  "Acht",
  "Neun",
  "Zehn",
  "Elf",
  "Zwölf",
];
const changes = (n: number) => `${numbers[n] ?? n} ${n === 1 ? "Änderung" : "Änderungen"}`;
const times = (n: number) => (n === 1 ? "einmal" : `${(numbers[n] ?? String(n)).toLowerCase()}mal`);
const machines = { laptop: "Laptop", computer: "Computer", server: "Server" };

const titles = {
  install: (name: string) => `${name} installieren`,
  update: (name: string) => `${name} aktualisieren`,
  downgrade: (name: string) => `Zu einer früheren Version von ${name} zurückkehren`,
  uninstall: (name: string) => `${name} entfernen`,
  reinstall: (name: string) => `${name} reparieren`,
  setting: (name: string) => `Einstellung „${name}“ anwenden`,
};

export const de: Words = {
  language: "de",
  formatLocale: "de-DE",
  moments: {
    tonight: (time) => `heute Abend um ${time} Uhr`,
    today: (time) => `heute um ${time} Uhr`,
    tomorrow: (time) => `morgen um ${time} Uhr`,
    onDay: (day, time) => `am ${day} um ${time} Uhr`,
  },
  changeTitle: ({ kind, name }) => titles[kind](name),
  changeDetail: ({ kind, fromVersion, toVersion }) => {
    if (kind === "install" || kind === "reinstall") return toVersion ? `Version ${toVersion}` : null;
    if (kind === "uninstall") return fromVersion ? `Version ${fromVersion}` : null;
    if (fromVersion && toVersion) return `von ${fromVersion} auf ${toVersion}`;
    return toVersion ? `auf ${toVersion}` : null;
  },
  andMore: (n) => `und ${n} weitere`,
  results: {
    done: { short: "Erledigt", sentence: null },
    failed: { short: "Nicht gelungen", sentence: null },
    "left-out": { short: "Ausgelassen", sentence: "ausgelassen, weil etwas Nötiges nicht gelungen ist" },
    "called-off": { short: "Abgesagt", sentence: "vor dem Beginn abgesagt" },
  },
  computerLine: ({ name, kind, tenantName }, role) =>
    role === "primary"
      ? `${name}, der ${machines[kind]}, den Sie benutzen.`
      : `${name}, ein ${machines[kind]} von ${tenantName}.`,
  restarts: {
    "if-needed": "Am Ende kann ein Neustart stehen, falls eine der Änderungen ihn braucht.",
    suppress: "Der Computer wird nicht neu gestartet.",
    prompt: "Am Ende kann ein Neustart stehen, der vorher fragt.",
    force: "Am Ende startet der Computer neu; bitte speichern Sie vorher Ihre Arbeit.",
  },
  offline: {
    skip: "Bitte lassen Sie den Computer eingeschaltet. Ist er dann aus, fällt es dieses Mal weg.",
    "apply-when-connected":
      "Bitte lassen Sie den Computer eingeschaltet. Ist er dann aus, wird es nachgeholt, sobald er wieder da ist.",
  },
  allowance: ({ timesLeft, latest }) => {
    if (timesLeft <= 0) return "Weiter verschieben lässt es sich nicht.";
    return `Sie können es noch ${times(timesLeft)} verschieben${latest ? `, höchstens bis ${latest}` : ""}. Dann wird es ausgeführt.`;
  },
  why: ({ name, tenantName }, role, companyName) =>
    role === "primary"
      ? `${companyName} betreut ${name}. Sie erhalten diese E-Mail, weil Sie den Computer am meisten benutzen.`
      : `${companyName} betreut ${name}. Sie erhalten diese E-Mail, weil niemand bekannt ist, der ihn benutzt, und Sie Ansprechpartner bei ${tenantName} sind.`,
  questions: (contact) => `Fragen? ${contact}`,
  noReplyNeeded: "Wenn Ihnen der Zeitpunkt passt, brauchen Sie nichts zu tun.",
  before: {
    subject: (computerName, when) => `Wartung von ${computerName}: ${when}`,
    headline: (n, { name }, role, moment) =>
      `${changes(n)} an ${role === "primary" ? "Ihrem Computer" : name}, ${moment}`,
  },
  postponed: {
    subject: (computerName, when) => `Verschoben: Wartung von ${computerName}, jetzt ${when}`,
    headline: (moment) => `Verschoben: Es beginnt jetzt ${moment}`,
    line: (n) => `${changes(n)}, wie zuvor angekündigt.`,
  },
  after: {
    subject: (computerName, failed, total) =>
      failed === 0
        ? `Erledigt: Wartung von ${computerName}`
        : `${total - failed} von ${total} erledigt: Wartung von ${computerName}`,
    headline: (failed, total, { name }, role) => {
      const place = role === "primary" ? "Ihrem Computer" : name;
      if (failed === 0) return `Alles erledigt: ${changes(total)} an ${place}`;
      if (failed === total) return `Dieses Mal hat es an ${place} nicht geklappt`;
      return `${total - failed} von ${total} Änderungen an ${place} sind erledigt`;
    },
    ended: (when) => `Beendet ${when}.`,
    restartPending:
      "Ein Neustart steht noch aus. Bitte starten Sie den Computer neu, wenn es Ihnen passt; bis dahin wirkt noch nicht alles.",
    failed: (companyName) =>
      `Um das, was nicht gelungen ist, brauchen Sie sich nicht zu kümmern. ${companyName} sieht es und auch warum.`,
    seeOnline: "Im Browser ansehen",
  },
  page: {
    title: "Wartung Ihres Computers",
    hoursLater: { "1h": "1 Stunde später", "2h": "2 Stunden später", "4h": "4 Stunden später" },
    chooseTime: "Zeit wählen",
    timeField: (zone) => `Datum und Uhrzeit (${zone})`,
    cancelHint: "Dieses Mal wird nichts geändert. Was noch nötig ist, kommt mit der nächsten Wartung wieder.",
    runNowHint: "Es beginnt in wenigen Augenblicken. Bitte speichern Sie vorher Ihre Arbeit.",
    askRunNow: "Jetzt ausführen?",
    askCancel: "Dieses Mal auslassen?",
    orPostpone: "Oder verschieben",
    starting: {
      headline: ({ name }, role) => `Gleich geht es los an ${role === "primary" ? "Ihrem Computer" : name}`,
      text: "Bitte speichern Sie jetzt Ihre Arbeit.",
    },
    waitingForComputer: {
      headline: ({ name }) => `${name} ist nicht verbunden`,
      text: "Die Wartung beginnt, sobald der Computer wieder eingeschaltet und verbunden ist.",
    },
    begun: {
      headline: ({ name }, role) => `Die Wartung an ${role === "primary" ? "Ihrem Computer" : name} hat begonnen`,
      text: "Von hier aus lässt sie sich nicht mehr ändern. Bitte lassen Sie den Computer eingeschaltet, bis sie fertig ist.",
    },
    cancelled: {
      headline: "Dieses Mal ausgelassen",
      text: "Es wird nichts geändert. Was noch nötig ist, kommt mit der nächsten Wartung wieder.",
    },
    missed: {
      headline: "Die Wartung hat nicht stattgefunden",
      text: "Der Computer war zu dieser Zeit nicht verbunden. Was noch nötig ist, kommt mit der nächsten Wartung wieder.",
    },
    outcome: {
      postponed: (moment) => `Verschoben. Es beginnt jetzt ${moment}.`,
      cancelled: "Erledigt: Dieses Mal wird es ausgelassen.",
      runNow: "Vielen Dank. Es beginnt jetzt.",
      tooLate: "Das kam zu spät: Die Wartung hat schon begonnen oder ist vorbei. Ihre Wahl hat nichts geändert.",
      refusedTime: (after, latest) =>
        `Dieser Zeitpunkt geht nicht. ${[after ? `Er muss nach ${after} liegen` : "", latest ? `${after ? "und" : "Er darf"} spätestens ${latest} sein` : ""].filter((part) => part !== "").join(" ")}. Es wurde nichts geändert.`,
      refused: "Das geht hier nicht. Es wurde nichts geändert.",
      repeated: "Das hatten Sie schon gesendet; mehr wurde nicht geändert.",
    },
    badForm: {
      headline: "Das war nicht zu lesen",
      text: "Im Formular hat etwas gefehlt, darum wurde nichts geändert. Bitte versuchen Sie es noch einmal.",
      back: "Zurück zur Auswahl",
    },
    refusals: {
      expired: {
        headline: "Dieser Link ist abgelaufen",
        text: "Die Wartung, zu der er gehört, ist vorbei. Es wurde nichts geändert. Falls Sie eine neuere E-Mail haben, benutzen Sie bitte deren Link.",
      },
      tampered: {
        headline: "Dieser Link ist nicht vollständig",
        text: "Vielleicht ist unterwegs ein Teil verloren gegangen. Es wurde nichts geändert. Bitte öffnen Sie den Link in der E-Mail noch einmal oder kopieren Sie ihn ganz.",
      },
      unknown: {
        headline: "Dieser Link führt nirgendwohin",
        text: "Die Wartung, zu der er gehört, gibt es nicht mehr. Es wurde nichts geändert.",
      },
    },
  },
  labels: {
    what: "Was gemacht wird",
    when: "Wann",
    where: "Computer",
    notAGoodTime: "Passt es gerade nicht?",
    postpone: "Verschieben",
    cancel: "Dieses Mal auslassen",
    runNow: "Jetzt ausführen",
  },
};
