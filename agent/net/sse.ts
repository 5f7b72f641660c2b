export type ServerSentEvent = { event: string; data: string };

/**
 * An incremental parser of `text/event-stream` (WHATWG HTML, "Interpreting an event stream"). Feed it decoded text in
 * any pieces; comments and unknown fields are ignored. Throws when one event grows beyond `maxLength` characters.
 */
export function createSseParser(onEvent: (event: ServerSentEvent) => void, maxLength = 64 * 1024 * 1024) {
  let rest = "";
  let event = "";
  let data: string[] = [];
  let length = 0;
  let atStart = true;

  const takeLine = (line: string): void => {
    if (line === "") {
      if (data.length > 0) onEvent({ event: event === "" ? "message" : event, data: data.join("\n") });
      event = "";
      data = [];
      length = 0;
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") event = value;
    if (field === "data") {
      length += value.length;
      if (length > maxLength) throw new Error("an event of the stream is too large");
      data.push(value);
    }
  };

  return (text: string): void => {
    if (atStart && text !== "") {
      if (text.startsWith("\uFEFF")) text = text.slice(1);
      atStart = false;
    }
    rest += text;
    let from = 0;
    for (;;) {
      const found = /\r\n|\n|\r/g;
      found.lastIndex = from;
      const match = found.exec(rest);
      if (match === null) break;
      // A lone CR at the very end may be the first half of CRLF: wait for what follows.
      if (match[0] === "\r" && match.index === rest.length - 1) break;
      takeLine(rest.slice(from, match.index));
      from = match.index + match[0].length;
    }
    rest = rest.slice(from);
    if (rest.length > maxLength) throw new Error("a line of the stream is too large");
  };
}
