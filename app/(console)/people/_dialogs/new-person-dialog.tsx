"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { useTenantOptions } from "../../_pickers/use-tenant-options";
import { PersonFields } from "./person-fields";
import { type PersonForm, personInput } from "./person-form";

const empty: PersonForm = { displayName: "", email: "", language: "", timeZone: null };

/** A person added by hand, where no directory says who is there. */
export function NewPersonDialog({
  tenant: given,
  onClose,
  onMade,
}: {
  tenant: { id: number; name: string } | null;
  onClose: () => void;
  onMade: (id: number) => void;
}) {
  const trpc = useTRPC();
  const [form, setForm] = useState(empty);
  const [upn, setUpn] = useState("");
  const [tenant, setTenant] = useState(given);
  const [tried, setTried] = useState(false);
  const create = useChange(trpc.people.create.mutationOptions(), {
    done: (_, { displayName }) => `${displayName.trim()} is added.`,
    failed: "The person was not added.",
    quiet: true,
    onDone: ({ id }) => onMade(id),
  });
  const submit = () => {
    setTried(true);
    if (tenant) create.mutate({ ...personInput(form), upn, tenantId: tenant.id });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add a person"
      description="By hand, where no directory is linked."
      onSubmit={submit}
      footer={
        <>
          {create.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {create.problem.why}
            </p>
          ) : null}
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            Add
          </Button>
        </>
      }
    >
      <Field label="Tenant" error={tried && tenant === null ? "choose where they belong" : undefined}>
        {(control) => (
          <Combobox
            {...control}
            label="Tenant"
            value={tenant?.id ?? null}
            display={tenant?.name}
            placeholder="Choose a tenant"
            useOptions={useTenantOptions}
            onChange={(option) => setTenant(option && { id: option.value, name: option.label.trim() })}
          />
        )}
      </Field>
      <Field
        label="UPN"
        help="The name they sign in with. It decides whose computer a machine is, and stays."
        error={create.problem?.fields.upn}
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            placeholder="name@company.example"
            value={upn}
            onChange={(event) => setUpn(event.target.value)}
          />
        )}
      </Field>
      <PersonFields
        form={form}
        onChange={(change) => setForm((now) => ({ ...now, ...change }))}
        errors={create.problem?.fields ?? {}}
        initialLanguage=""
      />
    </Dialog>
  );
}
