import { idInput } from "@/server/services/parse";
import { getScript, getScriptInput } from "@/server/services/scripts/get-script";
import { listScriptVersions } from "@/server/services/scripts/list-script-versions";
import { listScripts, listScriptsInput } from "@/server/services/scripts/list-scripts";
import { procedure, router } from "../init";

export const scriptsRouter = router({
  list: procedure.read.input(listScriptsInput).query(({ ctx, input }) => listScripts({ ctx: ctx.services, input })),
  get: procedure.read.input(getScriptInput).query(({ ctx, input }) => getScript({ ctx: ctx.services, input })),
  versions: procedure.read.input(idInput).query(({ ctx, input }) => listScriptVersions({ ctx: ctx.services, input })),
});
