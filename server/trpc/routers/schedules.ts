import { idInput } from "@/server/services/parse";
import { createSchedule, createScheduleInput } from "@/server/services/schedules/create-schedule";
import { duplicateSchedule } from "@/server/services/schedules/duplicate-schedule";
import { getSchedule } from "@/server/services/schedules/get-schedule";
import { listSchedules, listSchedulesInput } from "@/server/services/schedules/list-schedules";
import { listUpcoming, listUpcomingInput } from "@/server/services/schedules/list-upcoming";
import { previewTarget, previewTargetInput } from "@/server/services/schedules/preview-target";
import { previewTimes, previewTimesInput } from "@/server/services/schedules/preview-times";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { restoreSchedule } from "@/server/services/schedules/restore-schedule";
import { setScheduleEnabled, setScheduleEnabledInput } from "@/server/services/schedules/set-schedule-enabled";
import { updateSchedule, updateScheduleInput } from "@/server/services/schedules/update-schedule";
import { procedure, router } from "../init";

export const schedulesRouter = router({
  list: procedure.read.input(listSchedulesInput).query(({ ctx, input }) => listSchedules({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getSchedule({ ctx: ctx.services, input })),
  upcoming: procedure.read
    .input(listUpcomingInput)
    .query(({ ctx, input }) => listUpcoming({ ctx: ctx.services, input })),
  previewTimes: procedure.read
    .input(previewTimesInput)
    .query(({ ctx, input }) => previewTimes({ ctx: ctx.services, input })),
  previewTarget: procedure.read
    .input(previewTargetInput)
    .query(({ ctx, input }) => previewTarget({ ctx: ctx.services, input })),
  create: procedure.operate
    .input(createScheduleInput)
    .mutation(({ ctx, input }) => createSchedule({ ctx: ctx.services, input })),
  update: procedure.operate
    .input(updateScheduleInput)
    .mutation(({ ctx, input }) => updateSchedule({ ctx: ctx.services, input })),
  setEnabled: procedure.operate
    .input(setScheduleEnabledInput)
    .mutation(({ ctx, input }) => setScheduleEnabled({ ctx: ctx.services, input })),
  remove: procedure.operate.input(idInput).mutation(({ ctx, input }) => removeSchedule({ ctx: ctx.services, input })),
  restore: procedure.operate.input(idInput).mutation(({ ctx, input }) => restoreSchedule({ ctx: ctx.services, input })),
  duplicate: procedure.operate
    .input(idInput)
    .mutation(({ ctx, input }) => duplicateSchedule({ ctx: ctx.services, input })),
});
