import { closeSync, existsSync } from "node:fs";
import { join } from "node:path";
import { checkNode, checkPort, checkWritable, readEnvFile } from "./checks.mjs";
import { ChildProblem, startChild } from "./child.mjs";
import { startDatabase } from "./database.mjs";
import { keepRunning } from "./keep-running.mjs";
import { lockFolder } from "./lock.mjs";
import { readOrMakeSecret } from "./secrets.mjs";
import { enrollThisMachine, openLog, startAgent } from "./this-machine.mjs";

/** What must hold before anything is installed or built. Returns the settings of this start. */
export async function prepare(root) {
  checkNode();
  checkWritable(root);
  const env = { ...readEnvFile(root), ...process.env };
  const host = env.HOST || "127.0.0.1";
  const port = env.PORT === undefined || env.PORT === "" ? 3000 : Number(env.PORT);
  const unlock = lockFolder(join(root, ".data"));
  await checkPort(host, port);
  return { root, env, host, port, unlock, dataFolder: join(root, ".data") };
}

/**
 * Runs the database, the server and this machine's agent until a signal comes, starting again what ends by itself.
 * `mode` is "production" or "development".
 */
export async function supervise({ root, env, host, port, unlock, dataFolder }, { mode, newPassword = false }) {
  const url =
    env.PUBLIC_URL || `http://${host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
  const stateFolder = join(dataFolder, "agent");
  const parts = [];
  let ended = false;
  const end = async (problem) => {
    if (ended) return;
    ended = true;
    if (problem) console.error(`\n  ${problem}\n`);
    else console.log("\n  Stopping…");
    for (const part of parts.reverse()) await part.stop();
    unlock();
    process.exit(problem ? 1 : 0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end());

  const database = env.DATABASE_URL
    ? null
    : await keepRunning("The database", () => startDatabase({ root, dataFolder, onExit: () => {} }), end).catch(
        (error) => end(error.message),
      );
  if (ended) return;
  if (database) parts.push(database);

  const needsEnrollment = !existsSync(join(stateFolder, "agent.json"));
  const server = await keepRunning(
    "The server",
    async (first) => {
      const log = openLog(dataFolder, "server");
      return startChild(join(root, ".build", "main.mjs"), [], {
        cwd: root,
        env: {
          ...env,
          NODE_ENV: mode,
          NEXT_TELEMETRY_DISABLED: "1",
          HOST: host,
          PORT: String(port),
          PUBLIC_URL: url,
          DATABASE_URL: env.DATABASE_URL || database.current.url,
          EVENKEEL_SECRET: env.EVENKEEL_SECRET || readOrMakeSecret(dataFolder),
          EVENKEEL_LOCAL_SIGN_IN: "1",
          EVENKEEL_FIRST_START: JSON.stringify({
            newPassword: newPassword && first,
            enrollmentKey: needsEnrollment && first,
          }),
        },
        name: "The server",
        logFile: log,
      }).finally(() => closeSync(log));
    },
    end,
  ).catch((error) => end(error instanceof ChildProblem ? `${error.message} See .data/logs/server.log.` : error.stack));
  if (ended) return;
  parts.push(server);
  const { password, enrollmentKey, signIn } = server.current.message;

  const enrollment = needsEnrollment ? enrollThisMachine({ root, stateFolder, url, key: enrollmentKey }) : null;
  if (enrollment === null) {
    parts.push(await keepRunning("The agent", () => startAgent({ root, dataFolder, stateFolder }), end));
  }
  say({ url, password, signIn, enrollment });
}

function say({ url, password, signIn, enrollment }) {
  const lines = ["", `  Evenkeel runs at  ${url}`];
  if (signIn === "entra") lines.push("  Sign in with      Microsoft Entra ID");
  else {
    lines.push(
      password
        ? `  Password          ${password}   (shown this once; npm start -- --new-password makes another)`
        : "  Password          as shown at the first start (npm start -- --new-password makes another)",
    );
  }
  lines.push(
    enrollment === null
      ? "  This machine      is enrolled and its agent runs"
      : `  This machine      could not be enrolled: ${enrollment}`,
  );
  lines.push("  Data and logs     .data/      Ctrl-C stops everything", "");
  console.log(lines.join("\n"));
}
