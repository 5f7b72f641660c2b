import type { JobStep } from "@/server/agents/wire";
import type { ParameterDefinition, ParameterValues } from "@/server/core/items";
import type { JobSecrets } from "../jobs/create-job";
import type { LoadedScript } from "./loaders/load-scripts";

/** Steps of a job with the secret values that go beside them. */
export interface JobSteps {
  readonly steps: JobStep[];
  readonly secrets: JobSecrets;
}

/** How long a step may take that the database does not limit. */
export const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * Adds a script of the database as a step: each of its parameters, and of its task's, with the value of the deployment
 * or its default. Secret values go beside the step, encrypted. Answers why it cannot run on an agent, or null.
 */
export function addScriptStep(
  job: JobSteps,
  key: string,
  script: LoadedScript | undefined,
  values: ParameterValues,
  taskParameters: readonly ParameterDefinition[] = [],
): string | null {
  if (!script) return "Its script no longer exists.";
  const { language, context } = script;
  if (language === "javascript" || context === "metascript" || context === "cloud") {
    return `The script “${script.name}” runs in the backend, which is not supported in this version.`;
  }
  const definitions = new Map([...taskParameters, ...script.parameters].map((each) => [each.name, each]));
  const parameters: ParameterValues = {};
  const secretParameters: string[] = [];
  const secrets: Record<string, string> = {};
  for (const { name, secret, defaultValue } of definitions.values()) {
    const value = values[name] ?? defaultValue;
    if (secret) secretParameters.push(name);
    if (value === undefined || value === null) continue;
    if (secret) secrets[name] = String(value);
    else parameters[name] = value;
  }
  job.steps.push({
    kind: "script",
    key,
    language,
    context,
    body: script.body,
    bodySha256: script.bodySha256,
    parameters,
    secretParameters,
    timeoutSeconds: script.timeoutSeconds,
    requiresElevation: script.requiresElevation,
  });
  if (Object.keys(secrets).length > 0) job.secrets[key] = secrets;
  return null;
}
