/**
 * Takes the host's marks out of one of its raw streams. Everything before a mark belongs to the script that ran, so
 * that output a program wrote past PowerShell is attributed to the right script.
 */
export function createMarkSplitter(mark: Buffer, onBytes: (bytes: Buffer) => void, onMark: () => void) {
  let held = Buffer.alloc(0);
  const first = mark[0];
  return (chunk: Buffer): void => {
    let rest = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    held = Buffer.alloc(0);
    for (let at = rest.indexOf(mark); at >= 0; at = rest.indexOf(mark)) {
      if (at > 0) onBytes(rest.subarray(0, at));
      rest = rest.subarray(at + mark.length);
      onMark();
    }
    for (let from = Math.max(0, rest.length - mark.length + 1); from < rest.length; from++) {
      if (rest[from] === first && mark.subarray(0, rest.length - from).equals(rest.subarray(from))) {
        held = Buffer.from(rest.subarray(from));
        rest = rest.subarray(0, from);
      }
    }
    if (rest.length > 0) onBytes(rest);
  };
}
