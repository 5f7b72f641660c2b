import { z } from "zod";
import { authorizeSystem } from "../authorize";
import type { Told } from "./announce-session";
import type { ServiceContext } from "../context";

const input = z.strictObject({ sessionId: z.number().int() });

export async function confirmPostponement({
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
