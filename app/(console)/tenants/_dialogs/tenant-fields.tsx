"use client";

import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { ZoneCombobox } from "@/app/_ui/zone-combobox";

export interface TenantForm {
  readonly name: string;
  readonly timeZone: string;
  readonly optsOutOfCrossTenant: boolean;
}

/** What every tenant has: its name, its time zone, and whether deployments across tenants mean it. */
export function TenantFields({
  form,
  onChange,
  errors,
}: {
  form: TenantForm;
  onChange: (form: TenantForm) => void;
  errors: Readonly<Record<string, string>>;
}) {
  return (
    <>
      <Field label="Name" error={errors.name}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            maxLength={120}
            value={form.name}
            onChange={(event) => onChange({ ...form, name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Time zone"
        error={errors.timeZone}
        help="For schedules in the tenant's time, and for dates of agreements."
      >
        {(control) => (
          <ZoneCombobox
            {...control}
            value={form.timeZone}
            onChange={(zone) => zone && onChange({ ...form, timeZone: zone })}
          />
        )}
      </Field>
      <LabelledCheckbox
        checked={form.optsOutOfCrossTenant}
        onChange={(event) => onChange({ ...form, optsOutOfCrossTenant: event.target.checked })}
        help="Only what is deployed to it or to its computers applies. The tenants below it decide for themselves."
      >
        Opt out of deployments across tenants
      </LabelledCheckbox>
    </>
  );
}
