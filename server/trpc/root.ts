import { createCaller, router } from "./init";
import { auditRouter } from "./routers/audit";
import { computersRouter } from "./routers/computers";
import { deploymentsRouter } from "./routers/deployments";
import { itemsRouter } from "./routers/items";
import { peopleRouter } from "./routers/people";
import { schedulesRouter } from "./routers/schedules";
import { scriptsRouter } from "./routers/scripts";
import { sessionRouter } from "./routers/session";
import { tagsRouter } from "./routers/tags";
import { tenantsRouter } from "./routers/tenants";
import { usersRouter } from "./routers/users";

export const appRouter = router({
  audit: auditRouter,
  computers: computersRouter,
  deployments: deploymentsRouter,
  items: itemsRouter,
  people: peopleRouter,
  schedules: schedulesRouter,
  scripts: scriptsRouter,
  session: sessionRouter,
  tags: tagsRouter,
  tenants: tenantsRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in process: pages on the server, and tests. */
export const createAppCaller = createCaller(appRouter);
