import type { Outputs } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Tag } from "@/app/_ui/pill";

type Parameter = Outputs["scripts"]["get"]["version"]["parameters"][number];

const types: Readonly<Record<Parameter["type"], string>> = {
  text: "text",
  number: "number",
  boolean: "yes or no",
  choice: "one of",
  list: "list of texts",
};

const written = (value: Parameter["defaultValue"]) => {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(", ") : String(value);
};

/** The typed parameters of a script or a task. */
export function ParametersTable({ parameters, empty }: { parameters: readonly Parameter[]; empty: string }) {
  if (parameters.length === 0) return <EmptyState title={empty} />;
  return (
    <ul>
      {parameters.map((parameter) => {
        const fallback = written(parameter.defaultValue);
        return (
          <li key={parameter.name} className="border-b border-line px-3.5 py-2 last:border-0">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-[560]">{parameter.label}</span>
              <code className="font-mono text-xs text-ink-3">{parameter.name}</code>
              <span className="text-ink-2">
                {types[parameter.type]}
                {parameter.choices ? ` ${parameter.choices.join(", ")}` : ""}
              </span>
              {parameter.required ? <Tag>required</Tag> : null}
              {parameter.secret ? <Tag>secret, never shown</Tag> : null}
              {fallback === null || parameter.secret ? null : (
                <span className="ml-auto text-ink-3">
                  default <span className="text-ink-2">{fallback === "" ? "empty" : fallback}</span>
                </span>
              )}
            </p>
            {parameter.help ? <p className="text-ink-2">{parameter.help}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}
