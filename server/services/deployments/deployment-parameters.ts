import { eq } from "drizzle-orm";
import { tasks } from "@/db/schema";
import type { ParameterDefinition, ParameterValues } from "@/server/core/items";
import type { ServiceContext } from "../context";
import { ServiceError } from "../errors";

/** Stands for a secret that is set. Sent back as it is, it leaves the secret as it was. */
export const SECRET_IS_SET = "••••••••";

/** The parameters a deployment of the item takes: those of a task; software has none. */
export async function parameterDefinitions(ctx: ServiceContext, itemId: number): Promise<ParameterDefinition[]> {
  const [task] = await ctx.db.select({ parameters: tasks.parameters }).from(tasks).where(eq(tasks.itemId, itemId));
  return task?.parameters ?? [];
}

/**
 * Checks values against the item's definitions and gives them as they are stored: secret ones encrypted.
 * @param before what is stored now, for secrets that are left as they are.
 */
export async function storeParameters(
  ctx: ServiceContext,
  itemId: number,
  values: ParameterValues,
  before: ParameterValues = {},
): Promise<ParameterValues> {
  const definitions = await parameterDefinitions(ctx, itemId);
  const fields: Record<string, string> = {};
  for (const name of Object.keys(values)) {
    if (!definitions.some((definition) => definition.name === name))
      fields[`parameters.${name}`] = "is not a parameter";
  }
  const stored: ParameterValues = {};
  for (const definition of definitions) {
    const given = values[definition.name] ?? null;
    if (definition.secret && given === SECRET_IS_SET) {
      stored[definition.name] = before[definition.name] ?? null;
      continue;
    }
    const problem = problemOf(definition, given);
    if (problem !== null) fields[`parameters.${definition.name}`] = problem;
    else if (given !== null) {
      stored[definition.name] = definition.secret ? ctx.secrets.encrypt(JSON.stringify(given)) : given;
    }
  }
  const [first] = Object.entries(fields);
  if (first)
    throw new ServiceError("bad-input", `${first[0].replace("parameters.", "Parameter ")} ${first[1]}.`, fields);
  return stored;
}

/** Stored values as a script gets them: defaults filled in, secrets in plain. `secretNames` never reach a log. */
export function openParameters(
  ctx: ServiceContext,
  definitions: readonly ParameterDefinition[],
  stored: ParameterValues,
): { values: ParameterValues; secretNames: string[] } {
  const values: ParameterValues = {};
  for (const definition of definitions) {
    const kept = stored[definition.name] ?? null;
    const isSealed = definition.secret && typeof kept === "string";
    const value = isSealed ? (JSON.parse(ctx.secrets.decrypt(kept)) as ParameterValues[string]) : kept;
    const chosen = value ?? definition.defaultValue ?? null;
    if (chosen !== null) values[definition.name] = chosen;
  }
  return { values, secretNames: definitions.filter((each) => each.secret).map((each) => each.name) };
}

/** Stored values for the console. */
export function withoutSecrets(definitions: readonly ParameterDefinition[], stored: ParameterValues): ParameterValues {
  const secret = new Set(definitions.filter((each) => each.secret).map((each) => each.name));
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, secret.has(name) && value !== null ? SECRET_IS_SET : value]),
  );
}

function problemOf(definition: ParameterDefinition, value: ParameterValues[string]): string | null {
  if (value === null || value === "") {
    return definition.required && definition.defaultValue === undefined ? "is missing" : null;
  }
  switch (definition.type) {
    case "text":
      return typeof value === "string" ? null : "must be text";
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : "must be a number";
    case "boolean":
      return typeof value === "boolean" ? null : "must be yes or no";
    case "list":
      return Array.isArray(value) ? null : "must be a list";
    case "choice":
      return typeof value === "string" && (definition.choices ?? []).includes(value)
        ? null
        : `must be one of ${(definition.choices ?? []).join(", ")}`;
  }
}
