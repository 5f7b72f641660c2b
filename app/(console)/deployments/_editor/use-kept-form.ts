"use client";

import { useCallback, useEffect, useState } from "react";
import type { DeploymentForm } from "./form";

/** What the browser kept, when it is a form of this editor as it is now. */
function readKept(text: string | null, like: DeploymentForm): DeploymentForm | null {
  const stored: unknown = JSON.parse(text ?? "null");
  if (typeof stored !== "object" || stored === null) return null;
  const fits = Object.keys(like).every((key) => key in stored);
  return fits ? { ...like, ...stored } : null;
}

/**
 * A form that survives reloading: what is typed is kept in this tab until it is saved or discarded.
 * `key` is what is edited, in which revision, so that nothing old comes back over something newer.
 */
export function useKeptForm(key: string, initial: DeploymentForm) {
  const [form, setForm] = useState(initial);
  const [isDirty, setDirty] = useState(false);
  const storageKey = `evenkeel-deployment-${key}`;
  useEffect(() => {
    try {
      const stored = readKept(sessionStorage.getItem(storageKey), initial);
      if (stored === null) return;
      setForm(stored);
      setDirty(true);
    } catch {
      // A tab that keeps nothing begins anew.
    }
  }, [storageKey, initial]);
  useEffect(() => {
    if (!isDirty) return;
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(form));
    } catch {
      // Not kept; the form itself still holds it.
    }
  }, [form, isDirty, storageKey]);
  const set = useCallback((change: Partial<DeploymentForm>) => {
    setForm((now) => ({ ...now, ...change }));
    setDirty(true);
  }, []);
  const forget = useCallback(() => {
    sessionStorage.removeItem(storageKey);
    setDirty(false);
  }, [storageKey]);
  const discard = useCallback(() => {
    forget();
    setForm(initial);
  }, [forget, initial]);
  return { form, set, isDirty, forget, discard };
}
