import { wordsFor } from "@/emails/words";
import type { MessageRefusal } from "@/server/services/messages/message-view";
import { Frame } from "./frame";

/** A link that opens nothing, in the language the browser asks for. */
export function RefusalPage({ kind, locale }: { kind: MessageRefusal["kind"]; locale: string | null }) {
  const words = wordsFor(locale);
  const { headline, text } = words.page.refusals[kind];
  return (
    <Frame words={words} title={headline} branding={null}>
      <h1>{headline}</h1>
      <p className="muted">{text}</p>
    </Frame>
  );
}

/** A form that was not filled in by this page. `path` leads back to it. */
export function BadFormPage({ path, locale }: { path: string; locale: string | null }) {
  const words = wordsFor(locale);
  const { headline, text, back } = words.page.badForm;
  return (
    <Frame words={words} title={headline} branding={null}>
      <h1>{headline}</h1>
      <p className="muted">{text}</p>
      <p>
        <a href={path}>{back}</a>
      </p>
    </Frame>
  );
}
