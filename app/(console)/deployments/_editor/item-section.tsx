"use client";

import { LayoutGrid } from "lucide-react";
import { Combobox } from "@/app/_ui/combobox";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { useItemOptions } from "../../_pickers/use-item-options";
import { type DeploymentForm, type FormProblems, needsVersion } from "./form";

export interface SectionProps {
  readonly form: DeploymentForm;
  readonly set: (change: Partial<DeploymentForm>) => void;
  readonly problems: FormProblems;
}

const softwareStates = [
  { value: "installed", label: "Installed" },
  { value: "uninstalled", label: "Uninstalled" },
  { value: "update-if-found", label: "Update if found" },
  { value: "ignored", label: "Ignored" },
] as const;
const versionRules = [
  { value: "latest", label: "Latest" },
  { value: "specific", label: "Specific" },
  { value: "minimum", label: "Minimum" },
  { value: "maximum", label: "Maximum" },
  { value: "any", label: "Any" },
] as const;
const taskStates = [
  { value: "enforce", label: "Enforce" },
  { value: "audit", label: "Audit" },
  { value: "monitor", label: "Monitor" },
  { value: "ignored", label: "Ignored" },
] as const;

/** What it is about, and what should be so. */
export function ItemSection({ form, set, problems, isNew }: SectionProps & { isNew: boolean }) {
  return (
    <>
      <div className="border-t border-line px-4 py-3">
        <Field
          label="Item"
          error={problems.item}
          help={isNew ? undefined : "A deployment keeps its item; make another one for another item."}
        >
          {(control) =>
            isNew ? (
              <Combobox
                {...control}
                label="Item"
                icon={<LayoutGrid aria-hidden className="size-3.5 flex-none text-ink-3" />}
                value={form.item?.id ?? null}
                display={form.item?.name}
                placeholder="Choose a software or a task"
                useOptions={useItemOptions}
                onChange={(option) =>
                  set({
                    item: option && { id: option.value, name: option.label, kind: option.kind },
                    parameters: {},
                  })
                }
              />
            ) : (
              <Input {...control} readOnly value={form.item?.name ?? ""} className="bg-sunken" />
            )
          }
        </Field>
      </div>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        <span className="-mb-1 font-[560]">Desired state</span>
        {form.item?.kind === "task" ? (
          <SegmentedControl
            label="Desired state"
            options={taskStates}
            value={form.taskState}
            onChange={(taskState) => set({ taskState })}
          />
        ) : (
          <>
            <SegmentedControl
              label="Desired state"
              options={softwareStates}
              value={form.softwareState}
              onChange={(softwareState) => set({ softwareState })}
            />
            {form.softwareState === "installed" ? (
              <SegmentedControl
                label="Which version"
                className="justify-self-start"
                options={versionRules}
                value={form.versionRule}
                onChange={(versionRule) => set({ versionRule })}
              />
            ) : null}
          </>
        )}
        {needsVersion(form) ? (
          <Field label="Version" error={problems.version} help="Compared part by part, as 1.7 is below 1.10.">
            {(control) => (
              <Input
                {...control}
                value={form.version}
                placeholder="1.7"
                onChange={(event) => set({ version: event.target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
    </>
  );
}
