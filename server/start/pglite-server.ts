import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/**
 * PGlite in a process of its own, behind a socket, so that its queries, which run synchronously, never stop the
 * server. Used where PostgreSQL's own binary cannot run. Arguments: the data folder and the socket's path.
 */
const [dataFolder, socketPath] = process.argv.slice(2);
if (dataFolder === undefined || socketPath === undefined)
  throw new Error("Needs the data folder and the socket's path");

const database = await PGlite.create(dataFolder);
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 50 });
await server.start();
process.send?.({ ready: true });

const stop = async () => {
  await server.stop();
  await database.close();
  process.exit(0);
};
process.once("SIGTERM", stop);
process.once("SIGINT", () => {});
process.once("disconnect", stop);
