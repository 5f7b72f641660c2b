"use client";

import { Button } from "@/app/_ui/button";
import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Combobox } from "@/app/_ui/combobox";
import { Field } from "@/app/_ui/field";
import { Select } from "@/app/_ui/input";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { useComputerOptions } from "../../_pickers/use-computer-options";
import { usePersonOptions } from "../../_pickers/use-person-options";
import { useTagOptions } from "../../_pickers/use-tag-options";
import { useTenantOptions } from "../../_pickers/use-tenant-options";
import { useTenantId } from "../../_shell/tenant-scope";
import { membershipOf } from "./form";
import type { SectionProps } from "./item-section";

const reaches = [
  { value: "computer", label: "Computer" },
  { value: "person", label: "Person" },
  { value: "tenant", label: "Tenant" },
  { value: "cross-tenant", label: "Across tenants" },
] as const;
export const deviceClassOptions = [
  { value: "workstations-and-portables", label: "Workstations and portables" },
  { value: "workstations", label: "Workstations" },
  { value: "portables", label: "Portables" },
  { value: "servers", label: "Servers" },
  { value: "domain-controllers", label: "Domain controllers" },
  { value: "primary-domain-controllers", label: "Primary domain controllers" },
  { value: "any", label: "Computers of any class" },
] as const;

/** Whom it is for. */
export function TargetSection({ form, set, problems }: SectionProps) {
  if (form.keptTarget) {
    return (
      <div className="grid gap-2 border-t border-line px-4 py-3">
        <span className="font-[560]">Target</span>
        <p className="text-ink-2">
          {form.keptTarget.target.targetType}: {form.keptTarget.label}
        </p>
        <Button className="justify-self-start" onClick={() => set({ keptTarget: null })}>
          Aim at something else
        </Button>
        <ClassField form={form} set={set} problems={problems} />
      </div>
    );
  }
  const membership = membershipOf(form);
  const isGroup = form.reach === "tenant" || form.reach === "cross-tenant";
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      <span className="-mb-1 font-[560]">Target</span>
      <SegmentedControl label="Target" options={reaches} value={form.reach} onChange={(reach) => set({ reach })} />
      <OneThing form={form} set={set} problems={problems} />
      {form.reach === "tenant" ? (
        <>
          <Field label="Tenant" error={problems.tenant}>
            {(control) => (
              <Combobox
                {...control}
                label="Tenant"
                value={form.tenant?.id ?? null}
                display={form.tenant?.name}
                placeholder="Choose a tenant"
                useOptions={useTenantOptions}
                onChange={(option) => set({ tenant: option && { id: option.value, name: option.label.trim() } })}
              />
            )}
          </Field>
          <LabelledCheckbox
            checked={form.includesChildTenants}
            onChange={(event) => set({ includesChildTenants: event.target.checked })}
          >
            and the tenants below it
          </LabelledCheckbox>
        </>
      ) : null}
      {isGroup ? (
        <Field label="Which of them">
          {(control) => (
            <Select
              {...control}
              value={membership}
              options={[
                { value: "all", label: "All" },
                { value: "tag", label: "Those with a tag (on the computer, its person or its tenant)" },
                ...(form.reach === "cross-tenant"
                  ? [{ value: "tenant-tag", label: "Those of tenants with a tag" }]
                  : []),
              ]}
              onChange={({ target: { value } }) =>
                set({ membership: value === "tag" || value === "tenant-tag" ? value : "all" })
              }
            />
          )}
        </Field>
      ) : null}
      {isGroup && membership !== "all" ? (
        <Field label="Tag" error={problems.tag}>
          {(control) => (
            <Combobox
              {...control}
              label="Tag"
              value={form.tag?.id ?? null}
              display={form.tag?.name}
              placeholder="Choose a tag"
              useOptions={useTagOptions}
              within={form.reach === "tenant" ? (form.tenant?.id ?? null) : null}
              onChange={(option) => set({ tag: option && { id: option.value, name: option.label } })}
            />
          )}
        </Field>
      ) : null}
      {form.reach === "computer" ? null : <ClassField form={form} set={set} problems={problems} />}
    </div>
  );
}

function OneThing({ form, set, problems }: SectionProps) {
  const scope = useTenantId();
  if (form.reach === "computer") {
    return (
      <Field label="Computer" error={problems.computer} help="Meant whatever its class.">
        {(control) => (
          <Combobox
            {...control}
            label="Computer"
            value={form.computer?.id ?? null}
            display={form.computer?.name}
            placeholder="Choose a computer"
            useOptions={useComputerOptions}
            onChange={(option) => set({ computer: option && { id: option.value, name: option.label } })}
          />
        )}
      </Field>
    );
  }
  if (form.reach !== "person") return null;
  return (
    <Field label="Person" error={problems.person} help="Means the computers of which they are the primary person.">
      {(control) => (
        <Combobox
          {...control}
          label="Person"
          value={form.person?.id ?? null}
          display={form.person?.name}
          placeholder="Choose a person"
          useOptions={usePersonOptions}
          within={scope}
          onChange={(option) => set({ person: option && { id: option.value, name: option.label } })}
        />
      )}
    </Field>
  );
}

function ClassField({ form, set }: SectionProps) {
  return (
    <Field label="Device class">
      {(control) => (
        <Select
          {...control}
          value={form.deviceClass}
          options={deviceClassOptions}
          onChange={({ target: { value } }) => {
            const found = deviceClassOptions.find((option) => option.value === value);
            if (found) set({ deviceClass: found.value });
          }}
        />
      )}
    </Field>
  );
}
