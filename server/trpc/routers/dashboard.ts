import { getSummary, getSummaryInput } from "@/server/services/dashboard/get-summary";
import { procedure, router } from "../init";

export const dashboardRouter = router({
  summary: procedure.read.input(getSummaryInput).query(({ ctx, input }) => getSummary({ ctx: ctx.services, input })),
});
