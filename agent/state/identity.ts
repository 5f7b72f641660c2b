import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { signingKey } from "../../server/agents/wire";
import { AgentError, errorCode } from "../errors";
import { describeFileError } from "./file-error";

const identitySchema = z.strictObject({
  serverUrl: z.string(),
  /** Made before the first try to enrol, so that a repeated try is the same agent. */
  instanceId: z.uuid(),
  enrolled: z
    .strictObject({
      agentId: z.uuid(),
      agentSecret: z.string().min(1),
      signingKeys: z.array(signingKey).min(1),
      enrolledAt: z.string(),
    })
    .nullable(),
});
export type Identity = z.infer<typeof identitySchema>;
export type Enrolled = Identity & { enrolled: NonNullable<Identity["enrolled"]> };

const pathOf = (stateDir: string) => join(stateDir, "identity.json");

export function ensureStateDir(stateDir: string): void {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AgentError("state", describeFileError(error, stateDir));
  }
}

/** `null` when nothing was ever kept there. A file that cannot be understood is an error, never silently replaced. */
export function loadIdentity(stateDir: string): Identity | null {
  const path = pathOf(stateDir);
  try {
    return identitySchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return null;
    if (code !== null) throw new AgentError("state", `${path} cannot be read (${code}).`);
    throw new AgentError("state", `${path} is damaged; remove it and enrol again.`);
  }
}

export function requireEnrolled(stateDir: string): Enrolled {
  const identity = existsSync(stateDir) ? loadIdentity(stateDir) : null;
  if (identity?.enrolled == null) {
    throw new AgentError("notEnrolled", `This computer is not enrolled (nothing in ${stateDir}); run "enroll" first.`);
  }
  return { ...identity, enrolled: identity.enrolled };
}

/** Written whole or not at all, readable by its owner alone. */
export function saveIdentity(stateDir: string, identity: Identity): void {
  const path = pathOf(stateDir);
  try {
    writeDurably(path, `${JSON.stringify(identity, null, 2)}\n`);
  } catch (error) {
    throw new AgentError("state", describeFileError(error, path));
  }
}

/** Replaces a file atomically, mode 0600, on disk when this returns. */
export function writeDurably(path: string, content: string): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
