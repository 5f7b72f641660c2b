import { idInput } from "@/server/services/parse";
import { archiveTenant, archiveTenantInput } from "@/server/services/tenants/archive-tenant";
import { createTenant, createTenantInput } from "@/server/services/tenants/create-tenant";
import { getTenant } from "@/server/services/tenants/get-tenant";
import { listTenantOptions, listTenantOptionsInput } from "@/server/services/tenants/list-tenant-options";
import { listTenants, listTenantsInput } from "@/server/services/tenants/list-tenants";
import { updateTenant, updateTenantInput } from "@/server/services/tenants/update-tenant";
import { procedure, router } from "../init";

export const tenantsRouter = router({
  list: procedure.read.input(listTenantsInput).query(({ ctx, input }) => listTenants({ ctx: ctx.services, input })),
  options: procedure.read
    .input(listTenantOptionsInput)
    .query(({ ctx, input }) => listTenantOptions({ ctx: ctx.services, input })),
  get: procedure.read.input(idInput).query(({ ctx, input }) => getTenant({ ctx: ctx.services, input })),
  create: procedure.administer
    .input(createTenantInput)
    .mutation(({ ctx, input }) => createTenant({ ctx: ctx.services, input })),
  update: procedure.administer
    .input(updateTenantInput)
    .mutation(({ ctx, input }) => updateTenant({ ctx: ctx.services, input })),
  archive: procedure.administer
    .input(archiveTenantInput)
    .mutation(({ ctx, input }) => archiveTenant({ ctx: ctx.services, input })),
});
