import { cookies } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { DataProvider } from "@/app/_trpc/client";
import { requireFound, trpc } from "@/app/_trpc/server";
import { TooltipProvider } from "@/app/_ui/tooltip";
import { ViewerProvider } from "@/app/_ui/viewer";
import { getActor } from "@/server/auth/get-actor";
import { getRuntime } from "@/server/runtime";
import { Shell } from "./_shell/shell";
import { type SignedIn, SignedInProvider } from "./_shell/signed-in";
import { readTenantId, TENANT_COOKIE, ZONE_COOKIE } from "./_shell/tenant-cookie";
import { TenantScopeProvider } from "./_shell/tenant-scope";

/** The frame of the signed-in console. Each page asks who is signed in by itself; without anybody it sends them away. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  if ((await getActor()) === null) return children;
  const [me, jar, { clock }] = await Promise.all([
    requireFound<SignedIn>(trpc.session.me.queryOptions()),
    cookies(),
    getRuntime(),
  ]);
  const zone = jar.get(ZONE_COOKIE)?.value;
  return (
    <NuqsAdapter>
      <DataProvider>
        <ViewerProvider timeZone={zone ? decodeURIComponent(zone) : null} renderedAtMs={clock.now().getTime()}>
          <TooltipProvider>
            <SignedInProvider me={me}>
              <TenantScopeProvider initialTenantId={readTenantId(jar.get(TENANT_COOKIE)?.value)}>
                <Shell>{children}</Shell>
              </TenantScopeProvider>
            </SignedInProvider>
          </TooltipProvider>
        </ViewerProvider>
      </DataProvider>
    </NuqsAdapter>
  );
}
