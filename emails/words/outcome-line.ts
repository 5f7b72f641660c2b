import type { ChangeOutcome } from "../maintenance";
import type { Words } from "./words";

/** "Done, from 18.13 to 20.0", "Did not work": what is said of a change below its title. */
export function outcomeLine(outcome: ChangeOutcome, words: Words): string {
  const { short, sentence } = words.results[outcome.result];
  const detail = outcome.result === "done" ? words.changeDetail(outcome) : null;
  return [sentence ?? short, detail].filter((part) => part !== null).join(", ");
}
