"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTRPC } from "@/app/_trpc/client";
import { Card } from "@/app/_ui/card";
import { Combobox } from "@/app/_ui/combobox";
import { EmptyState } from "@/app/_ui/empty-state";
import { QueryGate } from "@/app/_ui/query-gate";
import { useTenantOptions } from "../../../_pickers/use-tenant-options";
import { useTenantId } from "../../../_shell/tenant-scope";
import { BrandingEditor } from "./branding-editor";

/** How mails and the pages behind their links look, tenant by tenant. */
export function BrandingTab() {
  const trpc = useTRPC();
  const scope = useTenantId();
  const [asked, setAsked] = useQueryState("tenant", parseAsInteger);
  const first = useQuery(trpc.tenants.options.queryOptions({ limit: 1 }));
  const tenantId = asked ?? scope ?? first.data?.[0]?.id ?? null;
  const enabled = tenantId !== null;
  const tenant = useQuery(trpc.tenants.get.queryOptions({ id: tenantId ?? 0 }, { enabled }));
  const branding = useQuery(trpc.branding.get.queryOptions({ tenantId: tenantId ?? 0 }, { enabled }));
  if (first.data?.length === 0) {
    return (
      <Card>
        <EmptyState title="You see no tenant.">Ask an administrator what you should see.</EmptyState>
      </Card>
    );
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="w-64 max-w-full">
          <Combobox
            label={`Branding of ${tenant.data?.name ?? "…"}`}
            value={tenantId}
            display={tenant.data?.name ?? "…"}
            placeholder="Choose a tenant"
            useOptions={useTenantOptions}
            onChange={(option) => option && void setAsked(option.value)}
          />
        </span>
        <p className="max-w-[70ch] flex-1 basis-64 text-ink-2">
          Its people see this in mails and behind their links, and so do those of the tenants below it.
        </p>
      </div>
      <QueryGate query={tenant} what="The tenant">
        {({ id, name }) => (
          <QueryGate query={branding} what="The branding">
            {(data) => <BrandingEditor key={id} tenant={{ id, name }} branding={data} />}
          </QueryGate>
        )}
      </QueryGate>
    </>
  );
}
