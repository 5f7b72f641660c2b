import { expect, it } from "vitest";
import type { Plan, PlannedAction } from "@/server/core/plan";
import { narrowPlan } from "./narrow-plan";

const action = (itemId: number, parts: Partial<PlannedAction> = {}): PlannedAction => ({
  key: `k${itemId}`,
  itemId,
  type: "install",
  reason: "software-missing",
  sentence: `Install ${itemId}.`,
  deploymentId: null,
  desiredState: "installed-latest",
  detectedVersion: null,
  wantedVersion: null,
  installer: null,
  parameters: {},
  requiredByKey: null,
  dependsOn: [],
  failsWith: null,
  safeToRetry: false,
  method: null,
  recordedValue: null,
  ...parts,
});

it("keeps an item's actions, what they need first however deep, and what configures it; and nothing else", () => {
  const plan: Plan = {
    actions: [
      action(1),
      action(2, { dependsOn: ["k1"], requiredByKey: "k3" }),
      action(3, { dependsOn: ["k2"] }),
      action(4, { requiredByKey: "k3" }),
      action(5),
    ],
    compliant: [action(6), action(3)],
  };
  const narrowed = narrowPlan(plan, 3);
  expect(narrowed.actions.map((each) => each.itemId)).toEqual([1, 2, 3, 4]);
  expect(narrowed.compliant.map((each) => each.itemId)).toEqual([3]);
});
