import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emails } from "@/db/schema";
import { createEmbeddedEngine, type Engine, embeddedSigningKey, provideEngine } from "@/inngest/embedded";
import { handleInngest } from "@/inngest/serve";
import { announceSession } from "@/server/services/emails/announce-session";
import { sendOutbox } from "@/server/services/outbox/send-outbox";
import { type ResendSimulator, startResendSimulator } from "../../simulators/resend/server";
import { type MailWorld, openMailWorld } from "./world";

const runtimeKey = Symbol.for("evenkeel.runtime");
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let simulator: ResendSimulator;
let world: MailWorld;
let engine: Engine;

beforeAll(async () => {
  simulator = await startResendSimulator({ apiKey: "re_right", verifiedDomains: ["keel.example"] });
  world = await openMailWorld({ RESEND_API_KEY: "re_right", RESEND_BASE_URL: simulator.url });
  Object.assign(globalThis, { [runtimeKey]: Promise.resolve(world.runtime) });
  engine = createEmbeddedEngine({
    db: world.runtime.database.db,
    clock: world.clock,
    transport: handleInngest,
    logger: quiet,
    signingKey: embeddedSigningKey,
    limits: { sweepSeconds: 10_000_000 },
  });
  provideEngine(engine);
  world.clock.watch(() => engine.idle());
  await engine.start();
});
afterAll(async () => {
  await engine.stop();
  Object.assign(globalThis, { [runtimeKey]: undefined });
  await world.close();
  await simulator.close();
});

const mail = async () => (await world.runtime.database.db.select().from(emails))[0];

describe("a mail of a process that died before it sent anything", () => {
  it("goes out with the next start, waits as long as the provider asks, and arrives once", async () => {
    await world.setPrimaryPerson(await world.makePerson({}));
    // The commit is all that happens: nobody hears of the event in the outbox.
    await announceSession({ ctx: world.system, input: { sessionId: await world.makeSession() } });
    await world.clock.settle();
    expect([simulator.requestCount(), (await mail())?.status]).toEqual([0, "queued"]);

    const slowDown = { statusCode: 429, name: "rate_limit_exceeded", message: "Too many requests" };
    simulator.meets({ kind: "error", error: slowDown, headers: { "retry-after": "90" } }, { kind: "lost-answer" });
    for (let start = 0; start < 2; start++) await sendOutbox({ ctx: world.system, input: {} });
    await world.clock.settle();
    expect([simulator.requestCount(), (await mail())?.status]).toEqual([1, "queued"]);
    await world.clock.advance(89_000);
    expect(simulator.requestCount()).toBe(1);
    await world.clock.advance(2_000);
    expect([simulator.requestCount(), (await mail())?.status]).toEqual([2, "queued"]);
    await world.clock.advance(60_000);
    expect(await mail()).toMatchObject({ status: "sent", attempts: 3, providerId: simulator.accepted[0]?.id });
    expect(simulator.accepted).toHaveLength(1);
  });
});
