import { KEEP_ALIVE_COMMENT } from "./events";
import { KEEP_ALIVE_SECONDS } from "./wire";

/** Where a stream goes: a socket, or the body of a response. */
export interface Sink {
  write(chunk: string | Buffer): void;
  /** Bytes that the other side has not taken yet. */
  pendingBytes(): number;
  end(): void;
  /** Breaks off without sending what is pending. */
  destroy(): void;
}

/** One live agent. Kept as small as it can be: there may be a hundred thousand. */
export interface Connection {
  readonly agentId: string;
  readonly sink: Sink;
}

/** An agent that leaves this much untaken is broken off; it finds everything again when it comes back. */
const MAX_PENDING_BYTES = 32 * 1024 * 1024;

/** The live connections of this process by agent. Keep-alives go out one thirtieth of them a second, not all at once. */
export class Connections {
  private readonly byAgent = new Map<string, Connection>();
  private readonly slots: Set<Connection>[] = Array.from({ length: KEEP_ALIVE_SECONDS }, () => new Set());
  private nextSlot = 0;

  get size(): number {
    return this.byAgent.size;
  }

  get(agentId: string): Connection | undefined {
    return this.byAgent.get(agentId);
  }

  /** Takes a connection in; answers the one of the same agent that it takes the place of. */
  add(connection: Connection): Connection | undefined {
    const replaced = this.byAgent.get(connection.agentId);
    if (replaced) this.remove(replaced);
    this.byAgent.set(connection.agentId, connection);
    this.smallestSlot().add(connection);
    return replaced;
  }

  /** False when it was not in any more. */
  remove(connection: Connection): boolean {
    if (this.byAgent.get(connection.agentId) !== connection) return false;
    this.byAgent.delete(connection.agentId);
    for (const slot of this.slots) if (slot.delete(connection)) break;
    return true;
  }

  /** To be called once a second. */
  keepAlive(): void {
    const slot = this.slots[this.nextSlot];
    this.nextSlot = (this.nextSlot + 1) % this.slots.length;
    for (const connection of slot ?? []) send(connection, KEEP_ALIVE_COMMENT);
  }

  all(): Connection[] {
    return [...this.byAgent.values()];
  }

  private smallestSlot(): Set<Connection> {
    return this.slots.reduce((smallest, slot) => (slot.size < smallest.size ? slot : smallest));
  }
}

/** Writes to a connection, or breaks it off when its other side has stopped taking anything. */
export function send(connection: Connection, chunk: string | Buffer): void {
  if (connection.sink.pendingBytes() > MAX_PENDING_BYTES) connection.sink.destroy();
  else connection.sink.write(chunk);
}
