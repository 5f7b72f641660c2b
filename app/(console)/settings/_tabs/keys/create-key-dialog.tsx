"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input, Select } from "@/app/_ui/input";
import { useTenantOptions } from "../../../_pickers/use-tenant-options";
import { InstallCommands } from "../../../computers/_dialogs/add-computer-dialog";

const DAY_MS = 86_400_000;
const lifetimes = [
  { value: "1", label: "One day" },
  { value: "30", label: "30 days" },
  { value: "365", label: "One year" },
  { value: "never", label: "Until it is revoked" },
];

/** Makes a key and shows it, this once, with the lines to paste. */
export function CreateKeyDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const trpc = useTRPC();
  const [tenant, setTenant] = useState<{ id: number; name: string } | null>(null);
  const [label, setLabel] = useState("");
  const [lifetime, setLifetime] = useState("30");
  const [tried, setTried] = useState(false);
  const create = useChange(trpc.enrollmentKeys.create.mutationOptions(), {
    done: null,
    failed: "No key was made.",
    quiet: true,
  });
  const close = (isOpen: boolean) => {
    if (!isOpen && create.data) {
      create.reset();
      setLabel("");
      setTried(false);
    }
    onOpenChange(isOpen);
  };
  const submit = () => {
    setTried(true);
    if (tenant === null || label.trim() === "") return;
    create.mutate({
      tenantId: tenant.id,
      label: label.trim(),
      expiresAt: lifetime === "never" ? null : new Date(Date.now() + Number(lifetime) * DAY_MS),
    });
  };
  if (create.data) {
    return (
      <Dialog
        open={open}
        onOpenChange={close}
        wide
        title={`The key “${label.trim()}” of ${tenant?.name ?? ""}`}
        description="Take it now: only its fingerprint is kept. Run this on the machine, or keep the key for your image."
        footer={
          <Button look="primary" onClick={() => close(false)}>
            I have it
          </Button>
        }
      >
        <InstallCommands enrollmentKey={create.data.key} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Make an enrolment key"
      onSubmit={submit}
      footer={
        <>
          {create.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {create.problem.why} {create.problem.todo}
            </p>
          ) : null}
          <Button onClick={() => close(false)}>Not now</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            Make the key
          </Button>
        </>
      }
    >
      <Field label="Tenant" error={tried && tenant === null ? "choose which tenant machines join" : undefined}>
        {(control) => (
          <Combobox
            {...control}
            label="Tenant"
            value={tenant?.id ?? null}
            display={tenant?.name}
            placeholder="Choose a tenant"
            useOptions={useTenantOptions}
            onChange={(option) => option && setTenant({ id: option.value, name: option.label.trim() })}
          />
        )}
      </Field>
      <Field
        label="What it is for"
        help="“Imaging in Stockholm”: you find it by this name when you revoke it."
        error={tried && label.trim() === "" ? "is missing" : undefined}
      >
        {(control) => (
          <Input {...control} maxLength={100} value={label} onChange={(event) => setLabel(event.target.value)} />
        )}
      </Field>
      <Field label="Works for">
        {(control) => (
          <Select
            {...control}
            options={lifetimes}
            value={lifetime}
            onChange={(event) => setLifetime(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
