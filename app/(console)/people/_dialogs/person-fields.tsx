"use client";

import { Field } from "@/app/_ui/field";
import { Input, Select } from "@/app/_ui/input";
import { ZoneCombobox } from "@/app/_ui/zone-combobox";
import { languageOptions, type PersonForm } from "./person-form";

/** How a person is called and reached. */
export function PersonFields({
  form,
  onChange,
  errors,
  initialLanguage,
}: {
  form: PersonForm;
  onChange: (change: Partial<PersonForm>) => void;
  errors: Readonly<Record<string, string>>;
  initialLanguage: string;
}) {
  return (
    <>
      <Field label="Name" error={errors.displayName}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={200}
            value={form.displayName}
            onChange={(event) => onChange({ displayName: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Mail"
        error={errors.email}
        help="Left empty, the people to notify of their tenant are told instead."
      >
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            value={form.email}
            onChange={(event) => onChange({ email: event.target.value })}
          />
        )}
      </Field>
      <Field label="Language of mails" error={errors.language}>
        {(control) => (
          <Select
            {...control}
            options={languageOptions(initialLanguage)}
            value={form.language}
            onChange={(event) => onChange({ language: event.target.value })}
          />
        )}
      </Field>
      <Field label="Time zone" error={errors.timeZone} help="Times in mails are said in it.">
        {(control) => (
          <ZoneCombobox
            {...control}
            value={form.timeZone}
            placeholder="The tenant's"
            clearLabel="The tenant's"
            onChange={(timeZone) => onChange({ timeZone })}
          />
        )}
      </Field>
    </>
  );
}
