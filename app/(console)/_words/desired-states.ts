import type { Outputs } from "@/app/_trpc/client";

export type DesiredState = Outputs["deployments"]["get"]["desiredState"];

/** What a deployment wants, in two words. */
export const desiredStates: Readonly<Record<DesiredState, string>> = {
  "installed-latest": "latest",
  "installed-specific": "exactly",
  "installed-minimum": "at least",
  "installed-maximum": "at most",
  "installed-any": "any version",
  uninstalled: "not installed",
  "update-if-found": "updated if found",
  ignored: "ignored",
  enforce: "enforced",
  audit: "audited",
  monitor: "monitored",
};
