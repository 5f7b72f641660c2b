import { describe, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import { type DesiredState, softwareStates, taskStates } from "../deployments";
import type { OrderEntry, Prerequisite } from "../order/types";
import type { Random } from "../test/random";
import { canonicalPlan, planSession, verifyPlan } from ".";
import { found, input, packaged, script, software, task, tested, type Wanted } from "./test/build";
import type { ItemDetection, PlanInput, PlannableItem } from "./types";

const ids = [1, 2, 3, 4, 5, 6] as const;
const versions = [null, null, "1", "2", "3", "odd"] as const;

function randomItem(random: Random, id: number): PlannableItem {
  if (id > 4) {
    const has = () => random.chance(0.9);
    return task(id, `T${id}`, { taskScripts: { test: has(), set: has(), get: has() } });
  }
  const changes: Partial<PlannableItem> = {
    upgradeStrategy: random.pick(["none", "uninstall-install", "install-over", "script"]),
    repairStrategy: random.pick(["none", "reinstall", "install-over", "script"]),
    hasTest: random.chance(0.3),
    licenceRequired: random.chance(0.1),
    configurationItemId: random.chance(0.3) ? random.pick([5, 6]) : null,
  };
  return random.chance(0.3)
    ? packaged(id, `s${id}`, changes)
    : software(id, `S${id}`, ["1", "2"], { ...changes, installers: random.pick([[script(2)], [script()], []]) });
}

function randomDetection(random: Random, id: number): ItemDetection | undefined {
  if (random.chance(0.05)) return undefined;
  if (random.chance(0.05)) return { outcome: "failed", reason: "it timed out" };
  if (id > 4) return tested(random.pick([true, false, false, null]));
  return found(random.pick(versions), {
    compliant: random.pick([true, false, null]),
    availableVersion: random.pick([null, "2", "3"]),
  });
}

function randomRule(random: Random, id: number): Prerequisite {
  const bound = () => (random.chance(0.8) ? null : random.pick(["1", "2", "3"]));
  return {
    id,
    itemId: random.pick(ids),
    appliesWhen: random.pick(["installed", "installed", "uninstalled", "any"]),
    quantifier: random.pick(["all", "any"]),
    requiredState: random.pick(["installed", "installed", "uninstalled"]),
    otherwise: random.pick(["do-first", "do-first", "fail"]),
    items: [1, 2].slice(random.int(2)).map(() => ({
      itemId: random.pick(ids),
      minimumVersion: bound(),
      maximumVersion: bound(),
    })),
  };
}

function randomInput(random: Random): PlanInput {
  const wanted = ids.map((id): Wanted => {
    const states: readonly DesiredState[] = id > 4 ? taskStates : softwareStates;
    const state = random.chance(0.6) ? states[random.int(states.length)] : undefined;
    const detection = randomDetection(random, id);
    return {
      item: randomItem(random, id),
      ...(state && { state }),
      ...(state?.match(/specific|minimum|maximum/) && { version: random.pick(["1", "2"]) }),
      ...(detection && { detection }),
      phase: random.chance(0.2) ? "onboarding" : "always",
    };
  });
  const order = ids
    .filter(() => random.chance(0.2))
    .map((itemId) => ({
      itemId,
      zone: random.pick<OrderEntry["zone"]>(["beginning", "end"]),
      position: random.int(2),
    }));
  const prerequisites = Array.from({ length: random.int(5) }, (_, id) => randomRule(random, id + 1));
  return input(wanted, { prerequisites, order });
}

describe("any plan", { timeout: 900_000 }, () => {
  it("has one line for every resolved item, what it needs before it, and a sentence for every failure", () => {
    holdsForMany(8000, (random) => {
      const request = randomInput(random);
      const plan = planSession(request);
      const lines = [...plan.actions, ...plan.compliant];
      const items = new Set(lines.map((line) => line.itemId));
      if (items.size !== lines.length) return false;
      if (!request.resolutions.every(({ itemId }) => items.has(itemId))) return false;
      const byKey = new Map(plan.actions.map((action, index) => [action.key, { action, index }]));
      return plan.actions.every((action, index) => {
        if (!action.sentence.endsWith(".") || action.failsWith === "") return false;
        if (action.requiredByKey !== null && !byKey.has(action.requiredByKey)) return false;
        if (action.reason === "prerequisite-cycle") return action.failsWith !== null;
        return action.dependsOn.every((key) => {
          const needed = byKey.get(key);
          if (needed === undefined) return false;
          // What needs something that fails, fails; what runs, runs after what it needs.
          if (needed.action.failsWith !== null) return action.failsWith !== null;
          return action.failsWith !== null || needed.index < index;
        });
      });
    });
  });

  it("never runs what a deployment ignores, audits, monitors or wants the other way", () => {
    holdsForMany(4000, (random) => {
      const request = randomInput(random);
      const states = new Map(request.resolutions.map(({ itemId, winner }) => [itemId, winner?.desiredState]));
      return planSession(request).actions.every((action) => {
        const state = states.get(action.itemId);
        if (action.failsWith !== null || state === undefined) return true;
        if (state === "ignored" || state === "audit" || state === "monitor") return false;
        if (state === "uninstalled") return action.type === "uninstall";
        return state === "update-if-found" || action.type !== "uninstall";
      });
    });
  });

  it("is a function of its inputs, whatever their order, and its canonical text with it", () => {
    holdsForMany(3000, (random) => {
      const request = randomInput(random);
      const shuffled: PlanInput = {
        ...request,
        resolutions: random.shuffle(request.resolutions),
        items: new Map(random.shuffle([...request.items])),
        detections: new Map(random.shuffle([...request.detections])),
        prerequisites: random
          .shuffle(request.prerequisites)
          .map((rule) => ({ ...rule, items: random.shuffle(rule.items) })),
        order: random.shuffle(request.order),
      };
      return canonicalPlan(planSession(shuffled)) === canonicalPlan(planSession(request));
    });
  });

  it("verified against itself is kept as it is", () => {
    holdsForMany(1000, (random) => {
      const plan = planSession(randomInput(random));
      const { keep, nowCompliant, notAnnounced, nowFailing } = verifyPlan(plan.actions, plan);
      const rest = nowCompliant.length + notAnnounced.length + nowFailing.length;
      return rest === 0 && String(keep) === String(plan.actions.map((action) => action.key));
    });
  });
});
