"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Combobox } from "@/app/_ui/combobox";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { countOf } from "@/app/_ui/format";
import { Input, Select } from "@/app/_ui/input";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { toast } from "@/app/_ui/toast";
import { useItemOptions } from "../../_pickers/use-item-options";
import { freshForm, type MaintenanceForm, optionsOf, problemsOf } from "./maintenance-form";

const kinds = [
  { value: "full", label: "Full maintenance" },
  { value: "detection-only", label: "Detection only" },
  { value: "single-item", label: "One item" },
] as const;
const times = [
  { value: "now", label: "At once" },
  { value: "later", label: "After a wait" },
] as const;
const reboots = [
  { value: "suppress", label: "Do not reboot" },
  { value: "if-needed", label: "Reboot if needed" },
  { value: "prompt", label: "Ask the user" },
  { value: "force", label: "Reboot in any case" },
];

interface Named {
  readonly id: number;
  readonly name: string;
}

/** Starts maintenance on one computer or on those chosen: what, when, and what its user is told and may do. */
export function RunMaintenanceDialog({
  computers,
  open,
  onOpenChange,
}: {
  computers: readonly Named[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const [form, setForm] = useState<MaintenanceForm>(freshForm);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (open) setTried(false);
  }, [open]);
  const set = (change: Partial<MaintenanceForm>) => setForm((now) => ({ ...now, ...change }));
  const [only] = computers;
  const failed = "Maintenance was not started.";
  const one = useChange(trpc.sessions.start.mutationOptions(), {
    done: ({ started }) => (started ? "Maintenance was started." : "It is queued: another session runs there now."),
    failed,
    quiet: true,
    onDone: ({ sessionId }) => {
      onOpenChange(false);
      router.push(`/sessions/${sessionId}`);
    },
  });
  const many = useChange(trpc.sessions.startMany.mutationOptions(), {
    done: null,
    failed,
    quiet: true,
    onDone: ({ sessionIds, skipped }) => {
      onOpenChange(false);
      toast.success(`${countOf(sessionIds.length, "session")} started.`, {
        ...(skipped > 0 ? { description: `${countOf(skipped, "computer")} cannot be maintained now.` } : {}),
        action: { label: "See them", onClick: () => router.push("/sessions?live=yes") },
      });
    },
  });
  const problems = tried ? problemsOf(form) : {};
  const refused = one.problem ?? many.problem;
  const submit = () => {
    setTried(true);
    if (Object.keys(problemsOf(form)).length > 0 || !only) return;
    const common = {
      kind: form.kind,
      options: optionsOf(form),
      itemId: form.kind === "single-item" ? form.item?.id : null,
    };
    if (computers.length === 1) one.mutate({ computerId: only.id, ...common });
    else many.mutate({ computers: { ids: computers.map(({ id }) => id) }, ...common });
  };
  const executes = form.kind !== "detection-only";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={
        computers.length === 1
          ? `Run maintenance on ${only?.name}`
          : `Run maintenance on ${countOf(computers.length, "computer")}`
      }
      description="It detects first and changes nothing. What it then does is what your deployments say."
      onSubmit={submit}
      footer={
        <>
          {refused ? (
            <p role="alert" className="mr-auto min-w-0 flex-1 text-bad">
              {refused.why} {refused.todo}
            </p>
          ) : null}
          <Button onClick={() => onOpenChange(false)}>Not now</Button>
          <Button type="submit" look="primary" busy={one.isPending || many.isPending}>
            {form.kind === "detection-only" ? "Start detection" : "Start maintenance"}
          </Button>
        </>
      }
    >
      <div className="grid gap-1">
        <span className="font-[560]">What</span>
        <SegmentedControl label="What" options={kinds} value={form.kind} onChange={(kind) => set({ kind })} />
      </div>
      {form.kind === "single-item" ? (
        <Field label="Item" error={problems.item}>
          {(control) => (
            <Combobox
              {...control}
              label="Item"
              value={form.item?.id ?? null}
              display={form.item?.name}
              placeholder="Choose a software or a task"
              useOptions={useItemOptions}
              onChange={(option) => set({ item: option && { id: option.value, name: option.label } })}
            />
          )}
        </Field>
      ) : null}
      {executes ? (
        <>
          <div className="grid items-start gap-3 sm:grid-cols-2">
            <div className="grid gap-1">
              <span className="font-[560]">Execution after detection</span>
              <SegmentedControl
                label="Execution after detection"
                options={times}
                value={form.when}
                onChange={(when) => set({ when })}
              />
            </div>
            {form.when === "later" ? (
              <Field label="Wait, in minutes" error={problems.delayMinutes} help="Counted from the end of detection.">
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    value={form.delayMinutes}
                    onChange={(event) => set({ delayMinutes: event.target.value })}
                  />
                )}
              </Field>
            ) : null}
          </div>
          <fieldset className="grid gap-0.5">
            <legend className="mb-1 font-[560]">The user</legend>
            <LabelledCheckbox
              checked={form.mailsBefore}
              onChange={(event) => set({ mailsBefore: event.target.checked })}
            >
              Tell them before, when there is something to do
            </LabelledCheckbox>
            <LabelledCheckbox checked={form.mailsAfter} onChange={(event) => set({ mailsAfter: event.target.checked })}>
              Tell them after, with the results
            </LabelledCheckbox>
            <LabelledCheckbox
              checked={form.allowsPostpone}
              onChange={(event) => set({ allowsPostpone: event.target.checked })}
            >
              They may postpone it
            </LabelledCheckbox>
            {form.allowsPostpone ? (
              <Field label="Postponements" error={problems.postponeMaxCount} className="ml-6 max-w-40">
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    value={form.postponeMaxCount}
                    onChange={(event) => set({ postponeMaxCount: event.target.value })}
                  />
                )}
              </Field>
            ) : null}
            <LabelledCheckbox
              checked={form.allowsCancel}
              onChange={(event) => set({ allowsCancel: event.target.checked })}
            >
              They may cancel it
            </LabelledCheckbox>
          </fieldset>
          <Field label="Reboot">
            {(control) => (
              <Select
                {...control}
                options={reboots}
                value={form.reboot}
                onChange={(event) => set({ reboot: readReboot(event.target.value) })}
              />
            )}
          </Field>
        </>
      ) : null}
      <LabelledCheckbox
        checked={form.waitsForConnection}
        onChange={(event) => set({ waitsForConnection: event.target.checked })}
        help="Otherwise a computer that is offline is recorded as missed."
      >
        Wait for computers that are offline
      </LabelledCheckbox>
    </Dialog>
  );
}

const readReboot = (value: string): MaintenanceForm["reboot"] =>
  value === "if-needed" || value === "prompt" || value === "force" ? value : "suppress";
