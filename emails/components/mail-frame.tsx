import type { ReactNode } from "react";
import { Body, Column, Container, Head, Html, Img, Preview, Row, Section, Text } from "react-email";
import type { MailBranding } from "../maintenance";
import type { Words } from "../words";
import type { Accent } from "./accent";
import { fontFamily, light, styleSheet, text } from "./look";

interface MailFrameProps {
  readonly branding: MailBranding;
  readonly accent: Accent;
  readonly words: Words;
  /** What inboxes show beside the subject. */
  readonly preview: string;
  /** Why the reader gets this. */
  readonly why: string;
  readonly children: ReactNode;
}

/** The paper every mail is written on: the company's head above, why it was sent and whom to ask below. */
export function MailFrame({ branding, accent, words, preview, why, children }: MailFrameProps) {
  const footnotes = [
    why,
    branding.supportContact ? words.questions(branding.supportContact) : null,
    branding.footer,
  ].filter((line): line is string => line !== null);
  return (
    <Html lang={words.language}>
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,address=no,email=no,date=no,url=no" />
        <style>{styleSheet(accent)}</style>
      </Head>
      <Body
        lang={words.language}
        className="ek-page"
        style={{ margin: 0, padding: 0, backgroundColor: light.page, fontFamily }}
      >
        <Preview>{preview}</Preview>
        <Section
          className="ek-page"
          tdClassName="ek-outer"
          style={{ backgroundColor: light.page, padding: "28px 12px" }}
        >
          <Container style={{ maxWidth: 560 }}>
            <Section
              className="ek-card"
              tdClassName="ek-inner"
              style={{
                backgroundColor: light.paper,
                border: `1px solid ${light.line}`,
                borderRadius: 14,
                padding: "30px 34px 34px",
              }}
            >
              <CompanyHead branding={branding} accent={accent} />
              {children}
            </Section>
            <Section tdClassName="ek-foot" style={{ padding: "18px 34px 8px" }}>
              {footnotes.map((line) => (
                <Text key={line} className="ek-muted" style={{ ...text.small, paddingBottom: 6 }}>
                  {line}
                </Text>
              ))}
            </Section>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

function CompanyHead({ branding, accent }: { branding: MailBranding; accent: Accent }) {
  return (
    <Row style={{ width: "100%", paddingBottom: 22 }}>
      <Column style={{ width: 46, verticalAlign: "middle" }}>
        {branding.logoUrl ? (
          <Img src={branding.logoUrl} alt="" width={34} height={34} style={{ borderRadius: 8, objectFit: "contain" }} />
        ) : (
          <Text
            aria-hidden
            data-skip-in-text
            style={{
              margin: 0,
              width: 34,
              height: 34,
              borderRadius: 9,
              backgroundColor: accent.fill,
              color: accent.ink,
              fontSize: 16,
              fontWeight: 700,
              lineHeight: "34px",
              textAlign: "center",
            }}
          >
            {[...branding.companyName.trim()][0]?.toUpperCase() ?? ""}
          </Text>
        )}
      </Column>
      <Column style={{ verticalAlign: "middle" }}>
        <Text className="ek-ink" style={{ ...text.body, fontWeight: 650 }}>
          {branding.companyName}
        </Text>
      </Column>
    </Row>
  );
}
