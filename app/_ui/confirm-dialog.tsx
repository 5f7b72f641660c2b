"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

/**
 * Asks before something dangerous: says what will happen and to how many, and, where it is far-reaching, wants a name
 * typed (`typeToConfirm`).
 */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  typeToConfirm,
  onConfirm,
  busy = false,
  error,
  harmless = false,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and to how many. */
  children: ReactNode;
  confirmLabel: string;
  typeToConfirm?: string | undefined;
  onConfirm: (typed: string) => void;
  busy?: boolean;
  error?: string | undefined;
  harmless?: boolean;
}) {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (open) setTyped("");
  }, [open]);
  const isAgreed = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      onSubmit={() => isAgreed && !busy && onConfirm(typed.trim())}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep as it is</Button>
          <Button type="submit" look={harmless ? "primary" : "dangerous"} busy={busy} disabled={!isAgreed}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="grid gap-2 text-ink-2">{children}</div>
      {typeToConfirm === undefined ? null : (
        <Field label={`Type “${typeToConfirm}” to confirm`}>
          {(control) => (
            <Input {...control} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      )}
      {error ? (
        <p role="alert" className="text-bad">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}
