import { createDeployment, createDeploymentInput } from "@/server/services/deployments/create-deployment";
import { getDeployment } from "@/server/services/deployments/get-deployment";
import { listDeploymentRevisions } from "@/server/services/deployments/list-deployment-revisions";
import { listDeployments, listDeploymentsInput } from "@/server/services/deployments/list-deployments";
import { previewDeployment, previewDeploymentInput } from "@/server/services/deployments/preview-deployment";
import { removeDeployment } from "@/server/services/deployments/remove-deployment";
import { restoreDeployment } from "@/server/services/deployments/restore-deployment";
import { setDeploymentEnabled, setDeploymentEnabledInput } from "@/server/services/deployments/set-deployment-enabled";
import { updateDeployment, updateDeploymentInput } from "@/server/services/deployments/update-deployment";
import { idInput } from "@/server/services/parse";
import { procedure, router } from "../init";

export const deploymentsRouter = router({
  list: procedure.read
    .input(listDeploymentsInput)
    .query(({ ctx, input }) => listDeployments({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getDeployment({ ctx: ctx.services, input })),
  preview: procedure.read
    .input(previewDeploymentInput)
    .query(({ ctx, input }) => previewDeployment({ ctx: ctx.services, input })),
  create: procedure.operate
    .input(createDeploymentInput)
    .mutation(({ ctx, input }) => createDeployment({ ctx: ctx.services, input })),
  update: procedure.operate
    .input(updateDeploymentInput)
    .mutation(({ ctx, input }) => updateDeployment({ ctx: ctx.services, input })),
  setEnabled: procedure.operate
    .input(setDeploymentEnabledInput)
    .mutation(({ ctx, input }) => setDeploymentEnabled({ ctx: ctx.services, input })),
  remove: procedure.operate.input(idInput).mutation(({ ctx, input }) => removeDeployment({ ctx: ctx.services, input })),
  restore: procedure.operate
    .input(idInput)
    .mutation(({ ctx, input }) => restoreDeployment({ ctx: ctx.services, input })),
  revisions: procedure.read
    .input(idInput)
    .query(({ ctx, input }) => listDeploymentRevisions({ ctx: ctx.services, input })),
});
