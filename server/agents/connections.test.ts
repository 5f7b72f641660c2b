import fc from "fast-check";
import { expect, it } from "vitest";
import { Connections, type Sink, send } from "./connections";
import { KEEP_ALIVE_SECONDS } from "./wire";

function countingSink(pending = 0) {
  const counted = { writes: 0, destroyed: 0 };
  const sink: Sink = {
    write: () => {
      counted.writes += 1;
    },
    pendingBytes: () => pending,
    end: () => {},
    destroy: () => {
      counted.destroyed += 1;
    },
  };
  return { sink, counted };
}

it("every connection gets one keep-alive a round, and no second has much more than its share", () => {
  const connections = new Connections();
  const all = Array.from({ length: 301 }, (_, n) => {
    const { sink, counted } = countingSink();
    connections.add({ agentId: `a${n}`, sink });
    return counted;
  });
  const perSecond: number[] = [];
  const sum = () => all.reduce((total, { writes }) => total + writes, 0);
  for (let second = 0; second < KEEP_ALIVE_SECONDS; second++) {
    const before = sum();
    connections.keepAlive();
    perSecond.push(sum() - before);
  }
  expect(all.map(({ writes }) => writes)).toStrictEqual(all.map(() => 1));
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(Math.ceil(301 / KEEP_ALIVE_SECONDS));
});

it("holds the newest connection of each agent, whatever comes and goes", () => {
  const step = fc.record({ agent: fc.integer({ min: 0, max: 4 }), leaves: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const connections = new Connections();
      const expected = new Map<string, object>();
      for (const { agent, leaves } of steps) {
        const agentId = String(agent);
        const current = connections.get(agentId);
        if (leaves) {
          expect(current ? connections.remove(current) : false).toBe(expected.delete(agentId));
        } else {
          const connection = { agentId, sink: countingSink().sink };
          expect(connections.add(connection)).toBe(current);
          if (current) expect(connections.remove(current)).toBe(false);
          expected.set(agentId, connection);
        }
        expect(connections.size).toBe(expected.size);
      }
      expect(new Set(connections.all())).toStrictEqual(new Set(expected.values()));
    }),
  );
});

it("breaks off one that takes nothing any more, instead of keeping everything for it", () => {
  const { sink, counted } = countingSink(64 * 1024 * 1024);
  send({ agentId: "slow", sink }, "event");
  expect(counted).toStrictEqual({ writes: 0, destroyed: 1 });
});
