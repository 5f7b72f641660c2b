"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { useViewerZone } from "@/app/_ui/viewer";
import { useTenantOptions } from "../../_pickers/use-tenant-options";
import { TenantFields, type TenantForm } from "./tenant-fields";

interface Props {
  parent: { id: number; name: string } | null;
  onClose: () => void;
  onMade: (id: number) => void;
}

/** A new customer below the service provider, or a site below a customer. */
export function NewTenantDialog({ parent: given, onClose, onMade }: Props) {
  const trpc = useTRPC();
  const zone = useViewerZone();
  const [form, setForm] = useState<TenantForm>({ name: "", timeZone: zone, optsOutOfCrossTenant: false });
  const [chosen, setChosen] = useState(given);
  const root = useQuery(trpc.tenants.options.queryOptions({ limit: 1 })).data?.[0];
  const parent = chosen ?? (root ? { id: root.id, name: root.name } : null);
  const create = useChange(trpc.tenants.create.mutationOptions(), {
    done: (_, { name }) => `${name.trim()} is added.`,
    failed: "The tenant was not added.",
    quiet: true,
    onDone: ({ id }) => onMade(id),
  });
  const submit = () => parent && create.mutate({ ...form, parentId: parent.id });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New tenant"
      description="Below the service provider it is a customer, below a customer a site."
      onSubmit={submit}
      footer={
        <>
          {create.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {create.problem.why}
            </p>
          ) : null}
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" look="primary" busy={create.isPending} disabled={parent === null}>
            Add
          </Button>
        </>
      }
    >
      <TenantFields form={form} onChange={setForm} errors={create.problem?.fields ?? {}} />
      <Field label="Below" error={create.problem?.fields.parentId}>
        {(control) => (
          <Combobox
            {...control}
            label="Below"
            value={parent?.id ?? null}
            display={parent?.name}
            placeholder="Choose a tenant"
            useOptions={useTenantOptions}
            onChange={(option) => option && setChosen({ id: option.value, name: option.label.trim() })}
          />
        )}
      </Field>
    </Dialog>
  );
}
