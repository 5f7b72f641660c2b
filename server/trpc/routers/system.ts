import { describeProcess } from "@/server/describe-process";
import { isDispatchStopped } from "@/server/services/jobs/is-dispatch-stopped";
import { resume } from "@/server/services/jobs/resume";
import { stopAll } from "@/server/services/jobs/stop-all";
import { describeFleet, describeFleetInput } from "@/server/services/system/describe-fleet";
import { procedure, router } from "../init";

export const systemRouter = router({
  status: procedure.read.query(({ ctx }) => isDispatchStopped({ ctx: ctx.services })),
  about: procedure.read.input(describeFleetInput).query(async ({ ctx, input }) => ({
    ...describeProcess(ctx.runtime),
    ...(await describeFleet({ ctx: ctx.services, input })),
  })),
  stopAll: procedure.administer.mutation(({ ctx }) => stopAll({ ctx: ctx.services })),
  resume: procedure.administer.mutation(({ ctx }) => resume({ ctx: ctx.services })),
});
