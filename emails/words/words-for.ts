import { de } from "./de";
import { en } from "./en";
import type { Words } from "./words";

const languages: readonly Words[] = [en, de];

/** The words of the reader's language; English when it is not known or not spoken here. */
export function wordsFor(locale: string | null): Words {
  const language = locale?.toLowerCase().split(/[-_]/)[0];
  return languages.find((words) => words.language === language) ?? en;
}
