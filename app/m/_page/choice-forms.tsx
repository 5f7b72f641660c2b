import { momentsFor, type Words, wordsFor } from "@/emails/words";
import type { MessageChoice, MessageView } from "@/server/services/messages/message-view";

interface ChoiceFormsProps {
  readonly view: MessageView;
  readonly path: string;
  readonly intent: MessageChoice;
}

/** One form a choice: the one the reader came for first, as the main one. Plain forms; no script is needed. */
export function ChoiceForms({ view, path, intent }: ChoiceFormsProps) {
  const words = wordsFor(view.reader.locale);
  const allowed: Record<MessageChoice, boolean> = {
    postpone: view.allows.postpone && view.postponeOptions.length > 0,
    cancel: view.allows.cancel,
    "run-now": view.allows.runNow,
  };
  const all: MessageChoice[] = ["postpone", "cancel", "run-now"];
  const offered = [intent, ...all.filter((choice) => choice !== intent)].filter((choice) => allowed[choice]);
  return offered.map((choice, index) => {
    const isMain = index === 0;
    return (
      <form key={choice} method="post" action={path}>
        <input type="hidden" name="key" value={view.formKeys[choice]} />
        {choice === "postpone" ? (
          <PostponeFields view={view} legend={isMain ? words.labels.notAGoodTime : words.page.orPostpone} />
        ) : isMain && choice === intent ? (
          <Question choice={choice} words={words} />
        ) : null}
        <button type="submit" name="choice" value={choice} className={isMain ? "main" : undefined}>
          {labelOf(choice, words)}
        </button>
      </form>
    );
  });
}

const labelOf = (choice: MessageChoice, { labels }: Words) =>
  choice === "postpone" ? labels.postpone : choice === "cancel" ? labels.cancel : labels.runNow;

function Question({ choice, words: { page } }: { choice: MessageChoice; words: Words }) {
  const isCancel = choice === "cancel";
  return (
    <>
      <h2>{isCancel ? page.askCancel : page.askRunNow}</h2>
      <p className="muted">{isCancel ? page.cancelHint : page.runNowHint}</p>
    </>
  );
}

function PostponeFields({ view, legend }: { view: MessageView; legend: string }) {
  const { reader, postponeOptions, timeBounds, now } = view;
  const { page } = wordsFor(reader.locale);
  const moments = momentsFor(reader.locale, reader.timeZone);
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="options">
        {postponeOptions.map(({ id, at }, index) => {
          const moment = moments.relative(at, now);
          return (
            <label key={id}>
              <input type="radio" name="to" value={id} defaultChecked={index === 0} />
              <span>
                {id === "tomorrow" ? capitalize(moment) : page.hoursLater[id]}
                {id === "tomorrow" ? null : <small>{moment}</small>}
              </span>
            </label>
          );
        })}
        {timeBounds ? (
          <label>
            <input type="radio" name="to" value="time" />
            <span>{page.chooseTime}</span>
          </label>
        ) : null}
      </div>
      {timeBounds ? (
        <div className="time">
          <label htmlFor="time">{page.timeField(moments.zone(now))}</label>
          <input
            id="time"
            type="datetime-local"
            name="time"
            min={timeBounds.min}
            max={timeBounds.max ?? undefined}
            defaultValue={timeBounds.min}
          />
        </div>
      ) : null}
    </fieldset>
  );
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
