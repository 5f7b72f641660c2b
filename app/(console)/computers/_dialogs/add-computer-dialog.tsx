"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Combobox } from "@/app/_ui/combobox";
import { CopyField } from "@/app/_ui/copy-field";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { useTenantOptions } from "../../_pickers/use-tenant-options";

const DAY_MS = 86_400_000;
const KEY_DAYS = 30;

/** Makes an enrolment key of a tenant and says what to run on the machine. The key is shown this once. */
export function AddComputerDialog({
  open,
  onOpenChange,
  initialTenant,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  initialTenant: { id: number; name: string } | null;
}) {
  const trpc = useTRPC();
  const [tenant, setTenant] = useState(initialTenant);
  const [label, setLabel] = useState("By hand");
  const [tried, setTried] = useState(false);
  const create = useChange(trpc.enrollmentKeys.create.mutationOptions(), {
    done: null,
    failed: "No key was made.",
    quiet: true,
  });
  const made = create.data;
  const close = (isOpen: boolean) => {
    if (!isOpen) {
      create.reset();
      setTried(false);
    }
    onOpenChange(isOpen);
  };
  const submit = () => {
    setTried(true);
    if (tenant === null || label.trim() === "") return;
    create.mutate({ tenantId: tenant.id, label: label.trim(), expiresAt: new Date(Date.now() + KEY_DAYS * DAY_MS) });
  };
  if (made) {
    return (
      <Dialog
        open={open}
        onOpenChange={close}
        wide
        title={`Add a computer to ${tenant?.name}`}
        description="Run this on the machine, as root where it should keep running. It appears in the list within seconds."
        footer={
          <Button look="primary" onClick={() => close(false)}>
            Done
          </Button>
        }
      >
        <InstallCommands enrollmentKey={made.key} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Add a computer"
      description={`Machines enrol with a key of their tenant. This one works for ${KEY_DAYS} days; revoke it in the settings.`}
      onSubmit={submit}
      footer={
        <>
          {create.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {create.problem.why}
            </p>
          ) : null}
          <Button onClick={() => close(false)}>Not now</Button>
          <Button type="submit" look="primary" busy={create.isPending}>
            Make a key
          </Button>
        </>
      }
    >
      <Field label="Tenant" error={tried && tenant === null ? "choose whose machine it is" : undefined}>
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
        label="What the key is for"
        help="You find it by this name when you revoke it."
        error={tried && label.trim() === "" ? "is missing" : undefined}
      >
        {(control) => <Input {...control} value={label} onChange={(event) => setLabel(event.target.value)} />}
      </Field>
    </Dialog>
  );
}

/** The lines to paste, for this server's own address. */
export function InstallCommands({ enrollmentKey }: { enrollmentKey: string }) {
  const origin = window.location.origin;
  const isPlain = origin.startsWith("http:");
  return (
    <>
      <div className="grid min-w-0 gap-1">
        <h3 className="font-[560]">Linux</h3>
        <CopyField label="the command for Linux" value={installLine(origin, enrollmentKey)} />
      </div>
      <div className="grid min-w-0 gap-1">
        <h3 className="font-[560]">The key alone</h3>
        <CopyField label="the enrolment key" value={enrollmentKey} wrap />
        <p className="text-xs text-ink-3">It is not kept and cannot be shown again.</p>
      </div>
      {isPlain ? (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          This console is open over plain HTTP, so the line allows it. Give the product an HTTPS address before machines
          outside your own network enrol.
        </p>
      ) : null}
    </>
  );
}

/** The line that `agent/install.sh` describes. A loopback address needs no permission to be plain. */
function installLine(origin: string, key: string): string {
  const isPlain = origin.startsWith("http:") && !/\/\/(localhost|127\.|\[::1\])/.test(origin);
  return `curl -fsSL ${origin}/agent/install.sh | sudo sh -s -- --server ${origin} --key ${key}${isPlain ? " --allow-http" : ""}`;
}
