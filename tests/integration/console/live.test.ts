import { describe, expect, it } from "vitest";
import type { Actor } from "@/server/services/context";
import { openLiveStream } from "@/server/trpc/live";
import { createWorld, type World } from "./world";

/** Reads a stream in the background; `events` are the changes told so far. */
function listen(world: World, actor: Extract<Actor, { kind: "user" }>) {
  const abort = new AbortController();
  const response = openLiveStream(world.runtime, actor, abort.signal);
  const events: unknown[] = [];
  let text = "";
  const ended = (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (const [, json] of String(chunk).matchAll(/event: changed\ndata: (.*)\n/g))
        events.push(JSON.parse(json ?? ""));
    }
  })();
  return { events, ended, text: () => text, close: () => abort.abort() };
}

const publish = (world: World, sessionIds: number[], computerIds: number[]) =>
  world.runtime.signals.publish([
    ...sessionIds.map((sessionId) => ({ channel: "sessions" as const, sessionId })),
    ...computerIds.map((computerId) => ({ channel: "presence" as const, computerId })),
  ]);

/** Lets gathered changes go out: time passes for them, and the database answers. */
async function flush(world: World, until: () => boolean) {
  await expect
    .poll(async () => {
      await world.clock.advance(250);
      return until();
    })
    .toBe(true);
}

describe("live changes", () => {
  it("reach those who may see them, gathered, and nobody else", async () => {
    const world = await createWorld();
    const ours = await world.addComputer(world.contosoSiteId, "ours");
    const theirs = await world.addComputer(world.fabrikamId, "theirs");
    const all = listen(world, await world.actor("msp-reader"));
    const contoso = listen(world, await world.actor("tenant-reader", world.contosoId));
    await publish(world, [], [theirs, ours, theirs]);
    await flush(world, () => all.events.length > 0 && contoso.events.length > 0);
    expect(all.events).toEqual([{ sessionIds: [], computerIds: [theirs, ours] }]);
    expect(contoso.events).toEqual([{ sessionIds: [], computerIds: [ours] }]);
    all.close();
    contoso.close();
    await Promise.all([all.ended, contoso.ended]);
  });

  it("end for someone who was disabled", async () => {
    const world = await createWorld();
    const reader = await world.actor("msp-reader");
    const stream = listen(world, reader);
    await world.as(await world.actor("msp-admin")).users.setAccess({
      id: reader.userId,
      role: "msp-reader",
      tenantId: null,
      disabled: true,
    });
    let isOver = false;
    void stream.ended.then(() => {
      isOver = true;
    });
    await expect
      .poll(async () => {
        await world.clock.advance(25_000);
        return isOver;
      })
      .toBe(true);
  });
});
