import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getRuntime, type Runtime } from "@/server/runtime";
import type { Actor, ServiceContext } from "@/server/services/context";
import { loadActor } from "@/server/services/users/load-actor";
import { auth } from "./auth";
import { requestAddress } from "./request-address";

/** Who is signed in, as the database knows them now; null when nobody is. Asked once a request. */
export const getActor = cache(async (): Promise<Actor | null> => {
  const session = await auth();
  const userId = Number(session?.user?.id);
  if (!Number.isSafeInteger(userId) || userId <= 0) return null;
  const runtime = await getRuntime();
  return loadActor({ ctx: runtime.systemContext("sign-in"), input: { userId } });
});

/** For pages: who is signed in; sends everybody else to the sign-in page and back here afterwards. */
export async function requireActor(returnTo = "/"): Promise<Actor> {
  const actor = await getActor();
  if (actor === null) redirect(`/sign-in?${new URLSearchParams({ to: returnTo })}`);
  return actor;
}

/** What a page or a route handler needs to call services. */
export async function getRequestContext(): Promise<{
  runtime: Runtime;
  actor: Actor | null;
  address: string | null;
  services: ServiceContext | null;
}> {
  const [runtime, actor, list] = [await getRuntime(), await getActor(), await headers()];
  const address = requestAddress(list);
  return { runtime, actor, address, services: actor === null ? null : runtime.contextFor(actor, address) };
}
