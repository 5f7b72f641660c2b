import { PlannedMail } from "./components/planned-mail";
import type { PlannedMaintenance } from "./maintenance";
import { samplePlan } from "./samples";
import { momentsFor, wordsFor } from "./words";

/** "Postponed: it now starts tomorrow at 21:00": the plan is the same, its time and what is left of the budget are new. */
export default function Postponed(plan: PlannedMaintenance) {
  const words = wordsFor(plan.reader.locale);
  const moment = momentsFor(plan.reader.locale, plan.reader.timeZone).relative(plan.startsAt, plan.writtenAt);
  return (
    <PlannedMail
      plan={plan}
      headline={words.postponed.headline(moment)}
      line={words.postponed.line(plan.changes.length)}
    />
  );
}

export function postponedSubject(plan: PlannedMaintenance): string {
  const when = momentsFor(plan.reader.locale, plan.reader.timeZone).short(plan.startsAt);
  return wordsFor(plan.reader.locale).postponed.subject(plan.computer.name, when);
}

Postponed.PreviewProps = { ...samplePlan, allowance: { ...samplePlan.allowance, timesLeft: 1 } };
