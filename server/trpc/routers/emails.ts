import { getEmail } from "@/server/services/emails/get-email";
import { listEmails } from "@/server/services/emails/list-emails";
import { sendTestEmail } from "@/server/services/emails/send-test-email";
import { procedure, router } from "../init";
import { type InputOf, passed } from "../passed";

export const emailsRouter = router({
  list: procedure.read
    .input(passed<InputOf<typeof listEmails>>())
    .query(({ ctx, input }) => listEmails({ ctx: ctx.services, input })),
  get: procedure.read
    .input(passed<InputOf<typeof getEmail>>())
    .query(({ ctx, input }) => getEmail({ ctx: ctx.services, input })),
  sendTest: procedure.administer
    .input(passed<InputOf<typeof sendTestEmail>>())
    .mutation(({ ctx, input }) => sendTestEmail({ ctx: ctx.services, input })),
});
