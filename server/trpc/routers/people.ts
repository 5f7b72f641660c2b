import { idInput } from "@/server/services/parse";
import { createPerson, createPersonInput } from "@/server/services/people/create-person";
import { getPerson } from "@/server/services/people/get-person";
import { listPeople, listPeopleInput } from "@/server/services/people/list-people";
import { updatePerson, updatePersonInput } from "@/server/services/people/update-person";
import { procedure, router } from "../init";

export const peopleRouter = router({
  list: procedure.read.input(listPeopleInput).query(({ ctx, input }) => listPeople({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getPerson({ ctx: ctx.services, input })),
  create: procedure.operate
    .input(createPersonInput)
    .mutation(({ ctx, input }) => createPerson({ ctx: ctx.services, input })),
  update: procedure.operate
    .input(updatePersonInput)
    .mutation(({ ctx, input }) => updatePerson({ ctx: ctx.services, input })),
});
