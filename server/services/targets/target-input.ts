import { z } from "zod";
import { deploymentScopes, type Target, targetDeviceClasses, targetTypes } from "@/server/core/deployments";
import { targetTypesOfScope } from "@/server/core/targets";

const id = z.number().int().positive().nullable().default(null);
/** Target types that are named by text: what a PSA calls them. */
const namedTypes: readonly string[] = ["psa-agreement-type", "psa-product"];
/** Target types that need neither id nor name. */
const wholeTypes: readonly string[] = ["all", "one-tenant"];

/** A target as a form sends it; what does not belong to its scope and type is refused, not ignored. */
export const targetInput = z
  .strictObject({
    scope: z.enum(deploymentScopes),
    targetType: z.enum(targetTypes),
    targetId: id,
    targetName: z.string().trim().min(1).max(200).nullable().default(null),
    targetTenantId: id,
    includesChildTenants: z.boolean().default(false),
    deviceClass: z.enum(targetDeviceClasses).default("workstations-and-portables"),
  })
  .superRefine((target, context) => {
    for (const [field, message] of problemsOf(target)) context.addIssue({ code: "custom", path: [field], message });
  });

function* problemsOf(target: Target): Generator<[keyof Target, string]> {
  if (!targetTypesOfScope[target.scope].includes(target.targetType)) {
    yield ["targetType", `is not a target of scope “${target.scope}”`];
    return;
  }
  const isNamed = namedTypes.includes(target.targetType);
  const needsId = !isNamed && !wholeTypes.includes(target.targetType);
  if (needsId && target.targetId === null) yield ["targetId", `choose the ${target.targetType}`];
  if (!needsId && target.targetId !== null)
    yield ["targetId", `is not part of a target of type “${target.targetType}”`];
  if (isNamed && target.targetName === null) yield ["targetName", "is missing"];
  if (!isNamed && target.targetName !== null) {
    yield ["targetName", `is not part of a target of type “${target.targetType}”`];
  }
  const needsTenant = target.scope === "tenant" || target.targetType === "one-tenant";
  if (needsTenant && target.targetTenantId === null) yield ["targetTenantId", "choose the tenant"];
  if (!needsTenant && target.targetTenantId !== null) yield ["targetTenantId", "is only for one tenant's targets"];
  if (!needsTenant && target.includesChildTenants) yield ["includesChildTenants", "is only for one tenant's targets"];
}
