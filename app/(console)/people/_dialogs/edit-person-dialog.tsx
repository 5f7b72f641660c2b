"use client";

import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import type { PersonDetail } from "../[id]/person-view";
import { PersonFields } from "./person-fields";
import { type PersonForm, personInput } from "./person-form";

/** Filled anew each time it opens. */
export function EditPersonDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const trpc = useTRPC();
  const [form, setForm] = useState<PersonForm>({
    displayName: person.displayName,
    email: person.email ?? "",
    language: person.language ?? "",
    timeZone: person.timeZone,
  });
  const update = useChange(trpc.people.update.mutationOptions(), {
    done: "Saved.",
    failed: "It was not saved.",
    quiet: true,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Edit ${person.displayName}`}
      description={person.entraObjectId ? "The directory may say otherwise at its next reading." : undefined}
      onSubmit={() => update.mutate({ id: person.id, ...personInput(form) })}
      footer={
        <>
          {update.problem ? (
            <p role="alert" className="mr-auto flex-1 text-bad">
              {update.problem.why}
            </p>
          ) : null}
          <Button onClick={onClose}>Discard</Button>
          <Button type="submit" look="primary" busy={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <PersonFields
        form={form}
        onChange={(change) => setForm((now) => ({ ...now, ...change }))}
        errors={update.problem?.fields ?? {}}
        initialLanguage={person.language ?? ""}
      />
    </Dialog>
  );
}
