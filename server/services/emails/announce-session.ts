import { z } from "zod";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";

const input = z.strictObject({ sessionId: z.number().int() });

/** Who was told, for the session's events. */
export interface Told {
  readonly toldCount: number;
  /** "Kim Lee was told by e-mail." or why no one could be told. */
  readonly sentence: string;
}

export async function announceSession({
  ctx,
  input: raw,
}: {
  ctx: ServiceContext;
  input: z.infer<typeof input>;
}): Promise<Told> {
  authorizeSystem(ctx);
  input.parse(raw);
  throw new Error("being written");
}
