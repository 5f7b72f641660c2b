import { Heading, Link, Section, Text } from "react-email";
import { accentFor } from "./components/accent";
import { OutcomeList } from "./components/change-list";
import { light, text } from "./components/look";
import { MailFrame } from "./components/mail-frame";
import type { FinishedMaintenance } from "./maintenance";
import { sampleResult } from "./samples";
import { momentsFor, wordsFor } from "./words";

/** "All done: four changes on your computer", or what did not work. */
export default function AfterMaintenance(result: FinishedMaintenance) {
  const { branding, reader, computer, outcomes } = result;
  const words = wordsFor(reader.locale);
  const accent = accentFor(branding.accentColor);
  const notDone = countNotDone(result);
  const ended = words.after.ended(momentsFor(reader.locale, reader.timeZone).full(result.endedAt));
  const computerLine = words.computerLine(computer, reader.role);
  return (
    <MailFrame
      branding={branding}
      accent={accent}
      words={words}
      preview={`${computerLine} ${ended}`}
      why={words.why(computer, reader.role, branding.companyName)}
    >
      <Heading as="h1" className="ek-ink ek-title" style={text.title}>
        {words.after.headline(notDone, outcomes.length, computer, reader.role)}
      </Heading>
      <Text className="ek-muted" style={{ ...text.muted, paddingTop: 8 }}>
        {computerLine} {ended}
      </Text>
      {result.restartPending ? (
        <Section
          className="ek-panel ek-strip"
          style={{
            margin: "20px 0 0",
            padding: "12px 16px",
            backgroundColor: light.panel,
            borderLeft: `4px solid ${accent.onLight}`,
            borderRadius: 8,
          }}
        >
          <Text className="ek-ink" style={text.body}>
            {words.after.restartPending}
          </Text>
        </Section>
      ) : null}
      <OutcomeList outcomes={outcomes} words={words} />
      {notDone > 0 ? (
        <Text className="ek-muted" style={{ ...text.small, paddingTop: 16, color: light.muted }}>
          {words.after.failed(branding.companyName)}
        </Text>
      ) : null}
      {result.resultLink ? (
        <Text style={{ ...text.small, paddingTop: 16 }}>
          <Link
            href={result.resultLink}
            className="ek-link"
            style={{ color: accent.onLight, textDecoration: "underline" }}
          >
            {words.after.seeOnline}
          </Link>
        </Text>
      ) : null}
    </MailFrame>
  );
}

export function afterMaintenanceSubject(result: FinishedMaintenance): string {
  return wordsFor(result.reader.locale).after.subject(
    result.computer.name,
    countNotDone(result),
    result.outcomes.length,
  );
}

const countNotDone = ({ outcomes }: FinishedMaintenance) => outcomes.filter(({ result }) => result !== "done").length;

AfterMaintenance.PreviewProps = sampleResult;
