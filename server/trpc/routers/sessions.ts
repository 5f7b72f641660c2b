import { idInput } from "@/server/services/parse";
import { cancelSession } from "@/server/services/sessions/cancel-session";
import { getSession } from "@/server/services/sessions/get-session";
import { listSessionOutput, listSessionOutputInput } from "@/server/services/sessions/list-session-output";
import { listSessions, listSessionsInput } from "@/server/services/sessions/list-sessions";
import { postponeSession } from "@/server/services/sessions/postpone-session";
import { rerunAction, rerunActionInput } from "@/server/services/sessions/rerun-action";
import { runSessionNow } from "@/server/services/sessions/run-session-now";
import { startSession } from "@/server/services/sessions/start-session";
import { startSessions } from "@/server/services/sessions/start-sessions";
import { procedure, router } from "../init";
import { type InputOf, passed } from "../passed";

export const sessionsRouter = router({
  list: procedure.read.input(listSessionsInput).query(({ ctx, input }) => listSessions({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getSession({ ctx: ctx.services, input })),
  output: procedure.read
    .input(listSessionOutputInput)
    .query(({ ctx, input }) => listSessionOutput({ ctx: ctx.services, input })),
  start: procedure.operate
    .input(passed<InputOf<typeof startSession>>())
    .mutation(({ ctx, input }) => startSession({ ctx: ctx.services, input })),
  startMany: procedure.operate
    .input(passed<InputOf<typeof startSessions>>())
    .mutation(({ ctx, input }) => startSessions({ ctx: ctx.services, input })),
  cancel: procedure.operate
    .input(passed<InputOf<typeof cancelSession>>())
    .mutation(({ ctx, input }) => cancelSession({ ctx: ctx.services, input })),
  postpone: procedure.operate
    .input(passed<InputOf<typeof postponeSession>>())
    .mutation(({ ctx, input }) => postponeSession({ ctx: ctx.services, input })),
  runNow: procedure.operate
    .input(passed<InputOf<typeof runSessionNow>>())
    .mutation(({ ctx, input }) => runSessionNow({ ctx: ctx.services, input })),
  rerunAction: procedure.operate
    .input(rerunActionInput)
    .mutation(({ ctx, input }) => rerunAction({ ctx: ctx.services, input })),
});
