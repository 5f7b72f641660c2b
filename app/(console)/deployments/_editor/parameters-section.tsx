"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Field } from "@/app/_ui/field";
import { Input, Select, TextArea } from "@/app/_ui/input";
import type { ParameterDefinition } from "@/server/core/items";
import type { ParameterValues } from "./form";
import type { SectionProps } from "./item-section";

/** A task's own parameters, drawn from their definitions. */
export function ParametersSection({ form, set, fields }: SectionProps & { fields: Readonly<Record<string, string>> }) {
  const trpc = useTRPC();
  const isTask = form.item?.kind === "task";
  const { data } = useQuery(trpc.items.get.queryOptions({ id: form.item?.id ?? 0 }, { enabled: isTask }));
  const definitions = isTask ? (data?.task?.parameters ?? []) : [];
  if (definitions.length === 0) return null;
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3">
      {definitions.map((definition) => (
        <ParameterField
          key={definition.name}
          definition={definition}
          value={form.parameters[definition.name] ?? null}
          error={fields[`parameters.${definition.name}`]}
          onChange={(value) => set({ parameters: { ...form.parameters, [definition.name]: value } })}
        />
      ))}
    </div>
  );
}

type Value = ParameterValues[string];

function ParameterField({
  definition,
  value,
  error,
  onChange,
}: {
  definition: ParameterDefinition;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
}) {
  const { label, type, defaultValue } = definition;
  const shown = value ?? defaultValue ?? null;
  const help = [definition.help, definition.required ? "Needed." : null].filter(Boolean).join(" ");
  if (type === "boolean") {
    return (
      <LabelledCheckbox checked={shown === true} help={help} onChange={(event) => onChange(event.target.checked)}>
        {label}
      </LabelledCheckbox>
    );
  }
  return (
    <Field label={label} error={error} help={help}>
      {(control) => {
        if (type === "choice") {
          return (
            <Select
              {...control}
              value={typeof shown === "string" ? shown : ""}
              options={[
                ...(definition.required ? [] : [{ value: "", label: "–" }]),
                ...(definition.choices ?? []).map((choice) => ({ value: choice, label: choice })),
              ]}
              onChange={(event) => onChange(event.target.value || null)}
            />
          );
        }
        if (type === "list") {
          return (
            <TextArea
              {...control}
              placeholder="One a line"
              value={Array.isArray(shown) ? shown.join("\n") : ""}
              onChange={(event) => onChange(event.target.value === "" ? null : event.target.value.split("\n"))}
            />
          );
        }
        return (
          <Input
            {...control}
            type={definition.secret ? "password" : type === "number" ? "number" : "text"}
            autoComplete="off"
            value={typeof shown === "string" || typeof shown === "number" ? shown : ""}
            onChange={({ target }) =>
              onChange(target.value === "" ? null : type === "number" ? target.valueAsNumber : target.value)
            }
          />
        );
      }}
    </Field>
  );
}
