import { PlannedMail } from "./components/planned-mail";
import type { PlannedMaintenance } from "./maintenance";
import { samplePlan } from "./samples";
import { momentsFor, wordsFor } from "./words";

/** "Six changes on your computer, tonight at 21:00": sent when a session knows what it will do. */
export default function BeforeMaintenance(plan: PlannedMaintenance) {
  const words = wordsFor(plan.reader.locale);
  const moment = momentsFor(plan.reader.locale, plan.reader.timeZone).relative(plan.startsAt, plan.writtenAt);
  const headline = words.before.headline(plan.changes.length, plan.computer, plan.reader.role, moment);
  return <PlannedMail plan={plan} headline={headline} line={null} />;
}

export function beforeMaintenanceSubject(plan: PlannedMaintenance): string {
  const when = momentsFor(plan.reader.locale, plan.reader.timeZone).short(plan.startsAt);
  return wordsFor(plan.reader.locale).before.subject(plan.computer.name, when);
}

BeforeMaintenance.PreviewProps = samplePlan;
