import type { ChangeOutcome } from "@/emails/maintenance";
import { outcomeLine, type Words } from "@/emails/words";

const signs = { done: "✓", failed: "✕", "left-out": "–", "called-off": "–" };

interface ChangeRowsProps {
  readonly changes: readonly ChangeOutcome[];
  readonly words: Words;
  readonly showsResults: boolean;
}

export function ChangeRows({ changes, words, showsResults }: ChangeRowsProps) {
  if (changes.length === 0) return null;
  return (
    <ul>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.name}`}>
          {showsResults ? (
            <span className={`mark ${change.result}`} aria-hidden="true">
              {signs[change.result]}
            </span>
          ) : null}
          <span>
            <b>{words.changeTitle(change)}</b>
            {showsResults ? (
              <small className={change.result}>{outcomeLine(change, words)}</small>
            ) : (
              <small>{words.changeDetail(change)}</small>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
