"use client";

import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Field } from "@/app/_ui/field";
import { Input, TextArea } from "@/app/_ui/input";
import type { SectionProps } from "./item-section";

/** What is seldom needed: phase, date, note, off. */
export function MoreSection({ form, set }: SectionProps) {
  const isUsed = form.phase === "onboarding" || form.effectiveFrom !== "" || form.note !== "" || !form.enabled;
  return (
    <details className="border-t border-line px-4 py-3" open={isUsed || undefined}>
      <summary className="rounded-sm font-[560]">More</summary>
      <div className="mt-2.5 grid gap-3">
        <LabelledCheckbox
          checked={form.phase === "onboarding"}
          onChange={(event) => set({ phase: event.target.checked ? "onboarding" : "always" })}
          help="It takes part only while a computer is onboarded."
        >
          During onboarding only
        </LabelledCheckbox>
        <LabelledCheckbox checked={!form.enabled} onChange={(event) => set({ enabled: !event.target.checked })}>
          Disabled for now
        </LabelledCheckbox>
        <Field label="Takes effect from" help="In your time zone; empty is at once.">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={form.effectiveFrom}
              onChange={(event) => set({ effectiveFrom: event.target.value })}
            />
          )}
        </Field>
        <Field label="Note" help="Why it is so, for whoever reads it in a year.">
          {(control) => (
            <TextArea {...control} value={form.note} onChange={(event) => set({ note: event.target.value })} />
          )}
        </Field>
      </div>
    </details>
  );
}
