"use client";

import { MoreHorizontal, Play } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useChange } from "@/app/_trpc/use-change";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Dropdown, DropdownItem, DropdownSeparator } from "@/app/_ui/dropdown";
import { countOf } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { OnlineDot, Pill, Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { useMay } from "../../_shell/signed-in";
import { StatusPill } from "../../_words/status-pill";
import { computerStatuses, deviceClasses } from "../../_words/statuses";
import { RunMaintenanceDialog } from "../_dialogs/run-maintenance-dialog";
import type { ComputerDetail } from "./computer-view";
import { EditComputerDialog } from "./edit-computer-dialog";

type Open = "run" | "edit" | "archive" | null;

export function ComputerHeader({ computer }: { computer: ComputerDetail }) {
  const trpc = useTRPC();
  const [open, setOpen] = useState<Open>(null);
  const mayOperate = useMay("operate");
  const change = (which: Open) => (isOpen: boolean) => setOpen(isOpen ? which : null);
  const update = useChange(trpc.computers.update.mutationOptions(), {
    done: (_, { excludedFromMaintenance }) =>
      excludedFromMaintenance ? "No maintenance runs on it any more." : "It is maintained again.",
    failed: "It was not changed.",
  });
  const archive = useChange(trpc.computers.archive.mutationOptions(), {
    done: `${computer.name} is archived.`,
    failed: "It was not archived.",
    onDone: () => setOpen(null),
  });
  const excluded = computer.excludedFromMaintenance;
  const needsPerson = computer.status === "needs-decision" || computer.status === "failed";
  return (
    <>
      <PageHeader
        crumbs={[
          { label: computer.tenantName, href: `/tenants/${computer.tenantId}` },
          { label: "Computers", href: "/computers" },
        ]}
        title={computer.name}
        status={
          <>
            <Pill tone={computer.online ? "ok" : "off"} mark={false}>
              <OnlineDot online={computer.online} />
            </Pill>
            <StatusPill said={computerStatuses[computer.status]} />
            {computer.pendingReboot ? <Pill tone="warn">Reboot pending</Pill> : null}
            {excluded ? <Pill tone="off">Excluded from maintenance</Pill> : null}
            {computer.tags.map((tag) => (
              <Tag key={tag.id} color={tag.color}>
                {tag.name}
              </Tag>
            ))}
          </>
        }
        actions={
          mayOperate ? (
            <>
              <Button look="primary" disabled={excluded} onClick={() => setOpen("run")}>
                <Play aria-hidden /> Run maintenance…
              </Button>
              <Dropdown
                align="end"
                trigger={
                  <Button size="icon" aria-label="More actions">
                    <MoreHorizontal aria-hidden />
                  </Button>
                }
              >
                <DropdownItem onSelect={() => setOpen("edit")}>Edit…</DropdownItem>
                <DropdownItem onSelect={() => update.mutate({ id: computer.id, excludedFromMaintenance: !excluded })}>
                  {excluded ? "Include in maintenance" : "Exclude from maintenance"}
                </DropdownItem>
                <DropdownSeparator />
                <DropdownItem danger onSelect={() => setOpen("archive")}>
                  Archive…
                </DropdownItem>
              </Dropdown>
            </>
          ) : null
        }
      >
        {deviceClasses[computer.deviceClass]}, {computer.osName} {computer.osVersion}
        {computer.primaryPersonName ? `, used by ${computer.primaryPersonName}` : ", no primary person"}.{" "}
        {computer.online ? (
          "Connected now."
        ) : (
          <>
            Last seen <Time at={computer.lastSeenAt} computerZone={computer.timeZone} />.
          </>
        )}
        {computer.statusReason ? (
          <span className={needsPerson ? "block text-warn" : "block"}>{computer.statusReason}</span>
        ) : null}
      </PageHeader>
      <RunMaintenanceDialog computers={[computer]} open={open === "run"} onOpenChange={change("run")} />
      <EditComputerDialog computer={computer} open={open === "edit"} onOpenChange={change("edit")} />
      <ConfirmDialog
        open={open === "archive"}
        onOpenChange={change("archive")}
        title={`Archive ${computer.name}?`}
        confirmLabel="Archive"
        typeToConfirm={computer.name}
        busy={archive.isPending}
        onConfirm={() => archive.mutate({ id: computer.id })}
      >
        <p>
          This one computer leaves every list and target, and its agent is given no more work.{" "}
          {computer.liveSessions.length > 0
            ? `${countOf(computer.liveSessions.length, "session")} on it has not ended: cancel that first. `
            : ""}
          Its sessions and its audit trail stay.
        </p>
      </ConfirmDialog>
    </>
  );
}
