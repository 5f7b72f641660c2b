import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalUser } from "../platform/platform";

const folderPrefix = (jobId: string) => `evenkeel-${jobId}-`;

/** Removes what an agent that was killed in a job left of its folders. */
export function removeLeftovers(jobId: string): void {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(folderPrefix(jobId))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** Private folders (0700) for the scripts of one job, one for each user that scripts run as. Removed with the job. */
export function createWorkspace(jobId: string) {
  const folders = new Map<number, string>();
  let written = 0;

  const folderFor = (user: LocalUser | null): string => {
    const key = user?.uid ?? -1;
    const known = folders.get(key);
    if (known !== undefined) return known;
    const folder = mkdtempSync(join(tmpdir(), folderPrefix(jobId)));
    chmodSync(folder, 0o700);
    if (user !== null) chownSync(folder, user.uid, user.gid);
    folders.set(key, folder);
    return folder;
  };

  return {
    folderFor,
    /** Writes a file that only `user` can read. Its name is `<n>.<extension>`. */
    write(user: LocalUser | null, extension: string, content: string): string {
      const path = join(folderFor(user), `${++written}.${extension}`);
      writeFileSync(path, content, { mode: 0o600, flag: "wx" });
      if (user !== null) chownSync(path, user.uid, user.gid);
      return path;
    },
    remove(): void {
      for (const folder of folders.values()) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      folders.clear();
    },
  };
}
export type Workspace = ReturnType<typeof createWorkspace>;
