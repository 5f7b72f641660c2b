import type { JobStep } from "@/server/agents/wire";
import type { ParameterDefinition, ParameterValues } from "@/server/core/items";
import type { ServiceContext } from "../context";
import { openParameters } from "../deployments/deployment-parameters";
import type { JobSecrets } from "../jobs/create-job";
import type { LoadedScript } from "./loaders/load-scripts";

/** Steps of a job with the secret values that go beside them. */
export interface JobSteps {
  readonly steps: JobStep[];
  readonly secrets: JobSecrets;
}

/**
 * Adds a script of the database as a step: each of its parameters, and of its task's, with the value of the deployment
 * or its default. Secret values go beside the step, encrypted. Answers why it cannot run on an agent, or null.
 * @param stored values as a deployment keeps them, secret ones encrypted.
 */
export function addScriptStep(
  ctx: ServiceContext,
  job: JobSteps,
  key: string,
  script: LoadedScript | undefined,
  stored: ParameterValues,
  taskParameters: readonly ParameterDefinition[] = [],
): string | null {
  if (!script) return "Its script no longer exists.";
  const { language, context } = script;
  if (language === "javascript" || context === "metascript" || context === "cloud") {
    return `The script “${script.name}” runs in the backend, which this version does not do.`;
  }
  const definitions = new Map([...script.parameters, ...taskParameters].map((each) => [each.name, each]));
  const { values, secretNames } = openParameters(ctx, [...definitions.values()], stored);
  const isSecret = new Set(secretNames);
  const entries = Object.entries(values);
  job.steps.push({
    kind: "script",
    key,
    language,
    context,
    body: script.body,
    bodySha256: script.bodySha256,
    parameters: Object.fromEntries(entries.filter(([name]) => !isSecret.has(name))),
    secretParameters: secretNames,
    timeoutSeconds: script.timeoutSeconds,
    requiresElevation: script.requiresElevation,
  });
  const secrets = entries.filter(([name]) => isSecret.has(name)).map(([name, value]) => [name, String(value)]);
  if (secrets.length > 0) job.secrets[key] = Object.fromEntries(secrets);
  return null;
}
