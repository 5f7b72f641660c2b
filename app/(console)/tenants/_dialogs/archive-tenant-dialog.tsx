"use client";

import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { countOf } from "@/app/_ui/format";
import { TextLink } from "../../_words/entity-link";
import type { TenantDetail } from "../[id]/tenant-view";

/** Takes a tenant out of use, once its name is typed. What it still holds is said before the server refuses it. */
export function ArchiveTenantDialog({
  tenant,
  open,
  onOpenChange,
}: {
  tenant: TenantDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const trpc = useTRPC();
  const archive = useChange(trpc.tenants.archive.mutationOptions(), {
    done: `${tenant.name} is archived.`,
    failed: "It was not archived.",
    quiet: true,
    onDone: () => onOpenChange(false),
  });
  const held = [
    tenant.children.length > 0 ? countOf(tenant.children.length, "tenant below it", "tenants below it") : null,
    tenant.computerCount > 0 ? countOf(tenant.computerCount, "computer") : null,
  ].filter((each) => each !== null);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        if (!next) archive.reset();
        onOpenChange(next);
      }}
      title={`Archive ${tenant.name}?`}
      confirmLabel="Archive"
      typeToConfirm={tenant.name}
      busy={archive.isPending}
      error={archive.problem?.why}
      onConfirm={(confirmedName) => archive.mutate({ id: tenant.id, confirmedName })}
    >
      <p>
        It leaves every list and choice, and no deployment or schedule means it any more. Its history and its audit log
        stay{tenant.personCount > 0 ? `, and so do its ${countOf(tenant.personCount, "person", "people")}` : ""}.
      </p>
      {held.length > 0 ? (
        <p className="text-warn">
          It still has {held.join(" and ")}: archive or move them first.{" "}
          {tenant.computerCount > 0 ? (
            <TextLink href={`/tenants/${tenant.id}?tab=computers`}>Show the computers</TextLink>
          ) : null}
        </p>
      ) : null}
    </ConfirmDialog>
  );
}
