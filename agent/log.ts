/** One line on stderr. Callers never pass secrets, script bodies, parameters or output. */
export type Log = (message: string) => void;

export function createLog(now: () => Date = () => new Date()): Log {
  return (message) => {
    process.stderr.write(`${now().toISOString()} ${message.replace(/[\r\n]+/g, " ")}\n`);
  };
}
