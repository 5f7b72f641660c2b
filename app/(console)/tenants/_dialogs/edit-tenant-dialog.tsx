"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { usePersonOptions } from "../../_pickers/use-person-options";
import { useTenantOptions } from "../../_pickers/use-tenant-options";
import type { TenantDetail } from "../[id]/tenant-view";
import { TenantFields } from "./tenant-fields";

const fromTenant = (tenant: TenantDetail) => ({
  name: tenant.name,
  timeZone: tenant.timeZone,
  optsOutOfCrossTenant: tenant.optsOutOfCrossTenant,
  parent: tenant.parentId === null ? null : { id: tenant.parentId, name: tenant.parentName ?? "" },
  contacts: tenant.contacts.map((contact) => ({ id: contact.personId, name: contact.name })),
});

/** Filled anew each time it opens. */
export function EditTenantDialog({ tenant, onClose }: { tenant: TenantDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const [form, setForm] = useState(() => fromTenant(tenant));
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }));
  const update = useChange(trpc.tenants.update.mutationOptions(), {
    done: "Saved.",
    failed: "It was not saved.",
    quiet: true,
    onDone: onClose,
  });
  const submit = () =>
    update.mutate({
      id: tenant.id,
      name: form.name,
      timeZone: form.timeZone,
      optsOutOfCrossTenant: form.optsOutOfCrossTenant,
      contactPersonIds: form.contacts.map((contact) => contact.id),
      ...(form.parent === null || form.parent.id === tenant.parentId ? {} : { parentId: form.parent.id }),
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Edit ${tenant.name}`}
      onSubmit={submit}
      footer={
        <>
          {update.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {update.problem.why}
            </p>
          ) : null}
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <TenantFields form={form} onChange={set} errors={update.problem?.fields ?? {}} />
      {tenant.kind === "msp" ? null : (
        <Field
          label="Below"
          error={update.problem?.fields.parentId}
          help="Moving it takes everything below it along, and other deployments apply from then on."
        >
          {(control) => (
            <Combobox
              {...control}
              label="Below"
              value={form.parent?.id ?? null}
              display={form.parent?.name}
              placeholder="Choose a tenant"
              useOptions={useTenantOptions}
              onChange={(option) => option && set({ parent: { id: option.value, name: option.label.trim() } })}
            />
          )}
        </Field>
      )}
      <Field
        label="People to notify"
        help="Told about maintenance of computers that have no primary person."
        error={update.problem?.fields.contactPersonIds}
      >
        {(control) => (
          <>
            {form.contacts.length > 0 ? (
              <ul className="grid gap-1">
                {form.contacts.map((contact) => (
                  <li key={contact.id} className="flex items-center gap-2 rounded-md bg-sunken py-0.5 pr-1 pl-2.5">
                    <span className="min-w-0 flex-1 truncate">{contact.name}</span>
                    <Button
                      look="quiet"
                      size="small-icon"
                      aria-label={`Do not notify ${contact.name}`}
                      onClick={() => set({ contacts: form.contacts.filter((each) => each.id !== contact.id) })}
                    >
                      <X aria-hidden />
                    </Button>
                  </li>
                ))}
              </ul>
            ) : null}
            <Combobox<number>
              {...control}
              label="People to notify"
              value={null}
              display={null}
              placeholder="Add a person"
              useOptions={usePersonOptions}
              within={tenant.id}
              onChange={(option) =>
                option &&
                !form.contacts.some((each) => each.id === option.value) &&
                set({ contacts: [...form.contacts, { id: option.value, name: option.label }] })
              }
            />
          </>
        )}
      </Field>
    </Dialog>
  );
}
