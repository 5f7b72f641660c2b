import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Finished } from "./agent-process";

/**
 * This machine once more, for tests that change a machine: its files are here, what is written to the system's folders
 * is seen inside only and is gone afterwards, and the system's own services (systemd, D-Bus) are out of reach.
 * The folder for temporary files is shared.
 */
export interface PrivateMachine {
  /** The beginning of a command line that runs the rest inside. The program replaces it: signals reach the program. */
  readonly launcher: readonly string[];
  /** What a program inside must be told besides what this process has. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a bash script inside as root. */
  run(script: string, environment?: Readonly<Record<string, string>>): Promise<Finished>;
  /** As `run`, and an exit code other than 0 is an error that says what came out. Gives what was printed, trimmed. */
  must(script: string, environment?: Readonly<Record<string, string>>): Promise<string>;
  /** As `run`, but on the network of this machine whatever the private one has. */
  runOnline(script: string): Promise<Finished>;
  close(): Promise<void>;
}

const WRITTEN_TO = ["etc", "usr", "var", "root", "opt"];

const MOUNTS = `set -e
mount -t tmpfs evenkeel "$1"
for folder in ${WRITTEN_TO.join(" ")}; do
  mkdir -p "$1/$folder/upper" "$1/$folder/work"
  mount -t overlay evenkeel -o "lowerdir=/$folder,upperdir=$1/$folder/upper,workdir=$1/$folder/work" "/$folder"
done
mount -t tmpfs evenkeel /run
`;

const unshareWith = (network: "shared" | "own") => [
  "--mount",
  "--propagation=private",
  ...(network === "own" ? ["--net"] : []),
];

/** Whether this process may make one: Linux, root, with the right to mount. */
export function canOpenPrivateMachine(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const scratch = mkdtempSync(join(tmpdir(), "evenkeel-mount-"));
  try {
    return spawnSync("unshare", [...unshareWith("own"), "bash", "-c", MOUNTS, "bash", scratch]).status === 0;
  } finally {
    rmdirSync(scratch);
  }
}

/** @param network `own` is a network with nothing in it, where a firewall may be switched on */
export async function openPrivateMachine({ network }: { network: "shared" | "own" }): Promise<PrivateMachine> {
  const scratch = mkdtempSync(join(tmpdir(), "evenkeel-mount-"));
  // It lives as long as its stdin is open: should this process be killed, the mounts go with it.
  const holder = spawn(
    "unshare",
    [...unshareWith(network), "bash", "-c", `${MOUNTS}echo ready; exec cat`, "bash", scratch],
    {
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  await isReady(holder);
  const enter = (...namespaces: string[]) => ["nsenter", `--target=${holder.pid}`, ...namespaces, "--"];
  const launcher = enter("--mount", ...(network === "own" ? ["--net"] : []));
  const environment = { HOME: "/root", LC_ALL: "C.UTF-8" };

  const runAfter = async (begin: readonly string[], script: string, given: Readonly<Record<string, string>> = {}) => {
    const [program = "", ...args] = [...begin, "bash", "-c", script];
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment, ...given },
    });
    const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { exitCode, stdout, stderr };
  };
  const run: PrivateMachine["run"] = (script, given) => runAfter(launcher, script, given);
  return {
    launcher,
    environment,
    run,
    runOnline: (script) => runAfter(enter("--mount"), script),
    async must(script, given) {
      const { exitCode, stdout, stderr } = await run(script, given);
      if (exitCode !== 0) throw new Error(`${script}\nended with ${exitCode}:\n${stdout}${stderr}`);
      return stdout.trim();
    },
    async close() {
      const gone = new Promise((resolve) => holder.once("exit", resolve));
      holder.stdin.end();
      await gone;
      rmdirSync(scratch);
    },
  };
}

function isReady(holder: ChildProcessByStdio<Writable, Readable, Readable>): Promise<void> {
  return new Promise((resolve, reject) => {
    const errors = text(holder.stderr);
    holder.stdout.once("data", () => resolve());
    holder.once("error", reject);
    holder.once("exit", () => errors.then((said) => reject(new Error(`No private machine: ${said}`))));
  });
}
