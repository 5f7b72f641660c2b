"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { countOf } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { Pill, Tag } from "@/app/_ui/pill";
import { useMay } from "../../_shell/signed-in";
import { EditPersonDialog } from "../_dialogs/edit-person-dialog";
import type { PersonDetail } from "./person-view";

export function PersonHeader({ person }: { person: PersonDetail }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<"edit" | "archive" | null>(null);
  const mayOperate = useMay("operate");
  const isArchived = person.archivedAt !== null;
  const update = useChange(trpc.people.update.mutationOptions(), {
    done: (_, { archived }) => `${person.displayName} is ${archived ? "archived" : "back"}.`,
    failed: "It was not changed.",
    onDone: () => setOpen(null),
  });
  return (
    <>
      <PageHeader
        crumbs={[
          { label: person.tenantName, href: `/tenants/${person.tenantId}` },
          { label: "People", href: "/people" },
        ]}
        title={person.displayName}
        status={
          <>
            {isArchived ? <Pill tone="off">Archived</Pill> : null}
            <Tag>{person.entraObjectId ? "from Entra ID" : "added by hand"}</Tag>
            {person.tags.map((tag) => (
              <Tag key={tag.id} color={tag.color}>
                {tag.name}
              </Tag>
            ))}
          </>
        }
        actions={
          mayOperate ? (
            <>
              <Button onClick={() => setOpen("edit")}>
                <Pencil aria-hidden /> Edit…
              </Button>
              {isArchived ? (
                <Button busy={update.isPending} onClick={() => update.mutate({ id: person.id, archived: false })}>
                  Take back
                </Button>
              ) : (
                <Button look="danger" onClick={() => setOpen("archive")}>
                  Archive…
                </Button>
              )}
            </>
          ) : null
        }
      >
        {person.upn}
      </PageHeader>
      {open === "edit" ? <EditPersonDialog person={person} onClose={() => setOpen(null)} /> : null}
      <ConfirmDialog
        open={open === "archive"}
        onOpenChange={(isOpen) => !isOpen && setOpen(null)}
        title={`Archive ${person.displayName}?`}
        confirmLabel="Archive"
        busy={update.isPending}
        onConfirm={() => update.mutate({ id: person.id, archived: true })}
      >
        <p>
          They leave every list and choice.{" "}
          {person.computers.length > 0
            ? `They are the primary person of ${countOf(person.computers.length, "computer")}.`
            : "They are the primary person of no computer."}{" "}
          You can take them back later.
        </p>
      </ConfirmDialog>
    </>
  );
}
