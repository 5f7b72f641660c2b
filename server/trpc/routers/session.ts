import { getSignedIn, getSignedInInput } from "@/server/services/users/get-signed-in";
import { procedure, router } from "../init";

export const sessionRouter = router({
  me: procedure.read.input(getSignedInInput).query(({ ctx, input }) => getSignedIn({ ctx: ctx.services, input })),
});
