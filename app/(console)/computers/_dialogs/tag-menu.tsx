"use client";

import { useQuery } from "@tanstack/react-query";
import { Tag as TagIcon } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog";
import { Field } from "@/app/_ui/field";
import { countOf } from "@/app/_ui/format";
import { Input } from "@/app/_ui/input";

const SHOWN = 100;

/** Puts a tag on the chosen ones, or takes it off; a tag that does not exist yet is made here. */
export function TagMenu({
  holder,
  holderIds,
}: {
  holder: "computer" | "tenant" | "person";
  holderIds: readonly number[];
}) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const { data } = useQuery(trpc.tags.list.queryOptions({ limit: SHOWN }, { enabled: open }));
  const noun = holder === "person" ? "people" : `${holder}s`;
  const assign = useChange(trpc.tags.assign.mutationOptions(), {
    done: ({ changed }, { assigned }) => `${countOf(changed, holder, noun)} ${assigned ? "tagged" : "untagged"}.`,
    failed: "The tag was not changed.",
  });
  const create = useChange(trpc.tags.create.mutationOptions(), {
    done: null,
    failed: "The tag was not made.",
    onDone: ({ id }) => {
      setName("");
      assign.mutate({ id, holder, holderIds: [...holderIds], assigned: true });
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        <TagIcon aria-hidden /> Tag…
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Tag ${countOf(holderIds.length, holder, noun)}`}
        onSubmit={() => name.trim() !== "" && create.mutate({ name: name.trim() })}
      >
        <ul className="grid gap-1">
          {(data?.rows ?? []).map((tag) => (
            <li key={tag.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate">{tag.name}</span>
              <Button
                size="small"
                onClick={() => assign.mutate({ id: tag.id, holder, holderIds: [...holderIds], assigned: true })}
              >
                Put on
              </Button>
              <Button
                size="small"
                look="quiet"
                onClick={() => assign.mutate({ id: tag.id, holder, holderIds: [...holderIds], assigned: false })}
              >
                Take off
              </Button>
            </li>
          ))}
        </ul>
        <div className="flex items-end gap-2">
          <Field label="New tag" className="flex-1">
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Button type="submit" busy={create.isPending} disabled={name.trim() === ""}>
            Make and put on
          </Button>
        </div>
      </Dialog>
    </>
  );
}
