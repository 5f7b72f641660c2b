import type { EngineContext } from "./context";
import { parseMomentMs } from "./durations";
import { ExpressionError, matchOf, parseExpression } from "./expression";
import { prepareEvent, routeInvocation } from "./prepare";
import { INTERNAL_EVENTS } from "./propagate";
import { type Op, toError } from "./protocol";
import type { RunState } from "./run-state";
import { emptyWrite, mergeWrites, type StepRow, type Write } from "./store/shapes";

/** A step that this engine cannot carry out; ends the run with a message that says why. */
export class UnsupportedStepError extends Error {
  override name = "UnsupportedStepError";
}

/** What the SDK reported, as it is to be stored. */
export interface Plan {
  write: Write;
  /** Steps as they are once written. */
  steps: StepRow[];
}

const memo = (data: unknown) => JSON.stringify({ type: "data", data });
const errorMemo = (error: unknown) => JSON.stringify({ type: "error", error: toError(error) });

/**
 * Turns newly found, and finished, steps into rows. Steps known already are passed over: while some of a parallel
 * group still run, the SDK reports them again.
 * @throws UnsupportedStepError
 */
export function planOps(engine: EngineContext, run: RunState, ops: readonly Op[]): Plan {
  const plan: Plan = { write: emptyWrite(), steps: [] };
  for (const op of ops) {
    const known = run.get(op.id);
    if (known && !(known.state === "planned" && (op.op === "StepRun" || op.op === "StepFailed"))) continue;
    const { step, write } = planOp(engine, run, op);
    plan.steps.push(step);
    if (write) plan.write = mergeWrites([plan.write, write]);
  }
  plan.write.steps.push(...plan.steps);
  return plan;
}

function planOp(engine: EngineContext, run: RunState, op: Op): { step: StepRow; write?: Write } {
  const nowMs = engine.nowMs();
  const base = stepRow(run, op);
  switch (op.op) {
    case "StepRun":
      return { step: { ...base, state: "done", result: memo(op.data), position: run.nextPosition() } };
    case "StepFailed":
      return { step: { ...base, state: "done", result: errorMemo(op.error), position: run.nextPosition() } };
    case "StepPlanned":
      return { step: { ...base, state: "planned" } };
    case "Sleep":
      return { step: { ...base, state: "sleeping", due_at: momentOf(op.name, nowMs, "step.sleep") } };
    case "WaitForEvent":
      return planWait(run, op, base, nowMs);
    case "InvokeFunction":
      return planInvoke(engine, run, op, base, nowMs);
    default:
      throw new UnsupportedStepError(
        `The step "${op.displayName}" asks for ${op.op}, which the embedded engine does not have. Run on an Inngest server (INNGEST_BASE_URL) to use it.`,
      );
  }
}

function stepRow(run: RunState, op: Op): StepRow {
  return {
    run_id: run.id,
    id: op.id,
    name: op.displayName.replaceAll("\u0000", ""),
    op: op.op,
    state: "planned",
    race: op.opts.parallelMode === "race",
    attempt: run.get(op.id)?.attempt ?? 0,
    due_at: null,
    result: null,
    position: null,
  };
}

function planWait(run: RunState, op: Op, base: StepRow, nowMs: number): { step: StepRow; write: Write } {
  const dueMs = momentOf(optionOf(op, "timeout"), nowMs, "step.waitForEvent");
  const text = op.opts.if;
  const condition = typeof text === "string" && text !== "" ? readExpression(text) : undefined;
  const match = matchOf(condition, run.trigger);
  const write = emptyWrite();
  write.waits.push({
    run_id: run.id,
    step_id: op.id,
    kind: "wait",
    event_name: op.name,
    match_key: match.key,
    expression: match.exact ? null : (condition?.text ?? null),
    expires_at: dueMs,
  });
  return { step: { ...base, state: "waiting", due_at: dueMs }, write };
}

function planInvoke(engine: EngineContext, run: RunState, op: Op, base: StepRow, nowMs: number) {
  const functionId = optionOf(op, "function_id");
  const spec = engine.registry.get(functionId);
  if (!spec) {
    const error = { name: "Error", message: `step.invoke found no function with the id "${functionId}"` };
    return { step: { ...base, state: "done" as const, result: errorMemo(error), position: run.nextPosition() } };
  }
  const payload = typeof op.opts.payload === "object" && op.opts.payload !== null ? op.opts.payload : {};
  const event = prepareEvent(
    {
      name: INTERNAL_EVENTS.invoked,
      data: Reflect.get(payload, "data"),
      meta: Reflect.get(payload, "meta"),
    },
    nowMs,
    // A crash before this is written repeats the step; the child it makes then is the same one.
    `${run.id}/${op.id}`,
  );
  const timeout = op.opts.timeout;
  return {
    step: {
      ...base,
      state: "invoking" as const,
      due_at: typeof timeout === "string" ? momentOf(timeout, nowMs, "step.invoke") : null,
    },
    write: routeInvocation(spec, event, { runId: run.id, stepId: op.id }, nowMs),
  };
}

function momentOf(text: string, nowMs: number, step: string): number {
  const atMs = parseMomentMs(text, nowMs);
  if (atMs === undefined) throw new UnsupportedStepError(`${step} was given "${text}", which is no duration or date.`);
  return atMs;
}

function readExpression(text: string) {
  try {
    return parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionError) throw new UnsupportedStepError(error.message);
    throw error;
  }
}

function optionOf(op: Op, name: string): string {
  const value = op.opts[name];
  if (typeof value === "string") return value;
  throw new UnsupportedStepError(`The step "${op.displayName}" (${op.op}) came without \`${name}\`.`);
}
