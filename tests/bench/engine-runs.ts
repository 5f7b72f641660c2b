import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import pg from "pg";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { createEmbeddedEngine, type Engine, makeEnvironmentPlain } from "@/inngest/embedded";
import { systemClock } from "@/server/ports/clock";
import { startTestPostgres } from "../harness/postgres";
import type { Figure } from "./figure";

const WARM_UP_RUNS = 200;
const RUNS = 3000;
const EVENTS_A_REQUEST = 100;
const BASELINE_RUNS = 500;
const GOAL_RUNS_PER_SECOND = 150;

/**
 * Runs per second of a function of two steps through the embedded engine, from the first event sent to the last run
 * ended; PostgreSQL writes to disk before it answers, requests are signed, and the environment is plain, as in the server's process. The baseline does a
 * run's two durable writes straight against the same database, one run after the other.
 */
export async function run(): Promise<Figure[]> {
  makeEnvironmentPlain();
  const postgres = await startTestPostgres({ durable: true });
  const database = await openDatabase(postgres.url);
  try {
    await migrateDatabase(database);
    const baseline = await measureBareWrites(postgres.url);
    const value = await measureEngine(database.db);
    return [
      {
        name: "engine-runs",
        value,
        unit: "runs/s",
        baseline,
        ratio: value / baseline,
        goal: `≥ ${GOAL_RUNS_PER_SECOND} runs/s`,
        met: value >= GOAL_RUNS_PER_SECOND,
      },
    ];
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function measureEngine(db: Parameters<typeof createEmbeddedEngine>[0]["db"]): Promise<number> {
  const signingKey = "signkey-bench-00112233445566778899aabbccddeeff";
  let engine: Engine;
  let finished = 0;
  let wanted = 0;
  let done = () => {};
  const client = new Inngest({
    id: "bench",
    isDev: false,
    signingKey,
    eventKey: "bench",
    baseUrl: "http://engine.bench",
    fetch: (input, init) => engine.fetch(new Request(input, init)),
    aiMetadata: false,
  });
  const twoSteps = client.createFunction(
    { id: "two-steps", triggers: [{ event: "bench/run" }] },
    async ({ event, step }) => {
      const first = await step.run("first", () => ({ n: event.data.n }));
      return step.run("second", () => ({ n: first.n + 1 }));
    },
  );
  const handler = serve({ client, functions: [twoSteps] });
  engine = createEmbeddedEngine({
    db,
    clock: systemClock,
    signingKey,
    transport: async (request) => {
      const response = await handler(request);
      // A return value ends the run; what is left is the engine's last write, waited for below.
      if (response.status === 200 && request.method === "POST" && ++finished === wanted) done();
      return response;
    },
  });
  await engine.start();

  const measure = async (runs: number): Promise<number> => {
    finished = 0;
    wanted = runs;
    const allDone = new Promise<void>((resolve) => {
      done = resolve;
    });
    const startedAt = performance.now();
    for (let sent = 0; sent < runs; sent += EVENTS_A_REQUEST) {
      await client.send(Array.from({ length: EVENTS_A_REQUEST }, (_, n) => ({ name: "bench/run", data: { n } })));
    }
    await allDone;
    await engine.idle();
    return runs / ((performance.now() - startedAt) / 1000);
  };
  await measure(WARM_UP_RUNS);
  const runsPerSecond = await measure(RUNS);
  await engine.stop();
  return runsPerSecond;
}

async function measureBareWrites(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("create table bare_steps (run int, step int, data json, primary key (run, step))");
  const startedAt = performance.now();
  for (let run = 0; run < BASELINE_RUNS; run++) {
    for (let step = 0; step < 2; step++) {
      await client.query("insert into bare_steps values ($1, $2, $3)", [run, step, JSON.stringify({ n: run })]);
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await client.end();
  return BASELINE_RUNS / seconds;
}
