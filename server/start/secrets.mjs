import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The secret of this installation, made at the first start. It encrypts what is secret in the database and signs links:
 * keep it with the backups of the database.
 */
export function readOrMakeSecret(dataFolder) {
  const path = join(dataFolder, "secret");
  if (!existsSync(path)) {
    // Written aside and renamed, so that a kill in the middle leaves none or a whole one.
    writeFileSync(`${path}.new`, randomBytes(32).toString("base64"), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  chmodSync(path, 0o600);
  return readFileSync(path, "utf8").trim();
}
