import { errorCode } from "../errors";

/** A sentence for what the file system refused, for use where paths come from the command line. */
export function describeFileError(error: unknown, path: string): string {
  const code = errorCode(error);
  if (code === "EACCES" || code === "EPERM") return `${path} may not be written by this user.`;
  if (code === "EROFS") return `${path} is on a read-only file system.`;
  if (code === "ENOSPC") return `There is no space left for ${path}.`;
  if (code === "ENOTDIR") return `${path} lies inside something that is not a folder.`;
  return `${path} cannot be written (${code ?? "unknown error"}).`;
}
