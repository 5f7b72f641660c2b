"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { LabelledCheckbox } from "@/app/_ui/checkbox";
import { Field } from "@/app/_ui/field";
import { Input } from "@/app/_ui/input";
import { Sentence } from "@/app/_ui/sentence";
import { targetOf } from "../../deployments/_editor/form";
import { TargetSection } from "../../deployments/_editor/target-section";
import { useSaveKey } from "../../deployments/_editor/use-save-key";
import { ReachCard } from "./reach-card";
import { RecurrenceSection } from "./recurrence-section";
import { draftOf, problemsOf, type ScheduleForm } from "./schedule-form";
import { describeSchedule } from "./schedule-sentence";
import { SessionSection } from "./session-section";
import { UpcomingCard } from "./upcoming-card";
import { useEditedForm } from "./use-edited-form";

/** Fields that show what the server says of them. */
const shownFields = ["name", "recurrence", "detectionTime", "executionTime", "timeZone", "itemId", "graceMinutes"];
const targetFields = ["computer", "person", "tenant", "tag"];

/** What it says on the left; what that means, and when it is due, on the right. What is typed stays until it is saved. */
export function ScheduleEditor({
  initial,
  saved,
  readOnly = false,
  children,
}: {
  initial: ScheduleForm;
  /** Null for a new one. */
  saved: { readonly id: number; readonly updatedAt: Date } | null;
  readOnly?: boolean;
  children?: ReactNode;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const { form, setForm, base, isDirty, takeNext, rebase, isOvertaken } = useEditedForm(
    initial,
    saved?.updatedAt ?? null,
  );
  const [tried, setTried] = useState(false);
  const set = (change: Partial<ScheduleForm>) => setForm((now) => ({ ...now, ...change }));
  const told = { failed: "The schedule was not saved.", quiet: true } as const;
  const create = useChange(trpc.schedules.create.mutationOptions(), {
    ...told,
    done: "The schedule is saved.",
    onDone: ({ id }) => router.push(`/schedules/${id}`),
  });
  const update = useChange(trpc.schedules.update.mutationOptions(), {
    ...told,
    done: "Saved. It holds from now on.",
    onDone: takeNext,
  });
  const refused = create.problem ?? update.problem;
  const isBusy = create.isPending || update.isPending;
  const found = problemsOf(form);
  const problems = { ...fieldsOf(refused?.fields ?? {}), ...(tried ? found : {}) };
  const save = () => {
    setTried(true);
    if (readOnly || isBusy || Object.keys(found).length > 0) return;
    const draft = draftOf(form);
    if (saved && base.updatedAt) update.mutate({ id: saved.id, updatedAt: base.updatedAt, draft });
    else create.mutate({ draft });
  };
  useSaveKey(save);
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
  const { main, more } = describeSchedule(form);
  const section = { form, set, problems };
  const isAimed = targetFields.every((field) => !(field in found));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[420px_minmax(0,1fr)]">
      <Card aria-label="The schedule" className="overflow-clip">
        <fieldset disabled={readOnly} className="contents">
          <div className="px-4 py-3">
            <Field label="Name" error={problems.name}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={120}
                  placeholder="Tuesday nights"
                  value={form.name}
                  onChange={(event) => set({ name: event.target.value })}
                />
              )}
            </Field>
          </div>
          <RecurrenceSection {...section} />
          <TargetSection
            form={form.target}
            set={(change) => setForm((now) => ({ ...now, target: { ...now.target, ...change } }))}
            problems={problems}
          />
          <SessionSection {...section} />
          {saved ? null : (
            <div className="border-t border-line px-4 py-3">
              <LabelledCheckbox
                checked={form.enabled}
                onChange={(event) => set({ enabled: event.target.checked })}
                help="Otherwise it waits until someone switches it on."
              >
                Switched on
              </LabelledCheckbox>
            </div>
          )}
        </fieldset>
      </Card>
      <div className="grid min-w-0 gap-4">
        <Card aria-label="What it will do" className="z-10 px-4 py-3.5 lg:sticky lg:top-[60px]">
          <Sentence>{main}</Sentence>
          <ul className="mt-2 grid gap-0.5 text-ink-2">
            {more.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {readOnly ? null : (
            <div className="mt-3">
              {isOvertaken ? (
                <p role="alert" className="mb-2 text-warn">
                  Someone changed this schedule meanwhile. “Discard” shows theirs; what you typed stays until then.
                </p>
              ) : null}
              {refused ? (
                <p role="alert" className="mb-2 text-bad">
                  {isPlaced(refused.fields) ? "It was not saved: look at the fields marked above." : refused.why}{" "}
                  {refused.todo}
                </p>
              ) : null}
              {!refused && tried && Object.keys(found).length > 0 ? (
                <p role="alert" className="mb-2 text-bad">
                  Look at the fields marked above.
                </p>
              ) : null}
              <div className="flex gap-2.5">
                <Button look="primary" busy={isBusy} onClick={save}>
                  Save
                </Button>
                <Button
                  disabled={isBusy || !isDirty}
                  onClick={() => {
                    rebase();
                    setTried(false);
                    create.reset();
                    update.reset();
                  }}
                >
                  Discard
                </Button>
              </div>
            </div>
          )}
        </Card>
        <ReachCard target={isAimed ? targetOf(form.target) : null} />
        <UpcomingCard form={form} />
        {children}
      </div>
    </div>
  );
}

/** The server's fields by the form's names: `draft.recurrence` is `recurrence`. */
const fieldsOf = (fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([path, message]) => [path.split(".").at(-1) ?? path, message]));

function isPlaced(fields: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(fieldsOf(fields));
  return names.length > 0 && names.every((name) => shownFields.includes(name));
}
