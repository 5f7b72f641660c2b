import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { enroll } from "./enroll";
import { AgentError, exitCodes, messageOf } from "./errors";
import { createLog } from "./log";
import { parseServerUrl } from "./net/server-url";
import { createPlatform } from "./platform";
import { runAgent } from "./run-agent";
import { askStatus } from "./state/control-socket";
import { loadIdentity, requireEnrolled } from "./state/identity";
import { readTiming } from "./timing";
import { agentVersion } from "./version";

const help = `Evenkeel agent ${agentVersion}

evenkeel-agent enroll --server URL (--key KEY | --key-file FILE) [--state DIR] [--allow-http] [--move]
    Makes this computer known to a server. The key may also be in EVENKEEL_ENROLLMENT_KEY.
evenkeel-agent run [--state DIR]
    Connects and does what the server asks, until it is stopped.
evenkeel-agent install [--state DIR] | uninstall
    Keeps it running as a service of the system.
evenkeel-agent status [--state DIR]
    Says whether this computer is enrolled, and what its agent is doing.

DIR is /var/lib/evenkeel-agent for root, else ~/.local/share/evenkeel-agent.
Exit codes: 0 done, 1 unexpected, 2 wrong use, 3 not enrolled, 4 refused by the server, 5 server not reachable,
6 state directory not usable, 7 not possible on this system.
`;

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseCommandLine(args);
  const [command, ...extra] = positionals;
  if (values.version) return print(agentVersion);
  if (values.help || command === undefined || command === "help") return print(help.trimEnd());
  if (extra.length > 0) throw new AgentError("usage", `"${extra[0]}" is one word too many; see --help.`);
  const timing = readTiming(process.env.EVENKEEL_AGENT_TIMING);
  const stateDir = resolve(values.state ?? createPlatform({ stateDir: null }).defaultStateDir());

  switch (command) {
    case "enroll": {
      if (values.server === undefined) throw new AgentError("usage", "Say which server: --server https://…");
      const serverUrl = parseServerUrl(values.server, { allowHttp: values["allow-http"] === true });
      const enrollmentKey = readKey(values.key, values["key-file"]);
      const agentId = await enroll({ serverUrl, enrollmentKey, stateDir, move: values.move === true, timing });
      return print(`This computer is enrolled with ${serverUrl} as agent ${agentId}.`);
    }
    case "run": {
      const stop = new AbortController();
      for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => stop.abort());
      await runAgent({ stateDir, timing, log: createLog(), signal: stop.signal });
      // Everything is stopped and written; a cache that is still being read ahead is not waited for.
      return process.exit(exitCodes.ok);
    }
    case "install": {
      requireEnrolled(stateDir);
      const bundlePath = fileURLToPath(import.meta.url);
      if (!bundlePath.endsWith(".mjs"))
        throw new AgentError("usage", "Only the bundled agent can be installed as a service.");
      return print(await createPlatform({ stateDir }).service.install({ stateDir, bundlePath }));
    }
    case "uninstall":
      return print(await createPlatform({ stateDir }).service.uninstall());
    case "status":
      return showStatus(stateDir);
    default:
      throw new AgentError("usage", `"${command}" is not a command; see --help.`);
  }
}

function parseCommandLine(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        server: { type: "string" },
        key: { type: "string" },
        "key-file": { type: "string" },
        state: { type: "string" },
        "allow-http": { type: "boolean" },
        move: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    });
  } catch (error) {
    throw new AgentError("usage", `${messageOf(error).split(". ")[0]}; see --help.`);
  }
}

function readKey(key: string | undefined, file: string | undefined): string {
  if (file !== undefined) {
    try {
      return requireKey(readFileSync(file, "utf8"));
    } catch (error) {
      if (error instanceof AgentError) throw error;
      throw new AgentError("usage", `The key file ${file} cannot be read.`);
    }
  }
  return requireKey(key ?? process.env.EVENKEEL_ENROLLMENT_KEY ?? "");
}

function requireKey(text: string): string {
  const key = text.trim();
  if (key === "")
    throw new AgentError("usage", "Give the tenant's enrolment key: --key, --key-file or EVENKEEL_ENROLLMENT_KEY.");
  if (key.length > 200) throw new AgentError("usage", "An enrolment key has at most 200 characters.");
  return key;
}

async function showStatus(stateDir: string): Promise<void> {
  const identity = loadIdentity(stateDir);
  if (identity?.enrolled == null) throw new AgentError("notEnrolled", `This computer is not enrolled (${stateDir}).`);
  const running = await askStatus(stateDir);
  const service = await createPlatform({ stateDir }).service.state();
  const doing =
    running === null
      ? "not running"
      : `running as process ${running.pid} (version ${running.version}), ${running.connected ? "connected" : "not connected"}`;
  print(`server:   ${identity.serverUrl}`);
  print(`agent id: ${identity.enrolled.agentId}`);
  print(`agent:    ${doing}`);
  print(`service:  ${service.replace("-", " ")}`);
  if (running !== null) {
    print(
      `job:      ${running.jobId ?? "none"}, ${running.waiting} waiting, ${running.undelivered} reports undelivered`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main(process.argv.slice(2)).then(
  () => {
    process.exitCode = exitCodes.ok;
  },
  (error: unknown) => {
    const known = error instanceof AgentError;
    process.stderr.write(`evenkeel-agent: ${messageOf(error)}\n`);
    if (!known && process.env.EVENKEEL_AGENT_DEBUG) console.error(error);
    process.exitCode = known ? error.exitCode : exitCodes.unexpected;
  },
);
