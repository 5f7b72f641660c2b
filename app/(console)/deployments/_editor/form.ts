import type { Inputs, Outputs } from "@/app/_trpc/client";

type Deployment = Outputs["deployments"]["get"];
export type Draft = Inputs["deployments"]["create"]["draft"];
type Target = Draft["target"];
export type DeviceClass = NonNullable<Target["deviceClass"]>;
export type ParameterValues = NonNullable<Draft["parameters"]>;

export interface Named {
  readonly id: number;
  readonly name: string;
}

/** What the editor holds. Every part is kept while others change, so that going back loses nothing. */
export interface DeploymentForm {
  readonly item: (Named & { readonly kind: "software" | "task" }) | null;
  readonly softwareState: "installed" | "uninstalled" | "update-if-found" | "ignored";
  readonly versionRule: "latest" | "specific" | "minimum" | "maximum" | "any";
  readonly version: string;
  readonly taskState: "enforce" | "audit" | "monitor" | "ignored";
  readonly reach: "computer" | "person" | "tenant" | "cross-tenant";
  readonly computer: Named | null;
  readonly person: Named | null;
  readonly tenant: Named | null;
  readonly includesChildTenants: boolean;
  /** Within a tenant or across them: everything, or what carries a tag. */
  readonly membership: "all" | "tag" | "tenant-tag";
  readonly tag: Named | null;
  readonly deviceClass: DeviceClass;
  readonly phase: "always" | "onboarding";
  /** As `datetime-local` writes it, in the viewer's zone; empty is at once. */
  readonly effectiveFrom: string;
  readonly parameters: ParameterValues;
  readonly note: string;
  readonly enabled: boolean;
  /** A target that this editor cannot make, kept as it is. */
  readonly keptTarget: { readonly target: Target; readonly label: string } | null;
}

export const emptyForm: DeploymentForm = {
  item: null,
  softwareState: "installed",
  versionRule: "latest",
  version: "",
  taskState: "enforce",
  reach: "tenant",
  computer: null,
  person: null,
  tenant: null,
  includesChildTenants: true,
  membership: "all",
  tag: null,
  deviceClass: "workstations-and-portables",
  phase: "always",
  effectiveFrom: "",
  parameters: {},
  note: "",
  enabled: true,
  keptTarget: null,
};

export type FormProblems = Partial<Record<"item" | "version" | "computer" | "person" | "tenant" | "tag", string>>;

/** What is missing, by field. */
export function problemsOf(form: DeploymentForm): FormProblems {
  const problems: FormProblems = {};
  if (form.item === null) problems.item = "choose a software or a task";
  if (needsVersion(form) && form.version.trim() === "") problems.version = "is missing";
  if (form.keptTarget) return problems;
  if (form.reach === "computer" && form.computer === null) problems.computer = "choose the computer";
  if (form.reach === "person" && form.person === null) problems.person = "choose the person";
  if (form.reach === "tenant" && form.tenant === null) problems.tenant = "choose the tenant";
  const isGroup = form.reach === "tenant" || form.reach === "cross-tenant";
  if (isGroup && membershipOf(form) !== "all" && form.tag === null) problems.tag = "choose the tag";
  return problems;
}

export const needsVersion = (form: DeploymentForm) =>
  form.item?.kind !== "task" &&
  form.softwareState === "installed" &&
  ["specific", "minimum", "maximum"].includes(form.versionRule);

/** A tenant's tag is chosen across tenants only. */
export const membershipOf = (form: DeploymentForm) =>
  form.reach === "tenant" && form.membership === "tenant-tag" ? "all" : form.membership;

export function stateOf(form: DeploymentForm): Draft["desiredState"] {
  if (form.item?.kind === "task") return form.taskState;
  return form.softwareState === "installed" ? `installed-${form.versionRule}` : form.softwareState;
}

export function targetOf(form: DeploymentForm): Target {
  if (form.keptTarget) return { ...form.keptTarget.target, deviceClass: form.deviceClass };
  const common = { targetName: null, deviceClass: form.deviceClass };
  if (form.reach === "computer" || form.reach === "person") {
    const chosen = form.reach === "computer" ? form.computer : form.person;
    return {
      ...common,
      scope: "individual",
      targetType: form.reach,
      targetId: chosen?.id ?? null,
      targetTenantId: null,
      includesChildTenants: false,
    };
  }
  const targetType = membershipOf(form);
  const inTenant = form.reach === "tenant";
  return {
    ...common,
    scope: inTenant ? "tenant" : "cross-tenant",
    targetType,
    targetId: targetType === "all" ? null : (form.tag?.id ?? null),
    targetTenantId: inTenant ? (form.tenant?.id ?? null) : null,
    includesChildTenants: inTenant && form.includesChildTenants,
  };
}

/** The form as the server takes it; null while something is missing. */
export function draftOf(form: DeploymentForm): Draft | null {
  if (form.item === null || Object.keys(problemsOf(form)).length > 0) return null;
  return {
    itemId: form.item.id,
    desiredState: stateOf(form),
    version: needsVersion(form) ? form.version.trim() : null,
    target: targetOf(form),
    phase: form.phase,
    effectiveFrom: form.effectiveFrom === "" ? null : new Date(form.effectiveFrom),
    parameters: form.item.kind === "task" ? form.parameters : {},
    note: form.note,
    enabled: form.enabled,
  };
}

const versionRules = ["latest", "specific", "minimum", "maximum", "any"] as const;
const taskStates = ["enforce", "audit", "monitor", "ignored"] as const;

/** A saved deployment as a form. `writeLocal` writes a moment as `datetime-local` does, in the viewer's zone. */
export function formOf(saved: Deployment, writeLocal: (moment: Date) => string): DeploymentForm {
  const { desiredState, targetType, targetId } = saved;
  const rule = versionRules.find((each) => desiredState === `installed-${each}`);
  const taskState = taskStates.find((each) => each === desiredState);
  const label = saved.targetLabel ?? (targetId === null ? "" : `#${targetId}`);
  const named = targetId === null ? null : { id: targetId, name: label };
  const isGroup = saved.scope === "tenant" || saved.scope === "cross-tenant";
  const membership = targetType === "all" || targetType === "tag" || targetType === "tenant-tag" ? targetType : null;
  const isMade = (isGroup && membership !== null) || targetType === "computer" || targetType === "person";
  return {
    ...emptyForm,
    item: { id: saved.itemId, name: saved.itemName, kind: saved.itemKind },
    ...(rule ? { softwareState: "installed" as const, versionRule: rule } : {}),
    ...(desiredState === "uninstalled" || desiredState === "update-if-found" || desiredState === "ignored"
      ? { softwareState: desiredState }
      : {}),
    ...(taskState ? { taskState } : {}),
    version: saved.version ?? "",
    reach:
      targetType === "computer" || targetType === "person"
        ? targetType
        : saved.scope === "cross-tenant"
          ? "cross-tenant"
          : "tenant",
    computer: targetType === "computer" ? named : null,
    person: targetType === "person" ? named : null,
    tenant:
      saved.targetTenantId === null
        ? null
        : { id: saved.targetTenantId, name: saved.targetTenantName ?? `#${saved.targetTenantId}` },
    includesChildTenants: saved.includesChildTenants,
    membership: membership ?? "all",
    tag: membership === "tag" || membership === "tenant-tag" ? named : null,
    deviceClass: saved.deviceClass,
    phase: saved.phase,
    effectiveFrom: saved.effectiveFrom ? writeLocal(saved.effectiveFrom) : "",
    parameters: saved.parameters,
    note: saved.note,
    enabled: saved.enabled,
    keptTarget: isMade
      ? null
      : {
          label,
          target: {
            scope: saved.scope,
            targetType,
            targetId,
            targetName: saved.targetName,
            targetTenantId: saved.targetTenantId,
            includesChildTenants: saved.includesChildTenants,
            deviceClass: saved.deviceClass,
          },
        },
  };
}
