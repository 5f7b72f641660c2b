import { archiveComputer } from "@/server/services/computers/archive-computer";
import { explainDeployments, explainDeploymentsInput } from "@/server/services/computers/explain-deployments";
import { getComputer } from "@/server/services/computers/get-computer";
import { getComputerAffinity } from "@/server/services/computers/get-computer-affinity";
import { getComputerInventory, getComputerInventoryInput } from "@/server/services/computers/get-computer-inventory";
import { listComputerSoftware, listComputerSoftwareInput } from "@/server/services/computers/list-computer-software";
import { listComputers, listComputersInput } from "@/server/services/computers/list-computers";
import { updateComputer, updateComputerInput } from "@/server/services/computers/update-computer";
import { idInput } from "@/server/services/parse";
import { procedure, router } from "../init";

export const computersRouter = router({
  list: procedure.read.input(listComputersInput).query(({ ctx, input }) => listComputers({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getComputer({ ctx: ctx.services, input })),
  update: procedure.operate
    .input(updateComputerInput)
    .mutation(({ ctx, input }) => updateComputer({ ctx: ctx.services, input })),
  archive: procedure.operate.input(idInput).mutation(({ ctx, input }) => archiveComputer({ ctx: ctx.services, input })),
  inventory: procedure.read
    .input(getComputerInventoryInput)
    .query(({ ctx, input }) => getComputerInventory({ ctx: ctx.services, input })),
  software: procedure.read
    .input(listComputerSoftwareInput)
    .query(({ ctx, input }) => listComputerSoftware({ ctx: ctx.services, input })),
  deployments: procedure.read
    .input(explainDeploymentsInput)
    .query(({ ctx, input }) => explainDeployments({ ctx: ctx.services, input })),
  affinity: procedure.read.input(idInput).query(({ ctx, input }) => getComputerAffinity({ ctx: ctx.services, input })),
});
