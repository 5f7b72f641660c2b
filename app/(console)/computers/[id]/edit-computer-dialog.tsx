"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input, Select } from "@/app/_ui/input";
import { usePersonOptions } from "../../_pickers/use-person-options";
import { useTenantOptions } from "../../_pickers/use-tenant-options";
import { useMay } from "../../_shell/signed-in";
import { deviceClasses, optionsOf } from "../../_words/statuses";
import type { ComputerDetail } from "./computer-view";

const fromComputer = (computer: ComputerDetail) => ({
  name: computer.name,
  deviceClass: computer.deviceClass,
  tenant: { id: computer.tenantId, name: computer.tenantName },
  person:
    computer.primaryPersonPinned && computer.primaryPersonId
      ? { id: computer.primaryPersonId, name: computer.primaryPersonName ?? "" }
      : null,
});

/** What a person decides of a computer: its name, its tenant, its class, whose it is. */
export function EditComputerDialog(props: Props) {
  // Filled anew each time it opens; what is typed stays when the computer is read again meanwhile.
  return props.open ? <OpenDialog {...props} /> : null;
}

interface Props {
  computer: ComputerDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function OpenDialog({ computer, open, onOpenChange }: Props) {
  const trpc = useTRPC();
  const mayMove = useMay("administer");
  const [form, setForm] = useState(() => fromComputer(computer));
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const update = useChange(trpc.computers.update.mutationOptions(), {
    done: "Saved.",
    failed: "It was not saved.",
    quiet: true,
    onDone: () => onOpenChange(false),
  });
  const wasPinned = computer.primaryPersonPinned ? computer.primaryPersonId : null;
  const submit = () =>
    update.mutate({
      id: computer.id,
      name: form.name,
      deviceClass: form.deviceClass,
      ...(form.tenant.id === computer.tenantId ? {} : { tenantId: form.tenant.id }),
      ...((form.person?.id ?? null) === wasPinned ? {} : { pinnedPersonId: form.person?.id ?? null }),
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Edit ${computer.name}`}
      onSubmit={submit}
      footer={
        <>
          {update.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {update.problem.why}
            </p>
          ) : null}
          <Button onClick={() => onOpenChange(false)}>Discard</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Name" error={update.problem?.fields.name}>
        {(control) => <Input {...control} value={form.name} onChange={(event) => set({ name: event.target.value })} />}
      </Field>
      <Field label="Device class" help="Deployments are narrowed by it.">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(deviceClasses)}
            value={form.deviceClass}
            onChange={(event) => {
              const found = optionsOf(deviceClasses).find((option) => option.value === event.target.value);
              if (found) set({ deviceClass: found.value });
            }}
          />
        )}
      </Field>
      {mayMove ? (
        <Field label="Tenant" help="Moving it takes its primary person away, and other deployments apply from then on.">
          {(control) => (
            <Combobox
              {...control}
              label="Tenant"
              value={form.tenant.id}
              display={form.tenant.name}
              placeholder="Choose a tenant"
              useOptions={useTenantOptions}
              onChange={(option) =>
                option && set({ tenant: { id: option.value, name: option.label.trim() }, person: null })
              }
            />
          )}
        </Field>
      ) : null}
      <Field label="Pinned primary person" help="Left empty, it follows from the people seen on the computer.">
        {(control) => (
          <Combobox
            {...control}
            label="Pinned primary person"
            value={form.person?.id ?? null}
            display={form.person?.name}
            placeholder="Nobody is pinned"
            clearLabel="Pin nobody"
            useOptions={usePersonOptions}
            within={form.tenant.id}
            onChange={(option) => set({ person: option && { id: option.value, name: option.label } })}
          />
        )}
      </Field>
    </Dialog>
  );
}
