import type { Outputs } from "@/app/_trpc/client";
import { countOf } from "@/app/_ui/format";
import type { Tone } from "@/app/_ui/pill";

export type Preview = Outputs["deployments"]["preview"];
export type Step = Preview["rows"][number]["next"];

interface StepWords {
  readonly label: string;
  readonly tone: Tone;
  readonly fill: string;
  readonly ink: string;
}

/** What a next session would do, from what changes most to what changes nothing. */
export const steps: Readonly<Record<Step, StepWords>> = {
  install: { label: "install", tone: "run", fill: "bg-run", ink: "text-run" },
  update: { label: "update", tone: "warn", fill: "bg-warn", ink: "text-warn" },
  downgrade: { label: "downgrade", tone: "warn", fill: "bg-warn/70", ink: "text-warn" },
  reinstall: { label: "reinstall", tone: "warn", fill: "bg-warn/50", ink: "text-warn" },
  uninstall: { label: "uninstall", tone: "bad", fill: "bg-bad", ink: "text-bad" },
  task: { label: "set", tone: "run", fill: "bg-run", ink: "text-run" },
  fail: { label: "would fail", tone: "bad", fill: "bg-bad/60", ink: "text-bad" },
  none: { label: "no change", tone: "ok", fill: "bg-ok", ink: "text-ok" },
  unknown: { label: "unknown yet", tone: "off", fill: "bg-line-strong", ink: "text-ink-2" },
};
export const stepOrder: readonly Step[] = [
  "install",
  "update",
  "downgrade",
  "reinstall",
  "uninstall",
  "task",
  "fail",
  "none",
  "unknown",
];
const changing: readonly Step[] = ["install", "update", "downgrade", "reinstall", "uninstall", "task"];

/** On how many machines something will be done. */
export const changingCount = (preview: Preview) => changing.reduce((sum, step) => sum + (preview.steps[step] ?? 0), 0);

/** The same in words, with those nobody has looked at yet counted as what they may become. */
export function describeChange(preview: Preview): string {
  const [sure, unknown] = [changingCount(preview), preview.steps.unknown ?? 0];
  if (sure + unknown === 0) return "no machine will change";
  return `${unknown > 0 ? "up to " : ""}${countOf(sure + unknown, "machine")} will change`;
}
