import { Button, Column, Row, Section, Text } from "react-email";
import type { ChoiceLinks } from "../maintenance";
import type { Words } from "../words";
import type { Accent } from "./accent";
import { buttonBase, light, text } from "./look";

/** Postpone, skip, run now: as many as the schedule allows. Each opens the page that asks before it does anything. */
export function ChoiceButtons({ links, words, accent }: { links: ChoiceLinks; words: Words; accent: Accent }) {
  const quiet = [
    { href: links.cancel, label: words.labels.cancel },
    { href: links.runNow, label: words.labels.runNow },
  ].filter((button): button is { href: string; label: string } => button.href !== null);
  if (!links.postpone && quiet.length === 0) return null;
  return (
    <Section style={{ margin: "26px 0 0" }}>
      <Text className="ek-ink" style={{ ...text.body, fontWeight: 600, paddingBottom: 12 }}>
        {words.labels.notAGoodTime}
      </Text>
      {links.postpone ? (
        <Button
          href={links.postpone}
          style={{ ...buttonBase, backgroundColor: accent.fill, color: accent.ink, border: `1px solid ${accent.fill}` }}
        >
          {words.labels.postpone}
        </Button>
      ) : null}
      <Row style={{ width: "100%" }}>
        {quiet.map(({ href, label }, index) => (
          <Column
            key={label}
            className="ek-half"
            style={{
              width: `${100 / quiet.length}%`,
              paddingTop: 10,
              paddingLeft: index > 0 ? 5 : 0,
              paddingRight: index < quiet.length - 1 ? 5 : 0,
            }}
          >
            <Button
              href={href}
              className="ek-quiet"
              style={{
                ...buttonBase,
                backgroundColor: light.paper,
                color: light.ink,
                border: `1px solid ${light.lineStrong}`,
              }}
            >
              {label}
            </Button>
          </Column>
        ))}
      </Row>
    </Section>
  );
}
