/**
 * Makes `process.env` an ordinary object. Node's own asks the C library for each variable each time it is read, and the
 * Inngest SDK reads all of them several times a request: a quarter of the time a short run takes. Not on Windows, where
 * only Node's own finds a variable whatever the case of its name.
 */
export function makeEnvironmentPlain(): void {
  if (process.platform !== "win32") process.env = { ...process.env };
}
