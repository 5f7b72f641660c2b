import { momentsFor, wordsFor } from "@/emails/words";
import type { ChoiceOutcome, MessageView } from "@/server/services/messages/message-view";

/** What the form that was just sent came to. */
export function OutcomeNote({ view, outcome }: { view: MessageView; outcome: ChoiceOutcome }) {
  const { outcome: said } = wordsFor(view.reader.locale).page;
  return (
    <div className={outcome.outcome === "done" ? "said" : "said no"} role="status">
      <p>{sentenceFor(view, outcome)}</p>
      {outcome.isRepeated ? <p className="small">{said.repeated}</p> : null}
    </div>
  );
}

function sentenceFor(view: MessageView, { choice, outcome, executionAt }: ChoiceOutcome): string {
  const { outcome: said } = wordsFor(view.reader.locale).page;
  const moments = momentsFor(view.reader.locale, view.reader.timeZone);
  if (outcome === "too-late") return said.tooLate;
  if (outcome === "refused") {
    if (choice !== "postpone" || !view.allows.postpone) return said.refused;
    const { latestAt } = view.allowance;
    return said.refusedTime(
      view.executionAt ? moments.short(view.executionAt) : null,
      latestAt ? moments.short(latestAt) : null,
    );
  }
  if (choice === "cancel") return said.cancelled;
  if (choice === "run-now") return said.runNow;
  return said.postponed(executionAt ? moments.relative(executionAt, view.now) : "");
}
