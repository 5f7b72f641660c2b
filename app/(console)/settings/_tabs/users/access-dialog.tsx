"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { Select } from "@/app/_ui/input";
import { Note } from "@/app/_ui/note";
import { useTenantOptions } from "../../../_pickers/use-tenant-options";
import { useSignedIn } from "../../../_shell/signed-in";
import { isTenantRole, roleOptions, roles, type UserRow } from "./roles";

/** What a user may do and see, and whether they may sign in. */
export function AccessDialog({ user, onClose }: { user: UserRow; onClose: () => void }) {
  const trpc = useTRPC();
  const isSelf = useSignedIn()?.userId === user.id;
  const [role, setRole] = useState(user.role);
  const [tenant, setTenant] = useState(
    user.tenantId === null ? null : { id: user.tenantId, name: user.tenantName ?? `#${user.tenantId}` },
  );
  const [disabled, setDisabled] = useState(user.disabledAt !== null);
  const [tried, setTried] = useState(false);
  const save = useChange(trpc.users.setAccess.mutationOptions(), {
    done: disabled ? `${user.displayName} is shut out.` : `${user.displayName} is now ${roles[role].label}.`,
    failed: "Nothing was changed.",
    quiet: true,
    onDone: onClose,
  });
  const needsTenant = isTenantRole(role);
  const missesTenant = needsTenant && tenant === null;
  const losesOwnPower = isSelf && (disabled || (user.role === "msp-admin" && role !== "msp-admin"));
  const submit = () => {
    setTried(true);
    if (!missesTenant)
      save.mutate({ id: user.id, role, tenantId: needsTenant ? (tenant?.id ?? null) : null, disabled });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Access of ${user.displayName}`}
      onSubmit={submit}
      footer={
        <>
          {save.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {save.problem.why} {save.problem.todo}
            </p>
          ) : null}
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" look={disabled || losesOwnPower ? "dangerous" : "primary"} busy={save.isPending}>
            {disabled && !user.disabledAt ? "Shut out" : "Save"}
          </Button>
        </>
      }
    >
      <Field label="Role" help={roles[role].may}>
        {(control) => (
          <Select
            {...control}
            options={roleOptions}
            value={role}
            onChange={(event) => {
              const found = roleOptions.find((option) => option.value === event.target.value);
              if (found) setRole(found.value);
            }}
          />
        )}
      </Field>
      {needsTenant ? (
        <Field label="Tenant" error={tried && missesTenant ? "choose what they see" : undefined}>
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
      ) : null}
      <LabelledCheckbox
        checked={disabled}
        onChange={(event) => setDisabled(event.target.checked)}
        help="What they did stays in the audit log. It can be undone."
      >
        Shut out: may not sign in, and is signed out now
      </LabelledCheckbox>
      {losesOwnPower ? <Note tone="warn">This is your own access: you could not undo it yourself.</Note> : null}
    </Dialog>
  );
}
