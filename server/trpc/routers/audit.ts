import { listAudit, listAuditInput } from "@/server/services/audit-log/list-audit";
import { verifyAuditChain, verifyAuditChainInput } from "@/server/services/audit-log/verify-audit-chain";
import { procedure, router } from "../init";

export const auditRouter = router({
  list: procedure.read.input(listAuditInput).query(({ ctx, input }) => listAudit({ ctx: ctx.services, input })),
  verifyChain: procedure.read
    .input(verifyAuditChainInput)
    .query(({ ctx, input }) => verifyAuditChain({ ctx: ctx.services, input })),
});
