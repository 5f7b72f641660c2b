import { desc, eq } from "drizzle-orm";
import { scriptVersions, users } from "@/db/schema";
import { authorize } from "../authorize";
import { type Call, idInput, parseInput } from "../parse";

/** Every version a script has had, newest first, without bodies. */
export async function listScriptVersions({ ctx, input: raw }: Call<typeof idInput>) {
  authorize(ctx, "read");
  const { id } = parseInput(idInput, raw);
  return ctx.db
    .select({
      number: scriptVersions.number,
      language: scriptVersions.language,
      context: scriptVersions.context,
      bodySha256: scriptVersions.bodySha256,
      timeoutSeconds: scriptVersions.timeoutSeconds,
      createdAt: scriptVersions.createdAt,
      createdByName: users.displayName,
    })
    .from(scriptVersions)
    .leftJoin(users, eq(users.id, scriptVersions.createdBy))
    .where(eq(scriptVersions.scriptId, id))
    .orderBy(desc(scriptVersions.number))
    .limit(500);
}
