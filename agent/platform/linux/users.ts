import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { capture, findProgram } from "../../processes";
import type { LocalUser, UserContext } from "../platform";

/** Names of the people signed in, the one at the screen first. Services and greeters do not count. */
export async function listSignedInUsers(): Promise<string[]> {
  if (existsSync("/run/systemd/seats")) {
    const { exitCode, stdout } = await capture("loginctl", ["list-sessions", "--no-legend", "--no-pager"]);
    if (exitCode === 0) return describeSessions(stdout);
  }
  return parseWho((await capture("who", [])).stdout);
}

async function describeSessions(list: string): Promise<string[]> {
  const ids = list.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
  if (ids.length === 0) return [];
  const { stdout } = await capture("loginctl", [
    "show-session",
    "-p",
    "Name",
    "-p",
    "Class",
    "-p",
    "Active",
    "-p",
    "Seat",
    ...ids,
  ]);
  return parseSessions(stdout);
}

/** Blocks of `loginctl show-session`, one a session: users by name, those on a seat and active first. */
export function parseSessions(text: string): string[] {
  const sessions = text
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split("\n").map((line) => splitOnce(line.trim()))));
  const people = sessions.filter((session) => session.get("Class") === "user" && session.get("Name"));
  const rank = (session: Map<string, string>) =>
    (session.get("Seat") ? 2 : 0) + (session.get("Active") === "yes" ? 1 : 0);
  people.sort((left, right) => rank(right) - rank(left));
  return [...new Set(people.map((session) => session.get("Name") ?? ""))];
}

/** First column of `who`, in its order. */
export function parseWho(text: string): string[] {
  return [...new Set(text.split("\n").flatMap((line) => line.split(/\s+/)[0] || []))];
}

/** A line of passwd(5). */
export function parsePasswd(line: string): LocalUser | null {
  const [userName, , uid, gid, , home, shell] = line.trim().split(":");
  if (!userName || !/^\d+$/.test(uid ?? "") || !/^\d+$/.test(gid ?? "") || !home) return null;
  return { userName, uid: Number(uid), gid: Number(gid), home, shell: shell || "/bin/sh" };
}

/** Looks a user up through the system's name service, so that directory users are found too. */
export async function findUser(name: string): Promise<LocalUser | null> {
  const { stdout } = await capture("getent", ["passwd", "--", name]);
  const found = parsePasswd(stdout);
  if (found !== null) return found;
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  return (
    passwd
      .split("\n")
      .map(parsePasswd)
      .find((user) => user?.userName === name) ?? null
  );
}

export async function findUserContext({ elevated }: { elevated: boolean }): Promise<UserContext> {
  const names = await listSignedInUsers();
  const users = (await Promise.all(names.map(findUser))).filter((user) => user !== null);
  return chooseUserContext({ users, ownUid: process.geteuid?.() ?? 0, elevated });
}

/**
 * The first person signed in who is not root; root itself only when nobody else is. An agent that is not root runs as
 * itself, and only when its user is the one signed in: it never stands in for somebody else.
 */
export function chooseUserContext({
  users,
  ownUid,
  elevated,
}: {
  users: readonly LocalUser[];
  ownUid: number;
  elevated: boolean;
}): UserContext {
  const user = users.find((candidate) => candidate.uid !== 0) ?? users[0];
  if (user === undefined) return { kind: "none", reason: "Nobody is signed in on this computer." };
  if (user.uid === ownUid) return { kind: "self" };
  if (elevated) return { kind: "other", user };
  return { kind: "none", reason: `The agent does not run as root, so it cannot run a script as ${user.userName}.` };
}

export async function commandAs(user: LocalUser, command: readonly string[]): Promise<readonly string[]> {
  const setpriv = await findProgram("setpriv");
  if (setpriv !== null) {
    return [
      setpriv,
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      "--init-groups",
      "--inh-caps=-all",
      "--",
      ...command,
    ];
  }
  return ["runuser", "--preserve-environment", "-u", user.userName, "--", ...command];
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}
