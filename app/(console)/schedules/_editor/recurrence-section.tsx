"use client";

import { Field } from "@/app/_ui/field";
import { Input, Select } from "@/app/_ui/input";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { ordinalNames, ordinals, weekdayNames, weekdays } from "./recurrence";
import type { ScheduleForm, ScheduleProblems } from "./schedule-form";

export interface SectionProps {
  readonly form: ScheduleForm;
  readonly set: (change: Partial<ScheduleForm>) => void;
  readonly problems: ScheduleProblems;
}

const kinds = [
  { value: "daily", label: "Every day" },
  { value: "weekdays", label: "Weekdays, Monday to Friday" },
  { value: "weekly", label: "Chosen days of the week" },
  { value: "monthly-day", label: "A day of every month" },
  { value: "monthly-weekday", label: "A weekday of every month" },
  { value: "rrule", label: "A recurrence rule (RRULE)" },
  { value: "cron", label: "A cron line" },
] as const;
const monthDays = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: `Day ${index + 1}` })),
  { value: "-1", label: "The last day" },
];
const executions = [
  { value: "at-once", label: "At once" },
  { value: "later", label: "At a set time" },
] as const;
const zones = [
  { value: "computer", label: "Each computer's own" },
  { value: "tenant", label: "Its tenant's" },
  { value: "schedule", label: "One for all" },
] as const;

/** The days and the times. */
export function RecurrenceSection({ form, set, problems }: SectionProps) {
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3">
      <Field label="Recurs">
        {(control) => (
          <Select
            {...control}
            options={kinds}
            value={form.recurs}
            onChange={({ target: { value } }) => {
              const found = kinds.find((kind) => kind.value === value);
              if (found) set({ recurs: found.value });
            }}
          />
        )}
      </Field>
      <Days form={form} set={set} problems={problems} />
      <div className="grid gap-3 sm:grid-cols-2">
        {form.recurs === "cron" ? null : (
          <Field
            label="Detection begins at"
            help="Finds out what is there; changes nothing."
            error={problems.detectionTime}
          >
            {(control) => (
              <Input
                {...control}
                type="time"
                value={form.detectionTime}
                onChange={(event) => set({ detectionTime: event.target.value })}
              />
            )}
          </Field>
        )}
        <div className="grid content-start gap-1">
          <span className="font-[560]">What has to change is done</span>
          <SegmentedControl
            label="What has to change is done"
            className="justify-self-start"
            options={executions}
            value={form.executes}
            onChange={(executes) => set({ executes })}
          />
        </div>
        {form.executes === "later" ? (
          <Field label="Execution at" help="The first one after detection." error={problems.executionTime}>
            {(control) => (
              <Input
                {...control}
                type="time"
                value={form.executionTime}
                onChange={(event) => set({ executionTime: event.target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
      <div className="grid gap-1">
        <span className="font-[560]">Whose clock</span>
        <SegmentedControl
          label="Whose clock"
          className="justify-self-start"
          options={zones}
          value={form.zone}
          onChange={(zone) => set({ zone })}
        />
      </div>
      {form.zone === "schedule" ? <ZoneField form={form} set={set} problems={problems} /> : null}
    </div>
  );
}

function Days({ form, set, problems }: SectionProps) {
  switch (form.recurs) {
    case "weekly":
      return (
        <div className="grid gap-3">
          <fieldset className="grid gap-1">
            <legend className="sr-only">Days of the week</legend>
            <div className="flex flex-wrap gap-1">
              {weekdays.map((day) => (
                <label
                  key={day}
                  className="inline-flex min-h-[30px] items-center rounded-md border border-line-strong bg-bg px-2.5 has-checked:border-accent has-checked:bg-accent has-checked:font-[560] has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus has-disabled:opacity-60"
                >
                  <input
                    type="checkbox"
                    className="sr-only"
                    checked={form.days.includes(day)}
                    onChange={({ target: { checked } }) =>
                      set({ days: checked ? [...form.days, day] : form.days.filter((each) => each !== day) })
                    }
                  />
                  <span aria-hidden>{weekdayNames[day].slice(0, 3)}</span>
                  <span className="sr-only">{weekdayNames[day]}</span>
                </label>
              ))}
            </div>
            {problems.days ? (
              <p role="alert" className="text-xs text-bad">
                Choose at least one day
              </p>
            ) : null}
          </fieldset>
          <Field label="Every how many weeks" className="max-w-40" error={problems.everyWeeks}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={form.everyWeeks}
                onChange={(event) => set({ everyWeeks: event.target.value })}
              />
            )}
          </Field>
        </div>
      );
    case "monthly-day":
      return (
        <Field
          label="Day"
          help={Number(form.monthDay) > 28 ? "Months that do not have this day are left out." : undefined}
        >
          {(control) => (
            <Select
              {...control}
              options={monthDays}
              value={form.monthDay}
              onChange={(event) => set({ monthDay: event.target.value })}
            />
          )}
        </Field>
      );
    case "monthly-weekday":
      return (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Which">
            {(control) => (
              <Select
                {...control}
                options={ordinals.map((each) => ({ value: String(each), label: `The ${ordinalNames[`${each}`]}` }))}
                value={String(form.ordinal)}
                onChange={({ target: { value } }) => {
                  const found = ordinals.find((each) => String(each) === value);
                  if (found) set({ ordinal: found });
                }}
              />
            )}
          </Field>
          <Field label="Weekday">
            {(control) => (
              <Select
                {...control}
                options={weekdays.map((day) => ({ value: day, label: weekdayNames[day] }))}
                value={form.weekday}
                onChange={({ target: { value } }) => {
                  const found = weekdays.find((day) => day === value);
                  if (found) set({ weekday: found });
                }}
              />
            )}
          </Field>
        </div>
      );
    case "rrule":
      return (
        <Field
          label="Rule"
          error={problems.recurrence}
          help="RFC 5545, the days only: FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2. Weeks and months are counted from the day it is made."
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono text-xs"
              spellCheck={false}
              value={form.rule}
              onChange={(event) => set({ rule: event.target.value })}
            />
          )}
        </Field>
      );
    case "cron":
      return (
        <Field
          label="Cron line"
          error={problems.recurrence}
          help="Minute, hour, day of month, month, day of week, as in 0 21 * * 2: says when detection begins."
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono text-xs"
              spellCheck={false}
              value={form.cron}
              onChange={(event) => set({ cron: event.target.value })}
            />
          )}
        </Field>
      );
    default:
      return null;
  }
}

/** Every zone the browser knows, found by typing. */
function ZoneField({ form, set, problems }: SectionProps) {
  return (
    <Field label="Time zone" error={problems.timeZone}>
      {(control) => (
        <>
          <Input
            {...control}
            list="time-zones"
            placeholder="Europe/Stockholm"
            autoComplete="off"
            spellCheck={false}
            value={form.timeZone}
            onChange={(event) => set({ timeZone: event.target.value })}
          />
          <datalist id="time-zones">
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
