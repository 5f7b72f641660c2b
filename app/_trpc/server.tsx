import "server-only";
import { dehydrate, type FetchQueryOptions, HydrationBoundary } from "@tanstack/react-query";
import { TRPCError } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { getRequestContext } from "@/server/auth/get-actor";
import { createContextInner } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";
import { makeQueryClient } from "./query-client";

const getQueryClient = cache(makeQueryClient);

const createContext = cache(async () => {
  const { runtime, actor, address } = await getRequestContext();
  return createContextInner({ runtime, actor, address });
});

/** Procedures for pages on the server: the same options as in the browser, called in process. */
export const trpc = createTRPCOptionsProxy({ ctx: createContext, router: appRouter, queryClient: getQueryClient });

type FetchOptions = FetchQueryOptions;
/** The proxy's options differ by procedure; reading ahead needs nothing of their types. */
const anyOptions = (options: object) => options as FetchOptions;

/** Reads on the server what the page's components ask for first. A failure is left to them to show. */
export async function prefetch(...all: readonly object[]): Promise<void> {
  await Promise.all(all.map((options) => getQueryClient().prefetchQuery(anyOptions(options))));
}

/** Reads what the page is about; what does not exist, or may not be seen, is the "not found" page. */
export async function requireFound<T>(options: object): Promise<T> {
  try {
    return (await getQueryClient().fetchQuery(anyOptions(options))) as T;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}

/** Hands what was read on the server to the browser's components. */
export function Hydrate({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>;
}
