/** One round trip that detects everything (domain page, chapter 2; architecture page, the agent's protocol). */
import type { DeclarativeDetection, StepResult } from "@/server/agents/wire";
import type { DesiredState } from "../deployments";
import type { DetectionRule, ItemKind } from "../items";
import type { OsFamily } from "../targets";
import type { VersionScheme } from "../version";

export interface TaskScriptSet {
  readonly osFamily: OsFamily | "any";
  readonly testScriptId: number | null;
  readonly setScriptId: number | null;
  readonly getScriptId: number | null;
}

export interface DetectableItem {
  readonly id: number;
  readonly kind: ItemKind;
  readonly name: string;
  /** Null: here only as a prerequisite of another item. */
  readonly desiredState: DesiredState | null;
  /** Software. The first rule whose platform admits the computer is used. */
  readonly detections: readonly DetectionRule[];
  readonly versionSource: "static" | "repository" | "script" | null;
  /** Answers the newest version; only for version source `script`. */
  readonly versionScriptId: number | null;
  /** The test script of a software. */
  readonly testScriptId: number | null;
  /** Tasks. The set of the computer's own system is used before `any`. */
  readonly taskScripts: readonly TaskScriptSet[];
}

/** What a script is asked for: the installed version, the newest version, a test, or a value. */
export type ScriptPurpose = "version" | "latest" | "test" | "get";

export interface DetectionScript {
  /** Step key, `<purpose>:<itemId>`. */
  readonly key: string;
  readonly itemId: number;
  readonly purpose: ScriptPurpose;
  readonly scriptId: number;
}

/** How one item is asked about. */
export interface DetectionQuestion {
  readonly itemId: number;
  readonly itemKey: string;
  readonly kind: ItemKind;
  readonly name: string;
  readonly desiredState: DesiredState | null;
  readonly scheme: VersionScheme;
  readonly methods: readonly DeclarativeDetection[];
  readonly scripts: readonly DetectionScript[];
  /** Set when it cannot be asked here at all. */
  readonly unsupported: string | null;
}

export interface DetectionBatch {
  /** By item id. */
  readonly questions: readonly DetectionQuestion[];
  /** Ready for a `detect` step; empty when there are none. */
  readonly detect: readonly { readonly itemKey: string; readonly methods: readonly DeclarativeDetection[] }[];
  readonly scripts: readonly DetectionScript[];
}

/** Results of a job's steps, as stored. */
export interface StepAnswer {
  readonly stepKey: string;
  readonly result: StepResult;
}
