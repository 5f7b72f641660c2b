import { createEnrollmentKey } from "@/server/services/agents/create-enrollment-key";
import { listEnrollmentKeys } from "@/server/services/agents/list-enrollment-keys";
import { revokeAgent } from "@/server/services/agents/revoke-agent";
import { revokeEnrollmentKey } from "@/server/services/agents/revoke-enrollment-key";
import { procedure, router } from "../init";
import { type InputOf, passed } from "../passed";

export const enrollmentKeysRouter = router({
  list: procedure.administer
    .input(passed<InputOf<typeof listEnrollmentKeys>>())
    .query(({ ctx, input }) => listEnrollmentKeys({ ctx: ctx.services, input })),
  create: procedure.administer
    .input(passed<InputOf<typeof createEnrollmentKey>>())
    .mutation(({ ctx, input }) => createEnrollmentKey({ ctx: ctx.services, input })),
  revoke: procedure.administer
    .input(passed<InputOf<typeof revokeEnrollmentKey>>())
    .mutation(({ ctx, input }) => revokeEnrollmentKey({ ctx: ctx.services, input })),
  revokeAgent: procedure.administer
    .input(passed<InputOf<typeof revokeAgent>>())
    .mutation(({ ctx, input }) => revokeAgent({ ctx: ctx.services, input })),
});
