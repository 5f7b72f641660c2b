import { getItem } from "@/server/services/items/get-item";
import { listItemOptions, listItemOptionsInput } from "@/server/services/items/list-item-options";
import { listItems, listItemsInput } from "@/server/services/items/list-items";
import { idInput } from "@/server/services/parse";
import { procedure, router } from "../init";

export const itemsRouter = router({
  list: procedure.read.input(listItemsInput).query(({ ctx, input }) => listItems({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getItem({ ctx: ctx.services, input })),
  options: procedure.read
    .input(listItemOptionsInput)
    .query(({ ctx, input }) => listItemOptions({ ctx: ctx.services, input })),
});
