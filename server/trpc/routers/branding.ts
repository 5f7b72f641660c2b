import { getBranding } from "@/server/services/branding/get-branding";
import { updateBranding } from "@/server/services/branding/update-branding";
import { procedure, router } from "../init";
import { type InputOf, passed } from "../passed";

export const brandingRouter = router({
  get: procedure.read
    .input(passed<InputOf<typeof getBranding>>())
    .query(({ ctx, input }) => getBranding({ ctx: ctx.services, input })),
  update: procedure.administer
    .input(passed<InputOf<typeof updateBranding>>())
    .mutation(({ ctx, input }) => updateBranding({ ctx: ctx.services, input })),
});
