import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "./child.mjs";
import { CannotRunPostgres, startPostgres } from "./postgres.mjs";

/**
 * The embedded database of `dataFolder`: PostgreSQL where its binary runs, else PGlite in a process of its own.
 * A folder that PGlite has begun stays with PGlite, so that no data seems to vanish.
 */
export async function startDatabase({ root, dataFolder, onExit }) {
  const pgliteFolder = join(dataFolder, "pglite");
  if (!existsSync(pgliteFolder)) {
    try {
      return { kind: "postgres", ...(await startPostgres({ folder: dataFolder, onExit })) };
    } catch (error) {
      if (!(error instanceof CannotRunPostgres)) throw error;
      console.log(`  PostgreSQL cannot run here (${error.message}); using PGlite instead.`);
    }
  } else {
    console.log("  Using PGlite, with which .data/ was begun.");
  }
  mkdirSync(join(dataFolder, "socket"), { recursive: true, mode: 0o700 });
  const socket = join(dataFolder, "socket", ".s.PGSQL.5432");
  // A killed one leaves its socket behind; the folder's lock says that nobody listens on it.
  rmSync(socket, { force: true });
  const child = await startChild(join(root, ".build", "pglite-server.mjs"), [pgliteFolder, socket], {
    cwd: root,
    env: process.env,
    name: "PGlite",
  });
  child.process.once("exit", onExit);
  return {
    kind: "pglite",
    url: `pglite+socket://${join(dataFolder, "socket")}`,
    process: child.process,
    stop: child.stop,
  };
}
