"use client";

import { useQuery } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Dropdown, DropdownItem, DropdownSeparator } from "@/app/_ui/dropdown";
import { writeLocalMoment } from "@/app/_ui/local-moment";
import { PageHeader } from "@/app/_ui/page-header";
import { Pill, Tag } from "@/app/_ui/pill";
import { QueryGate } from "@/app/_ui/query-gate";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { DeploymentEditor } from "../_editor/deployment-editor";
import { formOf } from "../_editor/form";
import { RevisionsDialog } from "./revisions-dialog";

type Deployment = Outputs["deployments"]["get"];

export function DeploymentView({ id }: { id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.deployments.get.queryOptions({ id }));
  return (
    <QueryGate query={query} what="The deployment">
      {(deployment) => <Loaded key={deployment.revision} deployment={deployment} />}
    </QueryGate>
  );
}

type Open = "delete" | "revisions" | null;

function Loaded({ deployment }: { deployment: Deployment }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayOperate = useMay("operate");
  const [open, setOpen] = useState<Open>(null);
  const initial = useMemo(() => formOf(deployment, writeLocalMoment), [deployment]);
  const { id } = deployment;
  const isDeleted = deployment.deletedAt !== null;
  const setEnabled = useChange(trpc.deployments.setEnabled.mutationOptions(), {
    done: (_, { enabled }) => (enabled ? "It is in force again." : "It takes part no more."),
    failed: "It was not changed.",
  });
  const remove = useChange(trpc.deployments.remove.mutationOptions(), {
    done: `Deployment #${id} is deleted. It can be restored.`,
    failed: "It was not deleted.",
    onDone: () => router.push("/deployments"),
  });
  const restore = useChange(trpc.deployments.restore.mutationOptions(), {
    done: "It is restored.",
    failed: "It was not restored.",
  });
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Deployments", href: "/deployments" }, { label: `#${id}` }]}
        title="Deployment"
        status={
          <>
            {isDeleted ? (
              <Pill tone="bad">Deleted</Pill>
            ) : deployment.enabled ? (
              <Pill tone="ok">In force</Pill>
            ) : (
              <Pill tone="off">Disabled</Pill>
            )}
            <Tag>revision {deployment.revision}</Tag>
            {deployment.origin === "recommended" ? <Tag>recommended</Tag> : null}
          </>
        }
        actions={
          <>
            <Button onClick={() => setOpen("revisions")}>Revisions</Button>
            {mayOperate && isDeleted ? (
              <Button look="primary" busy={restore.isPending} onClick={() => restore.mutate({ id })}>
                Restore
              </Button>
            ) : null}
            {mayOperate && !isDeleted ? (
              <Dropdown
                align="end"
                trigger={
                  <Button size="icon" aria-label="More actions">
                    <MoreHorizontal aria-hidden />
                  </Button>
                }
              >
                <DropdownItem onSelect={() => setEnabled.mutate({ id, enabled: !deployment.enabled })}>
                  {deployment.enabled ? "Disable" : "Enable"}
                </DropdownItem>
                <DropdownSeparator />
                <DropdownItem danger onSelect={() => setOpen("delete")}>
                  Delete…
                </DropdownItem>
              </Dropdown>
            ) : null}
          </>
        }
      >
        Changed <Time at={deployment.updatedAt} />
        {deployment.createdByName ? `, made by ${deployment.createdByName}` : ""}. Saving changes no machine. The next
        session does.
      </PageHeader>
      <DeploymentEditor
        initial={initial}
        saved={{ id, revision: deployment.revision }}
        readOnly={!mayOperate || isDeleted || deployment.origin !== "mine"}
      />
      <RevisionsDialog
        id={id}
        open={open === "revisions"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "revisions" : null)}
      />
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "delete" : null)}
        title={`Delete deployment #${id}?`}
        confirmLabel="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
      >
        <p>{deployment.sentence}</p>
        <p>
          It takes part no more. What is on the machines stays as it is; other deployments of {deployment.itemName} may
          decide instead. It can be restored.
        </p>
      </ConfirmDialog>
    </>
  );
}
