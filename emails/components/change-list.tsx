import type { ReactNode } from "react";
import { Column, Row, Section, Text } from "react-email";
import type { Change, ChangeOutcome } from "../maintenance";
import { outcomeLine, type Words } from "../words";
import { light, text } from "./look";

/** Longer lists are cut; the page behind the link shows them whole. */
const LONGEST_LIST = 20;

export function ChangeList({ changes, words }: { changes: readonly Change[]; words: Words }) {
  return (
    <Section style={{ margin: "2px 0 0" }}>
      {changes.slice(0, LONGEST_LIST).map((change) => (
        <ListRow key={`${change.kind} ${change.name}`}>
          <Column>
            <Text className="ek-ink" style={{ ...text.body, fontWeight: 600 }}>
              {words.changeTitle(change)}
              <Detail line={words.changeDetail(change)} className="ek-muted" color={light.muted} />
            </Text>
          </Column>
        </ListRow>
      ))}
      <More hidden={changes.length - LONGEST_LIST} words={words} />
    </Section>
  );
}

const marks = {
  done: { sign: "✓", className: "ek-good", color: light.good },
  failed: { sign: "✕", className: "ek-bad", color: light.bad },
  "left-out": { sign: "–", className: "ek-muted", color: light.muted },
  "called-off": { sign: "–", className: "ek-muted", color: light.muted },
};

export function OutcomeList({ outcomes, words }: { outcomes: readonly ChangeOutcome[]; words: Words }) {
  return (
    <Section style={{ margin: "16px 0 0" }}>
      {outcomes.slice(0, LONGEST_LIST).map((outcome) => {
        const mark = marks[outcome.result];
        return (
          <ListRow key={`${outcome.kind} ${outcome.name}`}>
            <Column style={{ width: 30, verticalAlign: "top" }}>
              <Text
                aria-hidden
                data-skip-in-text
                className={mark.className}
                style={{ ...text.body, fontWeight: 700, color: mark.color }}
              >
                {mark.sign}
              </Text>
            </Column>
            <Column style={{ verticalAlign: "top" }}>
              <Text className="ek-ink" style={{ ...text.body, fontWeight: 600 }}>
                {words.changeTitle(outcome)}
                <Detail line={outcomeLine(outcome, words)} className={mark.className} color={mark.color} />
              </Text>
            </Column>
          </ListRow>
        );
      })}
      <More hidden={outcomes.length - LONGEST_LIST} words={words} />
    </Section>
  );
}

function ListRow({ children }: { children: ReactNode }) {
  return (
    <Section className="ek-line" style={{ borderBottom: `1px solid ${light.line}`, padding: "11px 0" }}>
      <Row>{children}</Row>
    </Section>
  );
}

/** In the same paragraph as its title, so that they stay together in the plain-text part as well. */
const Detail = ({ line, className, color }: { line: string | null; className: string; color: string }) =>
  line ? (
    <>
      <br />
      <span className={className} style={{ fontSize: 14, lineHeight: "21px", fontWeight: 400, color }}>
        {line}
      </span>
    </>
  ) : null;

const More = ({ hidden, words }: { hidden: number; words: Words }) =>
  hidden > 0 ? (
    <Text className="ek-muted" style={{ ...text.small, paddingTop: 11 }}>
      {words.andMore(hidden)}
    </Text>
  ) : null;
