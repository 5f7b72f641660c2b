import { idInput } from "@/server/services/parse";
import { assignTag, assignTagInput } from "@/server/services/tags/assign-tag";
import { createTag, createTagInput } from "@/server/services/tags/create-tag";
import { listTags, listTagsInput } from "@/server/services/tags/list-tags";
import { removeTag } from "@/server/services/tags/remove-tag";
import { procedure, router } from "../init";

export const tagsRouter = router({
  list: procedure.read.input(listTagsInput).query(({ ctx, input }) => listTags({ ctx: ctx.services, input })),
  create: procedure.operate.input(createTagInput).mutation(({ ctx, input }) => createTag({ ctx: ctx.services, input })),
  assign: procedure.operate.input(assignTagInput).mutation(({ ctx, input }) => assignTag({ ctx: ctx.services, input })),
  remove: procedure.operate.input(idInput).mutation(({ ctx, input }) => removeTag({ ctx: ctx.services, input })),
});
