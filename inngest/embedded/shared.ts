import { randomBytes } from "node:crypto";
import type { Engine } from "./types";

type Reachable = Pick<Engine, "fetch">;

interface Shared {
  signingKey: string;
  engine: Promise<Reachable>;
  provide(engine: Reachable): void;
}

/**
 * Next bundles its routes apart from the process that runs the engine, so each has its own copy of this module; what
 * they share hangs on `globalThis`.
 */
const KEY = Symbol.for("evenkeel.embedded-engine");
const shared: Shared = (Reflect.get(globalThis, KEY) as Shared | undefined) ?? create();
Reflect.set(globalThis, KEY, shared);

function create(): Shared {
  let provide: (engine: Reachable) => void = () => {};
  const engine = new Promise<Reachable>((resolve) => {
    provide = resolve;
  });
  return { signingKey: `signkey-embedded-${randomBytes(32).toString("hex")}`, engine, provide };
}

/** The key the engine of this process signs with and its handler checks: nobody outside can know it. */
export const embeddedSigningKey = shared.signingKey;

/** Makes the engine of this process the one that the Inngest client talks to. */
export function provideEngine(engine: Reachable): void {
  shared.provide(engine);
  shared.engine = Promise.resolve(engine);
}

const PATIENCE_MS = 15_000;

/** A `fetch` that reaches the engine of this process; while it starts, requests wait. */
export async function fetchFromEngine(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("No embedded engine runs in this process: start it, or set INNGEST_BASE_URL.")),
      PATIENCE_MS,
    );
  });
  try {
    const engine = await Promise.race([shared.engine, tooLate]);
    return await engine.fetch(new Request(input, init));
  } finally {
    clearTimeout(timer);
  }
}
