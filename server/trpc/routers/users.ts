import { listUsers, listUsersInput } from "@/server/services/users/list-users";
import { setUserAccess, setUserAccessInput } from "@/server/services/users/set-user-access";
import { procedure, router } from "../init";

export const usersRouter = router({
  list: procedure.read.input(listUsersInput).query(({ ctx, input }) => listUsers({ ctx: ctx.services, input })),
  setAccess: procedure.administer
    .input(setUserAccessInput)
    .mutation(({ ctx, input }) => setUserAccess({ ctx: ctx.services, input })),
});
