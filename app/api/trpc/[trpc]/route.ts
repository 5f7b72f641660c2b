import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getRequestContext } from "@/server/auth/get-actor";
import { createContextInner } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";

export const dynamic = "force-dynamic";

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: async () => createContextInner(await getRequestContext()),
  });

export { handle as GET, handle as POST };
