"use client";

import { Building2, Mail } from "lucide-react";
import { Card } from "@/app/_ui/card";
import { DescriptionList } from "@/app/_ui/description-list";
import { EmptyState } from "@/app/_ui/empty-state";
import { formatNumber } from "@/app/_ui/format";
import { Tag } from "@/app/_ui/pill";
import { Time } from "@/app/_ui/time";
import { EntityLink } from "../../../_words/entity-link";
import { NewTenantButton } from "../../_dialogs/new-tenant-button";
import { tenantKinds } from "../../_list/tenant-kinds";
import type { TenantDetail } from "../tenant-view";

export function OverviewTab({ tenant, onTab }: { tenant: TenantDetail; onTab: (id: string) => void }) {
  const brief = { id: tenant.id, name: tenant.name };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="The tenant">
        <DescriptionList
          items={[
            ["Kind", tenantKinds[tenant.kind]],
            [
              "Below",
              tenant.parentId ? (
                <EntityLink key="parent" href={`/tenants/${tenant.parentId}`}>
                  {tenant.parentName}
                </EntityLink>
              ) : null,
            ],
            ["Time zone", tenant.timeZone],
            [
              "Computers",
              <button
                key="computers"
                type="button"
                className="rounded-sm text-ink-2 hover:text-ink hover:underline"
                onClick={() => onTab("computers")}
              >
                {tenant.computerCount === 0
                  ? "none"
                  : `${formatNumber(tenant.computerCount)}, ${formatNumber(tenant.onlineCount)} online`}
              </button>,
            ],
            [
              "Cross-tenant",
              tenant.optsOutOfCrossTenant
                ? "Opted out: only what is deployed to it or to its computers applies."
                : "Deployments across tenants apply to it.",
            ],
            [
              "Tags",
              tenant.tags.length > 0 ? (
                <span key="tags" className="flex flex-wrap gap-1">
                  {tenant.tags.map((tag) => (
                    <Tag key={tag.id} color={tag.color}>
                      {tag.name}
                    </Tag>
                  ))}
                </span>
              ) : null,
            ],
            ["Added", <Time key="added" at={tenant.createdAt} show="full" />],
            tenant.archivedAt ? ["Archived", <Time key="archived" at={tenant.archivedAt} show="full" />] : null,
          ]}
        />
      </Card>
      <div className="grid gap-4">
        <Card title="People to notify" hint="where a computer has no primary person">
          {tenant.contacts.length === 0 ? (
            <EmptyState icon={Mail} title="Nobody is told yet.">
              Sessions of computers without a primary person will say that no one could be told. Name people with
              “Edit…”.
            </EmptyState>
          ) : (
            <ul>
              {tenant.contacts.map((contact) => (
                <li
                  key={contact.personId}
                  className="flex min-h-[34px] flex-wrap items-center gap-x-2 border-b border-line px-3.5 py-1 last:border-0"
                >
                  <EntityLink main href={`/people/${contact.personId}`}>
                    {contact.name}
                  </EntityLink>
                  <span className="text-ink-3">{contact.email ?? contact.upn}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card
          title="Tenants below it"
          aside={tenant.archivedAt === null ? <NewTenantButton parent={brief} /> : undefined}
        >
          {tenant.children.length === 0 ? (
            <EmptyState icon={Building2} title="There are none.">
              {tenant.kind === "msp" ? "Customers are added below it." : "A customer's sites are added below it."}
            </EmptyState>
          ) : (
            <ul className="max-h-[420px] overflow-y-auto">
              {tenant.children.map((child) => (
                <li
                  key={child.id}
                  className="flex min-h-[34px] items-center gap-2 border-b border-line px-3.5 last:border-0"
                >
                  <EntityLink main href={`/tenants/${child.id}`}>
                    {child.name}
                  </EntityLink>
                  <span className="text-ink-3">{tenantKinds[child.kind].toLowerCase()}</span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  );
}
