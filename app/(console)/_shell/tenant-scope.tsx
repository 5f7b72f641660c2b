"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { setCookie } from "@/app/_ui/set-cookie";
import { TENANT_COOKIE } from "./tenant-cookie";

interface TenantScope {
  readonly tenantId: number | null;
  choose(tenantId: number | null): void;
}

const ScopeContext = createContext<TenantScope>({ tenantId: null, choose: () => {} });

/** Narrows every list and count to a tenant and what is below it; kept in a cookie, so that the server knows it too. */
export function TenantScopeProvider({
  initialTenantId,
  children,
}: {
  initialTenantId: number | null;
  children: ReactNode;
}) {
  const [tenantId, setTenantId] = useState(initialTenantId);
  const router = useRouter();
  const scope = useMemo<TenantScope>(
    () => ({
      tenantId,
      choose(chosen) {
        setCookie(TENANT_COOKIE, chosen === null ? null : String(chosen));
        setTenantId(chosen);
        router.refresh();
      },
    }),
    [tenantId, router],
  );
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

export const useTenantScope = () => useContext(ScopeContext);
export const useTenantId = () => useContext(ScopeContext).tenantId;
