/**
 * A process of its own with an embedded engine, to be killed. Writes a line to standard output for each step begun.
 * Arguments: the database's address, and how long the step `slow` takes in milliseconds.
 */
import { Inngest } from "inngest";
import { serve } from "inngest/edge";
import { openDatabase } from "@/db/client";
import { createEmbeddedEngine, type Engine } from "@/inngest/embedded";
import { systemClock } from "@/server/ports/clock";

const [url = "", slowMs = "0"] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

const database = await openDatabase(url);
let engine: Engine;
const client = new Inngest({
  id: "child",
  isDev: true,
  baseUrl: "http://engine.test",
  fetch: (input, init) => engine.fetch(new Request(input, init)),
  aiMetadata: false,
});
const steps = client.createFunction(
  { id: "steps", retries: 0, triggers: [{ event: "child/begin" }] },
  async ({ step }) => {
    const run = (name: string, ms = 0) =>
      step.run(name, async () => {
        say(`step ${name}`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        return name;
      });
    const first = await run("first");
    const [slow, beside] = await Promise.all([run("slow", Number(slowMs)), run("beside")]);
    await step.sleep("nap", "1s");
    return [first, slow, beside, await run("last")];
  },
);
const handler = serve({ client, functions: [steps] });
engine = createEmbeddedEngine({ db: database.db, clock: systemClock, transport: handler });
await engine.start();
say("ready");
process.stdin.on("data", async () => {
  const [id] = await engine.send([{ name: "child/begin" }]);
  say(`sent ${id}`);
});
process.stdin.on("end", () => process.exit(0));
