import type { DeploymentRule } from "../deployments";
import { describeDeviceClass } from "../sentence";
import type { ApplyCondition, ResolvableComputer, ResolvableItem, RuleName } from "./types";

const shown = (deployment: DeploymentRule): string => `#${deployment.id}`;

/** Why a deployment lost, said from its side. */
const ruleSentences: Readonly<Record<RuleName, (winner: string) => string>> = {
  origin: (winner) => `${winner} is your own, this one is recommended.`,
  scope: (winner) => `${winner} is aimed more narrowly: one computer before one person, one tenant before all.`,
  "nearer-tenant": (winner) => `${winner} is for a tenant nearer to the computer.`,
  phase: (winner) => `${winner} is for onboarding, which the computer is in.`,
  "target-type": (winner) => `${winner} has a more specific kind of target.`,
  "device-class": (winner) => `${winner} is for a narrower device class.`,
  "desired-state": (winner) => `${winner} asks for a stronger state.`,
  newer: (winner) => `${winner} is newer.`,
  "higher-id": (winner) => `${winner} was made at the same moment and has the higher number.`,
};

export const describeDefeat = (winner: DeploymentRule, rule: RuleName): string => ruleSentences[rule](shown(winner));

const dateOf = (atMs: number): string => {
  const date = new Date(atMs);
  return Number.isNaN(date.getTime()) ? "a date that cannot be read" : `${date.toISOString().slice(0, 16)} UTC`;
};

/** Why a deployment does not take part. `nearMiss` is what is known of the key the computer nearly holds. */
export function describeCondition(
  condition: ApplyCondition,
  deployment: DeploymentRule,
  computer: ResolvableComputer,
  item: ResolvableItem | undefined,
  nearMiss: string | null,
): string {
  switch (condition) {
    case "disabled":
      return "It is disabled.";
    case "not-approved":
      return deployment.approval === "dismissed" ? "It was dismissed." : "It is recommended, and nobody approved it.";
    case "not-effective":
      return `It takes effect on ${dateOf(deployment.effectiveFromMs ?? 0).replace("T", " at ")}.`;
    case "target":
      return nearMiss ?? describeMiss(deployment, computer);
    case "device-class":
      return `It is for ${describeDeviceClass(deployment.deviceClass)}; this is a ${computer.deviceClass.replaceAll("-", " ")}.`;
    case "phase":
      return "It is for onboarding only, and this computer is not being onboarded.";
    case "unknown-item":
      return "What it deploys no longer exists.";
    case "platform":
      return `${item?.name ?? "The item"} cannot be used on this computer (${[computer.osFamily, ...computer.packageManagers].join(", ")}).`;
  }
}

function describeMiss(deployment: DeploymentRule, computer: ResolvableComputer): string {
  if (deployment.scope === "tenants") return "It is a cloud task: it applies to tenants, not to computers.";
  if (deployment.targetType === "computer") return "It is for another computer.";
  if (deployment.targetType === "person") {
    return computer.primaryPersonId === null
      ? "It is for a person's computers, and this one has no primary person."
      : "It is for the computers of another person.";
  }
  if (deployment.scope === "tenant" && deployment.targetTenantId !== computer.tenantId) {
    const isBelow =
      deployment.targetTenantId !== null && computer.tenantAncestorIds.includes(deployment.targetTenantId);
    if (!isBelow) return "It is for another tenant.";
    if (!deployment.includesChildTenants) return "It is for the tenant above, without the tenants below it.";
  }
  switch (deployment.targetType) {
    case "tag":
      return "Neither the computer nor its tenant or primary person carries the tag.";
    case "tenant-tag":
      return "The computer's tenant does not carry the tag.";
    case "entra-group":
      return computer.primaryPersonId === null
        ? "It is for people in a group, and this computer has no primary person."
        : "The group does not hold the computer's primary person.";
    case "rmm-group":
    case "rmm-client-group":
      return "The group does not hold the computer.";
    case "filter-script":
    case "metascript":
      return "The script's last good result does not hold the computer.";
    case "psa-product":
      return "No agreement that covers the computer has the product.";
    case "psa-agreement-type":
      return "No agreement of that type covers the computer.";
    default:
      return "The computer is not in its target.";
  }
}
