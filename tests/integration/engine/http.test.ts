import { expect, it } from "vitest";
import { ENGINE_URL, startEmbedded } from "../../harness/engine";

const start = (ran: unknown[] = []) =>
  startEmbedded((client) => [
    client.createFunction({ id: "echo", triggers: [{ event: "http/echo" }] }, async ({ event, step }) => {
      await step.run("note", () => ran.push(event.data.n));
      return event.data.n;
    }),
  ]);

it.skipIf(ENGINE_URL)("shows a run by its id, as by its event's", async () => {
  const engine = await start();
  const [id = ""] = await engine.send({ name: "http/echo", data: { n: 4 } });
  const run = await engine.end(id);
  const response = await engine.request("GET", `/v1/runs/${run.run_id}`);
  expect(await response.json()).toEqual({ data: run });
  expect(run).toMatchObject({
    function_id: `${engine.client.id}-echo`,
    event_id: id,
    status: "Completed",
    output: 4,
    run_started_at: "2030-01-01T00:00:00+00:00",
    ended_at: "2030-01-01T00:00:00+00:00",
  });
});

it.skipIf(ENGINE_URL)("takes one event or several, and gives the ids of those it has taken", async () => {
  const ran: unknown[] = [];
  const engine = await start(ran);
  const one = await engine.request("POST", "/e/any-key", { name: "http/echo", data: { n: 1 } });
  expect(one.status).toBe(200);
  expect(await one.json()).toEqual({ status: 200, ids: [expect.any(String)] });
  const two = await engine.request(
    "POST",
    "/e/any-key",
    [2, 3].map((n) => ({ name: "http/echo", data: { n } })),
  );
  expect(await two.json()).toEqual({ status: 200, ids: [expect.any(String), expect.any(String)] });
  await engine.clock.settle();
  expect(ran).toEqual([1, 2, 3]);
});

it.skipIf(ENGINE_URL)("takes a repeated request once: the SDK sends it again when an answer is lost", async () => {
  const ran: unknown[] = [];
  const engine = await start(ran);
  const send = async () => {
    const request = new Request("http://engine.test/e/any-key", {
      method: "POST",
      headers: { "x-inngest-event-id-seed": "1893456000000,c2VlZHNlZWQ=" },
      body: JSON.stringify([1, 2].map((n) => ({ name: "http/echo", data: { n } }))),
    });
    const response = await engine.engine.fetch(request);
    await engine.clock.settle();
    return response.json();
  };
  expect(await send()).toEqual(await send());
  expect(ran).toEqual([1, 2]);
});

it.skipIf(ENGINE_URL).each([
  ["GET", "/health", undefined, 200, "OK"],
  ["GET", "/v1/runs/unknown", undefined, 404, "unknown"],
  ["DELETE", "/v1/runs/unknown", undefined, 404, "unknown"],
  ["GET", "/v2/else", undefined, 404, "/v2/else"],
  ["POST", "/fn/register", { appName: "x" }, 400, "functions"],
  [
    "POST",
    "/fn/register",
    { appName: "x", functions: [{ id: "bad", triggers: [], steps: {}, throttle: {} }] },
    400,
    "throttle",
  ],
  ["POST", "/v1/cancellations", { app_id: "x" }, 400, "function_id"],
  ["POST", "/e/key", `"${"x".repeat(3_000_001)}"`, 400, "larger"],
])("answers %s %s with what is so, or what is wrong", async (method, path, body, status, says) => {
  const engine = await start();
  const response = await engine.request(method, path, body);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(says);
});
