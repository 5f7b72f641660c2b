import { Cron } from "croner";
import { z } from "zod";
import { parseDurationMs } from "./durations";
import { type Expression, ExpressionError, parseExpression } from "./expression";

/** A registration the engine refuses. The message names the function, the option and what to do. */
export class RegistrationError extends Error {
  override name = "RegistrationError";
}

export interface EventTrigger {
  event: string;
  condition: Expression | undefined;
}

export interface CancelTrigger extends EventTrigger {
  timeoutMs: number | undefined;
}

export interface ConcurrencyLimit {
  limit: number;
  key: Expression | undefined;
  /** Functions that share a scope share its slots. */
  scope: string;
}

/** A registered function as the engine works with it. */
export interface FunctionSpec {
  /** `<app>-<function>`, as the SDK addresses it. */
  id: string;
  appId: string;
  triggers: EventTrigger[];
  crons: string[];
  /** Attempts in all, the first included. */
  maxAttempts: number;
  cancelOn: CancelTrigger[];
  concurrency: ConcurrencyLimit[];
  priority: Expression | undefined;
  idempotency: Expression | undefined;
  singleton: { key: Expression | undefined } | undefined;
}

const concurrencySchema = z.object({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** A function in the SDK's own registration format; what is not named here is refused, never ignored. */
const functionSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string().min(1), expression: z.string().nullish() }),
      z.strictObject({ cron: z.string().min(1) }),
    ]),
  ),
  steps: z.record(z.string(), z.object({ retries: z.object({ attempts: z.number().int().optional() }).nullish() })),
  idempotency: z.string().optional(),
  concurrency: z.union([z.number().int(), concurrencySchema, z.array(concurrencySchema)]).optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
});

/** Options of Inngest that the embedded engine does not have, and what serves instead. */
const UNSUPPORTED: Record<string, string> = {
  batchEvents: "handle events one by one, or collect them in a table and use a cron trigger",
  rateLimit: "use `idempotency` or `concurrency`",
  throttle: "use `concurrency`",
  debounce: "sleep, then check whether a newer event has come",
  timeouts: "use `cancelOn`, or a timeout on the wait itself",
};

const DEFAULT_RETRIES = 3;

/** Checks one function of a registration. @throws RegistrationError */
export function parseFunction(appId: string, config: unknown): FunctionSpec {
  const label = functionLabel(config);
  for (const [option, instead] of Object.entries(UNSUPPORTED)) {
    if (typeof config === "object" && config !== null && Reflect.get(config, option) !== undefined) {
      throw new RegistrationError(
        `Function "${label}" uses \`${option}\`, which the embedded engine does not support: ${instead}, or run on an Inngest server (INNGEST_BASE_URL).`,
      );
    }
  }
  const parsed = functionSchema.safeParse(config);
  if (!parsed.success) {
    throw new RegistrationError(
      `Function "${label}" cannot be registered with the embedded engine: ${z.prettifyError(parsed.error)}`,
    );
  }
  const fn = parsed.data;
  const expression = (text: string | null | undefined) => (text ? readExpression(label, text) : undefined);
  if (fn.singleton?.mode === "cancel") {
    throw new RegistrationError(
      `Function "${label}" uses \`singleton\` with mode "cancel", which the embedded engine does not support: use mode "skip", or \`cancelOn\`.`,
    );
  }
  return {
    id: fn.id,
    appId,
    triggers: fn.triggers.flatMap((trigger) =>
      "event" in trigger ? [{ event: trigger.event, condition: expression(trigger.expression) }] : [],
    ),
    crons: fn.triggers.flatMap((trigger) => ("cron" in trigger ? [checkCron(label, trigger.cron)] : [])),
    maxAttempts: (Object.values(fn.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    cancelOn: (fn.cancel ?? []).map((cancel) => ({
      event: cancel.event,
      condition: expression(cancel.if),
      timeoutMs: cancel.timeout === undefined ? undefined : readDuration(label, cancel.timeout),
    })),
    concurrency: concurrencyOf(fn).map(({ limit, key, scope }) => ({
      limit,
      key: expression(key),
      scope: scope === undefined || scope === "fn" ? fn.id : `${scope}:${key ?? ""}`,
    })),
    priority: expression(fn.priority?.run),
    idempotency: expression(fn.idempotency),
    singleton: fn.singleton && { key: expression(fn.singleton.key) },
  };
}

/** The next tick of a cron trigger after a moment. `TZ=Area/City` in front sets the time zone; UTC otherwise. */
export function nextTick(expression: string, after: Date): Date | null {
  const [, timezone, pattern] = /^TZ=(\S+)\s+(.+)$/.exec(expression) ?? [null, "UTC", expression];
  return new Cron(pattern ?? expression, { timezone: timezone ?? "UTC", paused: true }).nextRun(after);
}

function concurrencyOf(fn: z.infer<typeof functionSchema>) {
  const options =
    fn.concurrency === undefined
      ? []
      : typeof fn.concurrency === "number"
        ? [{ limit: fn.concurrency }]
        : [fn.concurrency].flat();
  // Inngest reads a limit of nothing as no limit.
  return options.map((option) => concurrencySchema.parse(option)).filter((option) => option.limit > 0);
}

function functionLabel(config: unknown): string {
  const id = typeof config === "object" && config !== null ? Reflect.get(config, "id") : undefined;
  return typeof id === "string" ? id : "?";
}

function readExpression(label: string, text: string): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new RegistrationError(`Function "${label}": ${error.message}`);
  }
}

function readDuration(label: string, text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined) throw new RegistrationError(`Function "${label}": "${text}" is not a duration.`);
  return durationMs;
}

function checkCron(label: string, expression: string): string {
  try {
    nextTick(expression, new Date(0));
    return expression;
  } catch (error) {
    throw new RegistrationError(`Function "${label}" has a cron trigger "${expression}" that cannot be read: ${error}`);
  }
}
