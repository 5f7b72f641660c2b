import { Heading, Section, Text } from "react-email";
import type { PlannedMaintenance } from "../maintenance";
import { momentsFor, wordsFor } from "../words";
import { accentFor } from "./accent";
import { ChangeList } from "./change-list";
import { ChoiceButtons } from "./choice-buttons";
import { light, text } from "./look";
import { MailFrame } from "./mail-frame";

interface PlannedMailProps {
  readonly plan: PlannedMaintenance;
  readonly headline: string;
  /** Said under the headline beside the computer; null: nothing. */
  readonly line: string | null;
}

/** What a mail about coming maintenance says after its headline: where, when, what, and what the reader can do. */
export function PlannedMail({ plan, headline, line }: PlannedMailProps) {
  const words = wordsFor(plan.reader.locale);
  const moments = momentsFor(plan.reader.locale, plan.reader.timeZone);
  const accent = accentFor(plan.branding.accentColor);
  const { latestAt, timesLeft } = plan.allowance;
  const computerLine = words.computerLine(plan.computer, plan.reader.role);
  const remarks = [
    words.restarts[plan.restart],
    words.offline[plan.offline],
    plan.links.postpone ? words.allowance({ timesLeft, latest: latestAt ? moments.short(latestAt) : null }) : null,
  ].filter((remark): remark is string => remark !== null);
  return (
    <MailFrame
      branding={plan.branding}
      accent={accent}
      words={words}
      preview={`${computerLine} ${words.noReplyNeeded}`}
      why={words.why(plan.computer, plan.reader.role, plan.branding.companyName)}
    >
      <Heading as="h1" className="ek-ink ek-title" style={text.title}>
        {headline}
      </Heading>
      <Text className="ek-muted" style={{ ...text.muted, paddingTop: 8 }}>
        {computerLine} {line}
      </Text>
      <Section
        className="ek-panel"
        style={{
          margin: "20px 0 0",
          padding: "14px 16px",
          backgroundColor: light.panel,
          border: `1px solid ${light.line}`,
          borderRadius: 10,
        }}
      >
        <Text className="ek-muted" style={text.label}>
          {words.labels.when}
        </Text>
        <Text className="ek-ink" style={{ ...text.body, fontWeight: 600 }}>
          {moments.full(plan.startsAt)}
        </Text>
        <Text className="ek-muted" style={text.small}>
          {moments.zone(plan.startsAt)}. {words.noReplyNeeded}
        </Text>
      </Section>
      <Text className="ek-muted" style={{ ...text.label, paddingTop: 22 }}>
        {words.labels.what}
      </Text>
      <ChangeList changes={plan.changes} words={words} />
      <ChoiceButtons links={plan.links} words={words} accent={accent} />
      {remarks.map((remark) => (
        <Text key={remark} className="ek-muted" style={{ ...text.small, paddingTop: 14 }}>
          {remark}
        </Text>
      ))}
    </MailFrame>
  );
}
