import { z } from "zod";
import { authorizeSystem } from "../authorize";
import { type Call, parseInput } from "../parse";
import { readPassword } from "./local-sign-in";

export const hasLocalPasswordInput = z.strictObject({});

export async function hasLocalPassword({ ctx, input }: Call<typeof hasLocalPasswordInput>): Promise<boolean> {
  authorizeSystem(ctx);
  parseInput(hasLocalPasswordInput, input);
  return (await readPassword(ctx)) !== null;
}
