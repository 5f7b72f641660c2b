/** Who was told, for the session's events. */
export interface Told {
  readonly toldCount: number;
  /** "Kim Lee is told by e-mail.", or why no one could be told. */
  readonly sentence: string;
}

const LONGEST_LIST = 3;

/** `isSent`: a mail provider is set up; without one the mails only stand in the outbox. */
export function describeTold(names: readonly string[], isSent: boolean): string {
  const listed = listNames(names);
  if (isSent) return `${listed} ${names.length === 1 ? "is" : "are"} told by e-mail.`;
  const mail = names.length === 1 ? "An e-mail" : "E-mails";
  const verb = names.length === 1 ? "is" : "are";
  return `${mail} for ${listed} ${verb} in the outbox and not sent, because no mail provider is set up.`;
}

function listNames(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "";
  const shown = names.slice(0, names.length > LONGEST_LIST ? LONGEST_LIST - 1 : -1);
  const rest = names.length > LONGEST_LIST ? `${names.length - shown.length} others` : names.at(-1);
  return `${shown.join(", ")} and ${rest}`;
}
