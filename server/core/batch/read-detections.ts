import type { Detection, ScriptResult } from "@/server/agents/wire";
import type { ItemDetection, Json } from "../plan/types";
import { highestVersion } from "../version";
import type { DetectionBatch, DetectionQuestion, ScriptPurpose, StepAnswer } from "./types";

/** What the answers say of each item asked about. A missing or wrong answer is a failed detection that says so. */
export function readDetections(batch: DetectionBatch, answers: readonly StepAnswer[]): Map<number, ItemDetection> {
  const declarative = new Map<string, Detection>();
  const scripts = new Map<string, ScriptResult>();
  for (const { stepKey, result } of answers) {
    if (result.kind === "script") scripts.set(stepKey, result.script);
    if (result.kind !== "detect") continue;
    for (const detection of result.detections) declarative.set(detection.itemKey, detection);
  }
  return new Map(
    batch.questions.map((question) => [question.itemId, readOne(question, declarative.get(question.itemKey), scripts)]),
  );
}

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };
const got = <T>(value: T): Read<T> => ({ ok: true, value });
const failed = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });

const purposeWords: Readonly<Record<ScriptPurpose, string>> = {
  version: "detection script",
  latest: "version script",
  test: "test script",
  get: "get script",
};

/** A value that came back wrong, cut to what fits in a sentence. */
function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The value of one of the item's scripts; undefined when it has none for the purpose. */
function readScript<T>(
  question: DetectionQuestion,
  purpose: ScriptPurpose,
  scripts: ReadonlyMap<string, ScriptResult>,
  read: (value: Json) => T | undefined,
  wanted: string,
): Read<T> | undefined {
  const script = question.scripts.find((candidate) => candidate.purpose === purpose);
  if (script === undefined) return undefined;
  const what = `its ${purposeWords[purpose]}`;
  const result = scripts.get(script.key);
  if (result === undefined) return failed(`${what} was not answered`);
  if (result.status !== "completed") {
    const because = (result.reason ?? "").replace(/\.$/, "");
    return failed(`${what} ended as ${result.status}${because === "" ? "" : `: ${because}`}`);
  }
  const value = read(result.value);
  return value === undefined ? failed(`${what} has to give ${wanted}, but gave ${shown(result.value)}`) : got(value);
}

/** A version as text, null for nothing, undefined for anything else. */
function asVersion(value: Json): string | null | undefined {
  if (value === null) return null;
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return undefined;
  return value.trim() === "" ? null : value.trim();
}

const asBoolean = (value: Json): boolean | undefined => (typeof value === "boolean" ? value : undefined);

function readOne(
  question: DetectionQuestion,
  answer: Detection | undefined,
  scripts: ReadonlyMap<string, ScriptResult>,
): ItemDetection {
  if (question.unsupported !== null) return { outcome: "failed", reason: question.unsupported };
  return question.kind === "task" ? readTask(question, scripts) : readSoftware(question, answer, scripts);
}

function readTask(question: DetectionQuestion, scripts: ReadonlyMap<string, ScriptResult>): ItemDetection {
  const test = readScript(question, "test", scripts, asBoolean, "true or false");
  if (test?.ok === false) return { outcome: "failed", reason: test.reason };
  const value = readScript<{ readonly value: Json }>(question, "get", scripts, (json) => ({ value: json }), "a value");
  if (value?.ok === false) return { outcome: "failed", reason: value.reason };
  return {
    outcome: "detected",
    version: null,
    availableVersion: null,
    matchCount: 0,
    compliant: test?.value ?? null,
    value: value?.value.value ?? null,
  };
}

interface Found {
  readonly version: string | null;
  readonly availableVersion: string | null;
  readonly matchCount: number;
}

function readSoftware(
  question: DetectionQuestion,
  answer: Detection | undefined,
  scripts: ReadonlyMap<string, ScriptResult>,
): ItemDetection {
  const found = readInstalled(question, answer, scripts);
  if (!found.ok) return { outcome: "failed", reason: found.reason };
  const latest = readScript(question, "latest", scripts, asVersion, "a version or nothing");
  const needsLatest =
    question.desiredState === "installed-latest" ||
    (question.desiredState === "update-if-found" && found.value.version !== null);
  if (latest?.ok === false && needsLatest) return { outcome: "failed", reason: latest.reason };
  const test = readScript(question, "test", scripts, asBoolean, "true or false");
  // Of software that is not there its test says nothing.
  if (test?.ok === false && found.value.version !== null) return { outcome: "failed", reason: test.reason };
  return {
    outcome: "detected",
    ...found.value,
    availableVersion: latest?.ok === true ? latest.value : found.value.availableVersion,
    compliant: test?.ok === true && found.value.version !== null ? test.value : null,
    value: null,
  };
}

function readInstalled(
  question: DetectionQuestion,
  answer: Detection | undefined,
  scripts: ReadonlyMap<string, ScriptResult>,
): Read<Found> {
  const scripted = readScript(question, "version", scripts, asVersion, "a version or nothing");
  if (scripted?.ok === false) return scripted;
  if (scripted !== undefined) {
    return got({ version: scripted.value, availableVersion: null, matchCount: scripted.value === null ? 0 : 1 });
  }
  if (answer === undefined) return failed("the agent did not answer");
  if (answer.error !== null) return failed(answer.error.replace(/\.$/, ""));
  const versions = answer.matches.map((match) => match.version);
  return got({
    // Versions that cannot be ordered are handed on as they are, for the plan to report.
    version: highestVersion(versions, question.scheme) ?? versions.toSorted().at(-1) ?? null,
    availableVersion: answer.availableVersion,
    matchCount: versions.length,
  });
}
