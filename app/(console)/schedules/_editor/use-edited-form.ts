"use client";

import { useState } from "react";
import type { ScheduleForm } from "./schedule-form";

const isSame = (a: ScheduleForm, b: ScheduleForm) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form over something that others change too. What is typed stays when a newer state arrives: an untouched form
 * follows it, a touched one says that it was overtaken. Switching on and off, which has a control of its own, is
 * always followed. `base` is the state that was edited; saving names it, so that nothing newer is written over.
 */
export function useEditedForm(initial: ScheduleForm, updatedAt: Date | null) {
  const [base, setBase] = useState({ form: initial, updatedAt });
  const [form, setForm] = useState(initial);
  const [takesNext, setTakesNext] = useState(false);
  const isDirty = !isSame(form, base.form);
  const isNewer = updatedAt?.getTime() !== base.updatedAt?.getTime();
  const differsInSwitch = isSame({ ...base.form, enabled: initial.enabled }, initial);
  const rebase = () => {
    setBase({ form: initial, updatedAt });
    setForm(initial);
    setTakesNext(false);
  };
  if (isNewer && (!isDirty || takesNext)) rebase();
  else if (isNewer && differsInSwitch) {
    setBase({ form: initial, updatedAt });
    setForm({ ...form, enabled: initial.enabled });
  }
  return { form, setForm, base, isDirty, rebase, takeNext: () => setTakesNext(true), isOvertaken: isNewer && isDirty };
}
