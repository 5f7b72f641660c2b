"use client";

import { Focus, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dropdown, DropdownItem, DropdownSeparator } from "@/app/_ui/dropdown";
import { countOf, formatNumber } from "@/app/_ui/format";
import { PageHeader } from "@/app/_ui/page-header";
import { Pill, Tag } from "@/app/_ui/pill";
import { useMay } from "../../_shell/signed-in";
import { useTenantScope } from "../../_shell/tenant-scope";
import { AddComputerButton } from "../../computers/_dialogs/add-computer-button";
import { ArchiveTenantDialog } from "../_dialogs/archive-tenant-dialog";
import { EditTenantDialog } from "../_dialogs/edit-tenant-dialog";
import { tenantKinds } from "../_list/tenant-kinds";
import type { TenantDetail } from "./tenant-view";

export function TenantHeader({ tenant }: { tenant: TenantDetail }) {
  const [open, setOpen] = useState<"edit" | "archive" | null>(null);
  const mayAdminister = useMay("administer");
  const scope = useTenantScope();
  const isScope = scope.tenantId === tenant.id;
  const isArchived = tenant.archivedAt !== null;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Tenants", href: "/tenants" },
          ...tenant.ancestors.map((each) => ({ label: each.name, href: `/tenants/${each.id}` })),
        ]}
        title={tenant.name}
        status={
          <>
            <Tag>{tenantKinds[tenant.kind]}</Tag>
            {isArchived ? <Pill tone="off">Archived</Pill> : null}
            {tenant.optsOutOfCrossTenant ? <Pill tone="off">Opted out of cross-tenant</Pill> : null}
            {tenant.tags.map((tag) => (
              <Tag key={tag.id} color={tag.color}>
                {tag.name}
              </Tag>
            ))}
          </>
        }
        actions={
          <>
            {isArchived ? null : <AddComputerButton tenant={{ id: tenant.id, name: tenant.name }} />}
            <Button onClick={() => scope.choose(isScope ? null : tenant.id)}>
              <Focus aria-hidden /> {isScope ? "Show all tenants again" : "Show only this tenant"}
            </Button>
            {mayAdminister && !isArchived ? (
              <Dropdown
                align="end"
                trigger={
                  <Button size="icon" aria-label="More actions">
                    <MoreHorizontal aria-hidden />
                  </Button>
                }
              >
                <DropdownItem onSelect={() => setOpen("edit")}>Edit…</DropdownItem>
                {tenant.kind === "msp" ? null : (
                  <>
                    <DropdownSeparator />
                    <DropdownItem danger onSelect={() => setOpen("archive")}>
                      Archive…
                    </DropdownItem>
                  </>
                )}
              </Dropdown>
            ) : null}
          </>
        }
      >
        {countOf(tenant.computerCount, "computer")}
        {tenant.computerCount > 0 ? `, ${formatNumber(tenant.onlineCount)} online` : ""};{" "}
        {countOf(tenant.personCount, "person", "people")}; {tenant.timeZone.replaceAll("_", " ")} time.
      </PageHeader>
      {open === "edit" ? <EditTenantDialog tenant={tenant} onClose={() => setOpen(null)} /> : null}
      <ArchiveTenantDialog
        tenant={tenant}
        open={open === "archive"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "archive" : null)}
      />
    </>
  );
}
