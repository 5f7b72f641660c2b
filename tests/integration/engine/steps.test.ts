import { expect, it } from "vitest";
import { startEngine } from "../../harness/engine";

it("runs each step once and hands its result back on every call", async () => {
  const ran: string[] = [];
  const engine = await startEngine((client) => [
    client.createFunction({ id: "two-steps", triggers: [{ event: "steps/run" }] }, async ({ event, step }) => {
      const a = await step.run("a", () => {
        ran.push("a");
        return { n: event.data.n + 1 };
      });
      const b = await step.run("b", () => {
        ran.push("b");
        return a.n * 10;
      });
      return { a, b };
    }),
  ]);
  const [id = ""] = await engine.send({ name: "steps/run", data: { n: 1 } });
  expect(await engine.end(id)).toMatchObject({ status: "Completed", output: { a: { n: 2 }, b: 20 } });
  expect(ran).toEqual(["a", "b"]);
});
