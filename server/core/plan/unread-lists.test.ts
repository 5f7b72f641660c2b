import { describe, expect, it } from "vitest";
import type { DesiredState } from "../deployments";
import { decideSoftware } from "./decide-software";
import type { PlannableItem, Platform } from "./types";

const platform: Platform = { osFamily: "linux", packageManagers: ["apt"] };
const jq: PlannableItem = {
  id: 1,
  kind: "software",
  name: "jq",
  detectionSchemeForVersions: "dpkg",
  installers: [{ kind: "apt", platform: { osFamily: "linux", packageManager: "apt" }, package: "jq" }],
  versions: [],
  versionSource: "repository",
  upgradeStrategy: "install-over",
  repairStrategy: "reinstall",
  hasTest: false,
  licenceRequired: false,
  licenceAssigned: false,
  configurationItemId: null,
  safeToRetry: true,
};
const decide = (desiredState: DesiredState, version: string | null) =>
  decideSoftware(
    jq,
    {
      desiredState,
      version: null,
      atMost: null,
      neededBy: null,
      parameters: {},
      deploymentId: null,
      isOnboardingOnly: false,
    },
    { outcome: "detected", version, availableVersion: null, matchCount: 0, compliant: null, value: null },
    platform,
  );

describe("a machine whose package lists were never read", () => {
  it("gets what is missing: installing reads the lists, and brings the latest", () => {
    expect(decide("installed-latest", null)).toMatchObject({
      type: "install",
      reason: "software-missing",
      wantedVersion: null,
      sentence: "Install jq because it was not detected.",
    });
  });

  it("is not guessed about where a version is installed: nothing says whether it is the latest", () => {
    expect(decide("installed-latest", "1.6-2.1")).toMatchObject({ reason: "no-version" });
  });

  it("has nothing to update where nothing is installed", () => {
    expect(decide("update-if-found", null)).toMatchObject({ type: "none", reason: "not-present" });
  });
});
