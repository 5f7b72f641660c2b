import type { Metadata } from "next";
import type { Outputs } from "@/app/_trpc/client";
import { Hydrate, prefetch, requireFound, trpc } from "@/app/_trpc/server";
import { type Query, readListState } from "@/app/_ui/data-table/list-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openPage } from "../_shell/page-context";
import { readTenantId } from "../_shell/tenant-cookie";
import { keyFilterKeys, keysInput } from "./_tabs/keys/input";
import { userFilterKeys, usersInput } from "./_tabs/users/input";
import { SettingsTabs } from "./settings-tabs";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { tenantId } = await openPage("/settings");
  const query = await searchParams;
  const about = trpc.system.about.queryOptions();
  const tab = typeof query.tab === "string" ? query.tab : "branding";
  if (tab === "users") {
    await prefetch(about, trpc.users.list.queryOptions(usersInput(readListState(query, userFilterKeys), tenantId)));
  } else if (tab === "keys") {
    await prefetch(trpc.enrollmentKeys.list.queryOptions(keysInput(readListState(query, keyFilterKeys), tenantId)));
  } else if (tab === "system") {
    await prefetch(about, trpc.system.status.queryOptions());
  } else {
    const options = trpc.tenants.options.queryOptions({ limit: 1 });
    const [first] = await requireFound<Outputs["tenants"]["options"]>(options);
    const chosen = readTenantId(typeof query.tenant === "string" ? query.tenant : null) ?? tenantId ?? first?.id;
    await prefetch(
      ...(chosen === undefined
        ? []
        : [trpc.branding.get.queryOptions({ tenantId: chosen }), trpc.tenants.get.queryOptions({ id: chosen })]),
    );
  }
  return (
    <Hydrate>
      <PageHeader title="Settings" />
      <SettingsTabs />
    </Hydrate>
  );
}
