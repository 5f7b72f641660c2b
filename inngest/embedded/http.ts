import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows } from "@/db/rows";
import { cancelMatching, cancelRun } from "./cancel";
import type { EngineContext } from "./context";
import { ExpressionError } from "./expression";
import { RegistrationError } from "./function-config";
import { EventError } from "./prepare";
import type { Publisher } from "./publish";
import { registerFunctions } from "./registration";

/** Inngest's own limit for one request of events. */
const LARGEST_BODY_CHARS = 3_000_000;

const registerSchema = z.object({ appName: z.string(), functions: z.array(z.unknown()) });
const eventsSchema = z.array(z.looseObject({ name: z.string() }));
const cancellationSchema = z.object({
  app_id: z.string(),
  function_id: z.string(),
  started_after: z.coerce.date(),
  started_before: z.coerce.date(),
  if: z.string().optional(),
});

/** Answers as an Inngest server does, for the SDK and for anything written against Inngest's REST interface. */
export function createFacade(engine: EngineContext, publisher: Publisher) {
  return async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    try {
      const [, eventId] = /^\/v1\/events\/([^/]+)\/runs$/.exec(path) ?? [];
      const [, runId] = /^\/v1\/runs\/([^/]+)$/.exec(path) ?? [];
      if (request.method === "POST" && /^\/e\/[^/]+$/.test(path)) return await sendEvents(publisher, request);
      if (request.method === "GET" && eventId)
        return json(200, { data: await runsOf(engine, sql`r.event_id = ${eventId}`) });
      if (request.method === "GET" && runId) return await getRun(engine, runId);
      if (request.method === "DELETE" && runId) {
        return (await cancelRun(engine, runId))
          ? new Response(null, { status: 204 })
          : notFound(`No run ${runId} to cancel`);
      }
      if (request.method === "POST" && path === "/v1/cancellations") return await cancelBulk(engine, request);
      if ((request.method === "POST" || request.method === "PUT") && path === "/fn/register")
        return await register(engine, request);
      if (request.method === "GET" && path === "/health") return json(200, { status: 200, message: "OK" });
      return notFound(`The embedded engine has no ${request.method} ${path}`);
    } catch (error) {
      const isExpected = [EventError, RegistrationError, ExpressionError, BadRequest].some(
        (kind) => error instanceof kind,
      );
      if (isExpected && error instanceof Error) return json(400, { status: 400, error: error.message });
      engine.logger.error({ error, path }, "The embedded engine could not answer");
      return json(500, { status: 500, error: "The embedded engine met an error; see its log." });
    }
  };
}

async function sendEvents(publisher: Publisher, request: Request): Promise<Response> {
  const body = await readJson(request);
  const parsed = eventsSchema.safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) throw new BadRequest(`An event needs a name: ${z.prettifyError(parsed.error)}`);
  for (const event of parsed.data) {
    if (event.name.startsWith("inngest/")) throw new BadRequest(`Events called "${event.name}" are the engine's own.`);
  }
  // The SDK repeats the request with the same seed when an answer is lost.
  const seed = request.headers.get("x-inngest-event-id-seed") ?? undefined;
  return json(200, { ids: await publisher.send(parsed.data, { seed }), status: 200 });
}

async function register(engine: EngineContext, request: Request): Promise<Response> {
  const parsed = registerSchema.safeParse(await readJson(request));
  if (!parsed.success) throw new BadRequest(`The registration cannot be read: ${z.prettifyError(parsed.error)}`);
  await registerFunctions(engine, parsed.data.appName, parsed.data.functions);
  return json(200, { ok: true, status: 200, modified: true });
}

async function getRun(engine: EngineContext, runId: string): Promise<Response> {
  const [run] = await runsOf(engine, sql`r.id = ${runId}`);
  return run ? json(200, { data: run }) : notFound(`No run ${runId}`);
}

async function cancelBulk(engine: EngineContext, request: Request): Promise<Response> {
  const parsed = cancellationSchema.safeParse(await readJson(request));
  if (!parsed.success) throw new BadRequest(`The cancellation cannot be read: ${z.prettifyError(parsed.error)}`);
  const { app_id, function_id, started_after, started_before } = parsed.data;
  const cancelled = await cancelMatching(engine, {
    functionIds: [function_id, `${app_id}-${function_id}`],
    startedAfter: started_after,
    startedBefore: started_before,
    if: parsed.data.if,
  });
  return json(201, { data: { cancelled } });
}

/** Runs as Inngest's REST interface shows them. */
async function runsOf(engine: EngineContext, where: ReturnType<typeof sql>) {
  const found = await rows<{ output: string | null } & Record<string, unknown>>(
    engine.db,
    sql`select r.id as run_id, r.function_id, r.event_id, r.status, r.output::text as output,
        to_json(coalesce(r.started_at, r.created_at)) as run_started_at, to_json(r.ended_at) as ended_at
      from engine_runs r where ${where} order by r.created_at, r.id`,
  );
  return found.map((run) => ({ ...run, output: run.output === null ? null : JSON.parse(run.output) }));
}

class BadRequest extends Error {}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > LARGEST_BODY_CHARS)
    throw new BadRequest(`The body is larger than ${LARGEST_BODY_CHARS} characters.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest("The body is not JSON.");
  }
}

const json = (status: number, body: unknown) => Response.json(body, { status });
const notFound = (error: string) => json(404, { status: 404, error });
