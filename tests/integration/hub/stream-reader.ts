import { streamEvents } from "@/server/agents/wire";

type Name = keyof typeof streamEvents;
export interface ReceivedEvent {
  readonly name: string;
  readonly data: unknown;
}

export interface StreamReader {
  readonly received: readonly ReceivedEvent[];
  /** The `count`th event of that name from the start, waited for. Rejects when the stream ends first. */
  event(name: Name, count?: number): Promise<unknown>;
  /** Resolves when the other side has ended the stream. */
  readonly ended: Promise<void>;
  /** Breaks the stream off, as a lost connection does. */
  drop(): Promise<void>;
}

/** Reads a server-sent stream; data is checked against the protocol. */
export function readEvents(response: Response): StreamReader {
  if (response.status !== 200 || !response.body) throw new Error(`The stream was refused: ${response.status}`);
  const reader = response.body.getReader();
  const received: ReceivedEvent[] = [];
  const waiting = new Set<() => void>();
  let isOver = false;

  const ended = (async () => {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) take(block);
      for (const look of waiting) look();
    }
  })()
    .catch(() => {})
    .finally(() => {
      isOver = true;
      for (const look of waiting) look();
    });

  function take(block: string): void {
    const name = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (name === undefined || data === undefined) {
      received.push({ name: "comment", data: block });
      return;
    }
    received.push({ name, data: streamEvents[name as Name].parse(JSON.parse(data)) });
  }

  return {
    received,
    ended,
    event(name, count = 1) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = received.filter((event) => event.name === name)[count - 1];
          if (!found && !isOver) return;
          waiting.delete(look);
          if (found) resolve(found.data);
          else reject(new Error(`The stream ended without ${name} number ${count}`));
        };
        waiting.add(look);
        look();
      });
    },
    async drop() {
      await reader.cancel();
      await ended;
    },
  };
}
