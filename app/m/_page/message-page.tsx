import { momentsFor, wordsFor } from "@/emails/words";
import type { MessageChoice, MessageView } from "@/server/services/messages/message-view";
import { ChangeRows } from "./change-rows";
import { ChoiceForms } from "./choice-forms";
import { Frame } from "./frame";
import { OutcomeNote } from "./outcome-note";

interface MessagePageProps {
  readonly view: MessageView;
  /** Where the forms go: the page itself. */
  readonly path: string;
  /** The button in the mail that led here; it is offered first, and still has to be pressed. */
  readonly intent: MessageChoice;
}

/** The plan or the result behind a link, and what its holder may choose. */
export function MessagePage({ view, path, intent }: MessagePageProps) {
  const { branding, reader, computer, allowance, executionAt } = view;
  const words = wordsFor(reader.locale);
  const moments = momentsFor(reader.locale, reader.timeZone);
  const { headline, text } = sayState(view);
  const isPlanned = view.state === "waiting" || view.state === "starting" || view.state === "waiting-for-computer";
  const remarks = isPlanned ? [words.restarts[view.restart], words.offline[view.offline]] : [];
  const latest = allowance.latestAt ? moments.short(allowance.latestAt) : null;
  return (
    <Frame
      words={words}
      title={headline}
      branding={branding}
      notes={[
        ...(branding.supportContact ? [words.questions(branding.supportContact)] : []),
        ...(branding.footer ? [branding.footer] : []),
      ]}
    >
      {view.outcome ? <OutcomeNote view={view} outcome={view.outcome} /> : null}
      <h1>{headline}</h1>
      <p className="muted">{[words.computerLine(computer, reader.role), text].filter(Boolean).join(" ")}</p>
      {view.state === "waiting" && executionAt ? (
        <div className="when">
          <b>{moments.full(executionAt)}</b>
          <span className="small">
            {moments.zone(executionAt)}. {words.noReplyNeeded}
          </span>
        </div>
      ) : null}
      {view.state === "ended" && view.restartPending ? <p className="when">{words.after.restartPending}</p> : null}
      <ChangeRows changes={view.changes} words={words} showsResults={view.state === "ended"} />
      <ChoiceForms view={view} path={path} intent={intent} />
      <div className="notes">
        {view.allows.postpone ? (
          <p className="small">{words.allowance({ timesLeft: allowance.timesLeft, latest })}</p>
        ) : null}
        {remarks.map((remark) => (
          <p key={remark} className="small">
            {remark}
          </p>
        ))}
      </div>
    </Frame>
  );
}

function sayState({ state, computer, reader, changes, executionAt, endedAt, now }: MessageView): {
  headline: string;
  text: string | null;
} {
  const words = wordsFor(reader.locale);
  const moments = momentsFor(reader.locale, reader.timeZone);
  switch (state) {
    case "waiting": {
      const moment = executionAt ? moments.relative(executionAt, now) : "";
      return { headline: words.before.headline(changes.length, computer, reader.role, moment), text: null };
    }
    case "starting":
      return { headline: words.page.starting.headline(computer, reader.role), text: words.page.starting.text };
    case "waiting-for-computer":
      return { headline: words.page.waitingForComputer.headline(computer), text: words.page.waitingForComputer.text };
    case "begun":
      return { headline: words.page.begun.headline(computer, reader.role), text: words.page.begun.text };
    case "cancelled":
      return words.page.cancelled;
    case "missed":
      return words.page.missed;
    case "ended": {
      const notDone = changes.filter(({ result }) => result !== "done").length;
      return {
        headline: words.after.headline(notDone, changes.length, computer, reader.role),
        text: endedAt ? words.after.ended(moments.full(endedAt)) : null,
      };
    }
  }
}
