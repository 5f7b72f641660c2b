import type { RuleName } from "@/server/core/resolve";

/** What the next session would do with the item, judged from what was detected last; nothing newer is asked for. */
export const nextSteps = [
  "install",
  "update",
  "downgrade",
  "reinstall",
  "uninstall",
  "task",
  "none",
  "fail",
  "unknown",
] as const;
export type NextStep = (typeof nextSteps)[number];

export interface PreviewRow {
  readonly computerId: number;
  readonly computerName: string;
  readonly tenantId: number;
  readonly tenantName: string;
  readonly primaryPersonName: string | null;
  readonly online: boolean;
  /** The target means this computer. False only when editing: the deployment leaves it. */
  readonly reached: boolean;
  /** Why it is in the target: "The tag Kiosk is on this computer." */
  readonly because: string | null;
  readonly detectedVersion: string | null;
  readonly detectedAt: Date | null;
  /** This deployment decides here, once saved. */
  readonly wins: boolean;
  /** Another deployment decides than now, or this one with another content. */
  readonly changesWinner: boolean;
  /** Why it does not take part though the target means the computer: "Only while it is onboarded." */
  readonly notAppliedBecause: string | null;
  readonly beats: readonly PreviewRival[];
  /** What decides in its place. */
  readonly losesTo: PreviewRival | null;
  readonly next: NextStep;
  /** "Install jq 1.7 because it was not detected." */
  readonly nextSentence: string;
}

export interface PreviewRival {
  readonly deploymentId: number;
  readonly rule: RuleName;
  readonly sentence: string;
}

export interface PreviewWarning {
  readonly kind: "duplicate" | "never-applies" | "shadowed" | "partly-shadowed" | "not-now" | "contradicts";
  readonly sentence: string;
  readonly deploymentId: number | null;
}
