import type { DeclarativeDetection } from "@/server/agents/wire";
import type { DesiredState } from "../deployments";
import type { DetectionRule } from "../items";
import type { Platform } from "../plan/types";
import { admitsPlatform } from "../targets";
import type { VersionScheme } from "../version";
import type {
  DetectableItem,
  DetectionBatch,
  DetectionQuestion,
  DetectionScript,
  ScriptPurpose,
  TaskScriptSet,
} from "./types";

/** The rule by which a software is detected on a platform: the first that admits it. */
export function chooseDetectionRule(rules: readonly DetectionRule[], platform: Platform): DetectionRule | null {
  return rules.find((rule) => admitsPlatform([rule.platform], platform)) ?? null;
}

/** The declarative methods that go together: those of the chosen rule's own platform, such as two packages of one thing. */
function alternatives(rules: readonly DetectionRule[], chosen: DetectionRule): DeclarativeDetection[] {
  return rules.flatMap(({ platform, method }) => {
    const isSame =
      platform.osFamily === chosen.platform.osFamily && platform.packageManager === chosen.platform.packageManager;
    return isSame && method.kind !== "script" ? [method] : [];
  });
}

/** The scripts of a task on a platform: those of its own system before those for any. */
export function chooseTaskScripts(sets: readonly TaskScriptSet[], platform: Platform): TaskScriptSet | null {
  return sets.find((set) => set.osFamily === platform.osFamily) ?? sets.find((set) => set.osFamily === "any") ?? null;
}

/** How versions detected by a rule are ordered: as the package manager that named them does. */
export function versionSchemeOf(rule: DetectionRule | null): VersionScheme {
  if (rule?.method.kind !== "package") return "generic";
  if (rule.method.manager === "apt") return "dpkg";
  return rule.method.manager === "dnf" ? "rpm" : "generic";
}

/** States for which it matters what the newest version is; the others name a version, or want none. */
const asksForLatest: ReadonlySet<DesiredState | null> = new Set([
  "installed-latest",
  "installed-minimum",
  "installed-maximum",
  "installed-any",
  "update-if-found",
  null,
]);

/** What to ask an agent in one job so that every item is detected. */
export function detectionBatch(items: readonly DetectableItem[], platform: Platform): DetectionBatch {
  const questions = items.toSorted((a, b) => a.id - b.id).map((item) => askAbout(item, platform));
  return {
    questions,
    detect: questions
      .filter((question) => question.methods.length > 0)
      .map(({ itemKey, methods }) => ({ itemKey, methods })),
    scripts: questions.flatMap((question) => question.scripts),
  };
}

function askAbout(item: DetectableItem, platform: Platform): DetectionQuestion {
  const base = {
    itemId: item.id,
    itemKey: `item:${item.id}`,
    kind: item.kind,
    name: item.name,
    desiredState: item.desiredState,
    methods: [],
    unsupported: null,
  };
  if (item.kind === "task") {
    return { ...base, scheme: "generic", scripts: askTask(item, platform) };
  }
  const rule = chooseDetectionRule(item.detections, platform);
  if (rule === null) {
    const managers = platform.packageManagers.length === 0 ? "" : ` with ${platform.packageManagers.join(", ")}`;
    const unsupported = `it has no detection method for ${platform.osFamily}${managers}`;
    return { ...base, scheme: "generic", scripts: [], unsupported };
  }
  return { ...base, scheme: versionSchemeOf(rule), ...askSoftware(item, rule) };
}

const scriptFor = (item: DetectableItem, purpose: ScriptPurpose, scriptId: number | null): DetectionScript[] =>
  scriptId === null ? [] : [{ key: `${purpose}:${item.id}`, itemId: item.id, purpose, scriptId }];

/** The test is asked at once, before it is known whether the software is there: one round trip for everything. */
function askSoftware(item: DetectableItem, rule: DetectionRule) {
  const { method } = rule;
  const methods = method.kind === "script" ? [] : alternatives(item.detections, rule);
  const isWanted = item.desiredState !== "uninstalled" && item.desiredState !== "ignored";
  const asksLatest = item.versionSource === "script" && asksForLatest.has(item.desiredState);
  return {
    methods,
    scripts: [
      ...scriptFor(item, "version", method.kind === "script" ? method.scriptId : null),
      ...scriptFor(item, "latest", asksLatest ? item.versionScriptId : null),
      ...scriptFor(item, "test", isWanted ? item.testScriptId : null),
    ],
  };
}

function askTask(item: DetectableItem, platform: Platform): DetectionScript[] {
  const scripts = chooseTaskScripts(item.taskScripts, platform);
  if (scripts === null || item.desiredState === "ignored") return [];
  return item.desiredState === "monitor"
    ? scriptFor(item, "get", scripts.getScriptId)
    : scriptFor(item, "test", scripts.testScriptId);
}
