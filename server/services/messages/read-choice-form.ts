import { Temporal } from "@js-temporal/polyfill";
import { z } from "zod";
import { type PostponeChoiceId, postponeChoiceIds } from "@/server/core/postpone";
import { momentOf } from "@/server/core/schedule/local-time";
import { parseInput } from "../parse";

const fields = z.object({
  key: z.uuid("The form has lost its key; open the link in the e-mail again."),
  choice: z.enum(["postpone", "cancel", "run-now"], "That is none of the choices."),
  to: z.enum([...postponeChoiceIds, "time"], "That is none of the times offered.").optional(),
  /** `datetime-local`, in the zone the page was shown in. */
  time: z
    .string()
    .max(40)
    .transform((text) => (text === "" ? undefined : text))
    .optional(),
});

export type ChoiceForm =
  | { readonly key: string; readonly choice: "cancel" | "run-now" }
  /** `to` null: no usable time was given. */
  | { readonly key: string; readonly choice: "postpone"; readonly to: PostponeChoiceId | Date | null };

/** The fields of a form as a browser sends them. `timeZone` is the reader's. @throws ServiceError bad-input */
export function readChoiceForm(raw: Readonly<Record<string, string>>, timeZone: string): ChoiceForm {
  const { key, choice, to, time } = parseInput(fields, raw);
  if (choice !== "postpone") return { key, choice };
  if (to !== undefined && to !== "time") return { key, choice, to };
  return { key, choice, to: time === undefined ? null : parseLocal(time, timeZone) };
}

function parseLocal(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return null;
  try {
    return new Date(momentOf(Temporal.PlainDateTime.from(text, { overflow: "reject" }), timeZone));
  } catch {
    return null;
  }
}
