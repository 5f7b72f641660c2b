import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { StartProblem } from "./problem.mjs";

const MINIMUM_NODE = [20, 9];

/** Refuses a Node that is too old to run Next.js. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  throw new StartProblem(
    `Node ${version} is too old: Evenkeel needs Node ${MINIMUM_NODE.join(".")} or newer. Install it and run npm start again.`,
  );
}

/** Refuses a folder in which nothing can be written. */
export function checkWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    mkdirSync(join(folder, ".data"), { recursive: true, mode: 0o755 });
    accessSync(join(folder, ".data"), constants.W_OK);
  } catch {
    throw new StartProblem(
      `Nothing can be written in ${folder}: Evenkeel keeps its data in .data/ there. Make the folder writable, or clone it somewhere else.`,
    );
  }
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;

/**
 * Reads `.env` (`NAME=value` lines, `#` comments, optional quotes) into an object.
 * A line that is neither is refused with its number, rather than ignored.
 */
export function readEnvFile(folder) {
  const path = join(folder, ".env");
  if (!existsSync(path)) return {};
  const values = {};
  for (const [index, line] of readFileSync(path, "utf8").split(/\r?\n/).entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, name, raw] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) {
      throw new StartProblem(`Line ${index + 1} of .env is not NAME=value: correct it or put # before it.`);
    }
    const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(raw);
    if (!quoted && /^["']/.test(raw)) {
      throw new StartProblem(`Line ${index + 1} of .env opens a quote that it does not close (${name}).`);
    }
    values[name] = quoted ? quoted[2] : raw.replace(/\s+#.*$/, "");
  }
  return values;
}

/** Refuses an address that is taken or not ours. */
export async function checkPort(host, port) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartProblem(`PORT must be a number from 1 to 65535, not ${JSON.stringify(process.env.PORT ?? port)}.`);
  }
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(explain(error, host, port)));
    probe.listen(port, host, () => probe.close(resolve));
  });
}

function explain(error, host, port) {
  if (error.code === "EADDRINUSE") {
    return new StartProblem(
      `Port ${port} is in use: stop what listens there, or choose another with PORT=${port + 1} npm start.`,
    );
  }
  if (error.code === "EACCES")
    return new StartProblem(`Port ${port} needs more rights than this user has; choose one above 1023.`);
  return new StartProblem(`Cannot listen on ${host}:${port} (${error.code}): check HOST and PORT.`);
}
