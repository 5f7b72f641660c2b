/**
 * The embedded engine behind HTTP, as an Inngest server would stand there: to run the conformance suite with ENGINE_URL
 * against, when the suite's own way over the network is what is to be tried. `npx tsx tests/harness/engine-server.ts`
 */
import { createServer } from "node:http";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { createEmbeddedEngine } from "@/inngest/embedded";
import { systemClock } from "@/server/ports/clock";
import { startTestPostgres } from "./postgres";

const port = Number(process.env.PORT ?? 8288);
const postgres = await startTestPostgres();
const database = await openDatabase(postgres.url);
await migrateDatabase(database);

/** Where each function is served, as its app said when it registered. */
const addresses = new Map<string, string>();

const engine = createEmbeddedEngine({
  db: database.db,
  clock: systemClock,
  transport: async (request) => {
    // Apps come by themselves here; there is none to ask.
    if (request.method === "PUT") return Response.json({ app_id: "none", functions: [] });
    const { search, searchParams } = new URL(request.url);
    const address = addresses.get(searchParams.get("fnId") ?? "");
    if (!address) return new Response("Unknown function", { status: 404 });
    return fetch(`${address}${search}`, {
      method: "POST",
      body: await request.text(),
      headers: { "content-type": "application/json" },
    });
  },
});
await engine.start();

createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("utf8");
  const url = `http://${incoming.headers.host}${incoming.url}`;
  if (new URL(url).pathname === "/fn/register") remember(JSON.parse(body));
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const response = await engine.fetch(
    new Request(url, { method: incoming.method ?? "GET", headers, ...(body === "" ? {} : { body }) }),
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${port}`));

process.once("SIGTERM", async () => {
  await engine.stop();
  await database.close();
  await postgres.stop();
  process.exit(0);
});

function remember(registration: { url: string; functions: { id: string }[] }): void {
  for (const { id } of registration.functions) addresses.set(id, registration.url);
}
