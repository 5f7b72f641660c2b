import { createCaller, router } from "./init";
import { auditRouter } from "./routers/audit";
import { brandingRouter } from "./routers/branding";
import { computersRouter } from "./routers/computers";
import { dashboardRouter } from "./routers/dashboard";
import { deploymentsRouter } from "./routers/deployments";
import { emailsRouter } from "./routers/emails";
import { enrollmentKeysRouter } from "./routers/enrollment-keys";
import { itemsRouter } from "./routers/items";
import { peopleRouter } from "./routers/people";
import { schedulesRouter } from "./routers/schedules";
import { scriptsRouter } from "./routers/scripts";
import { searchRouter } from "./routers/search";
import { sessionRouter } from "./routers/session";
import { sessionsRouter } from "./routers/sessions";
import { systemRouter } from "./routers/system";
import { tagsRouter } from "./routers/tags";
import { tenantsRouter } from "./routers/tenants";
import { usersRouter } from "./routers/users";

export const appRouter = router({
  audit: auditRouter,
  branding: brandingRouter,
  computers: computersRouter,
  dashboard: dashboardRouter,
  deployments: deploymentsRouter,
  emails: emailsRouter,
  enrollmentKeys: enrollmentKeysRouter,
  items: itemsRouter,
  people: peopleRouter,
  schedules: schedulesRouter,
  scripts: scriptsRouter,
  search: searchRouter,
  session: sessionRouter,
  sessions: sessionsRouter,
  system: systemRouter,
  tags: tagsRouter,
  tenants: tenantsRouter,
  users: usersRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in process: pages on the server, and tests. */
export const createAppCaller = createCaller(appRouter);
