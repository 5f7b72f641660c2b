"use client";

import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Combobox } from "@/app/_ui/combobox";
import { Field } from "@/app/_ui/field";
import { Input, Select } from "@/app/_ui/input";
import { useItemOptions } from "../../_pickers/use-item-options";
import type { SectionProps } from "./recurrence-section";

const reboots = [
  { value: "suppress", label: "Do not reboot" },
  { value: "if-needed", label: "Reboot if needed" },
  { value: "prompt", label: "Ask the user" },
  { value: "force", label: "Reboot in any case" },
] as const;

/** What its sessions are, and what their users are told and may do. */
export function SessionSection({ form, set, problems }: SectionProps) {
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3">
      <Field label="Limited to" help="Never sets a desired state: that is what deployments do." error={problems.itemId}>
        {(control) => (
          <Combobox
            {...control}
            label="Limited to"
            value={form.item?.id ?? null}
            display={form.item?.name}
            placeholder="Everything that is deployed"
            clearLabel="Everything that is deployed"
            useOptions={useItemOptions}
            onChange={(option) => set({ item: option && { id: option.value, name: option.label } })}
          />
        )}
      </Field>
      <fieldset className="grid gap-0.5">
        <legend className="mb-1 font-[560]">The user</legend>
        <LabelledCheckbox checked={form.mailsBefore} onChange={(event) => set({ mailsBefore: event.target.checked })}>
          Tell them before, when there is something to do
        </LabelledCheckbox>
        <LabelledCheckbox checked={form.mailsAfter} onChange={(event) => set({ mailsAfter: event.target.checked })}>
          Tell them after, with the results
        </LabelledCheckbox>
        <LabelledCheckbox
          checked={form.allowsPostpone}
          onChange={(event) => set({ allowsPostpone: event.target.checked })}
        >
          They may postpone it
        </LabelledCheckbox>
        {form.allowsPostpone ? (
          <div className="my-1 ml-6 grid grid-cols-2 gap-3">
            <NumberField label="Times at most" field="postponeMaxCount" form={form} set={set} problems={problems} />
            <NumberField label="Hours at most" field="postponeMaxHours" form={form} set={set} problems={problems} />
          </div>
        ) : null}
        <LabelledCheckbox checked={form.allowsCancel} onChange={(event) => set({ allowsCancel: event.target.checked })}>
          They may cancel it
        </LabelledCheckbox>
        <LabelledCheckbox checked={form.allowsRunNow} onChange={(event) => set({ allowsRunNow: event.target.checked })}>
          They may start it at once
        </LabelledCheckbox>
      </fieldset>
      <Field label="Reboot">
        {(control) => (
          <Select
            {...control}
            options={reboots}
            value={form.reboot}
            onChange={({ target: { value } }) => {
              const found = reboots.find((each) => each.value === value);
              if (found) set({ reboot: found.value });
            }}
          />
        )}
      </Field>
      <LabelledCheckbox
        checked={form.waitsForConnection}
        onChange={(event) => set({ waitsForConnection: event.target.checked })}
        help="Otherwise a computer that is offline then is recorded as missed."
      >
        Wait for computers that are offline
      </LabelledCheckbox>
      <NumberField
        label="Starts at most this many minutes late"
        help="When the product itself was away at the time. Later than that, the run is recorded as missed."
        field="graceMinutes"
        form={form}
        set={set}
        problems={problems}
      />
    </div>
  );
}

function NumberField({
  label,
  help,
  field,
  form,
  set,
  problems,
}: SectionProps & { label: string; help?: string; field: "postponeMaxCount" | "postponeMaxHours" | "graceMinutes" }) {
  return (
    <Field label={label} help={help} error={problems[field]}>
      {(control) => (
        <Input
          {...control}
          className="max-w-32"
          inputMode="numeric"
          value={form[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}
