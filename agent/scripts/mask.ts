import type { ScriptStep } from "../../server/agents/wire";

export const MASK = "••••";

/** The texts that must not be seen: each secret parameter as text, arrays element by element, longest first. */
export function secretTexts(step: Pick<ScriptStep, "parameters" | "secretParameters">): string[] {
  const found = new Set<string>();
  for (const name of step.secretParameters) {
    const value = step.parameters[name];
    for (const part of Array.isArray(value) ? [...value, JSON.stringify(value)] : [value]) {
      if (part === undefined || part === null || part === "" || typeof part === "boolean") continue;
      found.add(String(part));
      for (const line of String(part).split(/\r?\n/)) if (line.trim().length > 3) found.add(line);
    }
  }
  return [...found].sort((left, right) => right.length - left.length);
}

/** Every stretch of `text` that secrets cover becomes one MASK, however they overlap. */
export function maskText(text: string, secrets: readonly string[]): string {
  return maskCovered(text, coveredStretches(text, secrets));
}

/**
 * Masks text that comes in pieces, with the same outcome as masking it whole: an end of a piece that may be the
 * beginning of a secret waits for the next piece. `push` gives what is safe to show so far, `end` the rest.
 */
export function createMasker(secrets: readonly string[]): { push: (text: string) => string; end: () => string } {
  let held = "";
  return {
    push(text) {
      if (secrets.length === 0) return text;
      const all = held + text;
      const stretches = coveredStretches(all, secrets);
      let hold = unfinishedStart(all, secrets);
      for (const stretch of stretches) if (stretch.start < hold && stretch.end > hold) hold = stretch.start;
      held = all.slice(hold);
      return maskCovered(
        all.slice(0, hold),
        stretches.filter((stretch) => stretch.end <= hold),
      );
    },
    end() {
      const rest = maskText(held, secrets);
      held = "";
      return rest;
    },
  };
}

type Stretch = { start: number; end: number };

function coveredStretches(text: string, secrets: readonly string[]): Stretch[] {
  const found: Stretch[] = [];
  for (const secret of secrets) {
    for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + 1)) {
      found.push({ start, end: start + secret.length });
    }
  }
  found.sort((left, right) => left.start - right.start);
  const merged: Stretch[] = [];
  for (const stretch of found) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.start < last.end) last.end = Math.max(last.end, stretch.end);
    else merged.push({ ...stretch });
  }
  return merged;
}

function maskCovered(text: string, stretches: readonly Stretch[]): string {
  let shown = "";
  let from = 0;
  for (const { start, end } of stretches) {
    shown += text.slice(from, start) + MASK;
    from = end;
  }
  return shown + text.slice(from);
}

/** Where the longest end of `text` begins that is a proper beginning of a secret; the length of `text` if there is none. */
function unfinishedStart(text: string, secrets: readonly string[]): number {
  let start = text.length;
  for (const secret of secrets) {
    for (let index = Math.max(0, text.length - secret.length + 1); index < start; index++) {
      if (secret.startsWith(text.slice(index))) {
        start = index;
        break;
      }
    }
  }
  return start;
}
