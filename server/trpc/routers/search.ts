import { searchEverything, searchEverythingInput } from "@/server/services/search/search-everything";
import { procedure, router } from "../init";

export const searchRouter = router({
  everything: procedure.read
    .input(searchEverythingInput)
    .query(({ ctx, input }) => searchEverything({ ctx: ctx.services, input })),
});
