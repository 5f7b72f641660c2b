import { describe, expect, it } from "vitest";
import { type Target, targetDeviceClasses } from "./deployments";
import { type DescribableDeployment, describeDeployment, formatVersionShort } from "./sentence";
import { targetTypesOfScope } from "./targets";

const atContoso: Target = {
  scope: "tenant",
  targetType: "all",
  targetId: null,
  targetName: null,
  targetTenantId: 7,
  includesChildTenants: false,
  deviceClass: "workstations-and-portables",
};
const acrobat: DescribableDeployment = {
  target: atContoso,
  desiredState: "installed-latest",
  version: null,
  phase: "always",
  item: { name: "Adobe Acrobat", kind: "software" },
  names: { tenant: "Contoso", target: null },
};
const say = (changes: Partial<DescribableDeployment>, target: Partial<Target> = {}): string =>
  describeDeployment({ ...acrobat, ...changes, target: { ...atContoso, ...target } });
const across = { scope: "cross-tenant", targetTenantId: null } as const;
const named = (target: string) => ({ names: { tenant: "Contoso", target } });
const firewall = { item: { name: "Firewall on", kind: "task" } } as const;

describe("a deployment in words", () => {
  it.each<[Partial<DescribableDeployment>, Partial<Target>, string]>([
    [{}, {}, "Workstations and portables at Contoso should have the latest Adobe Acrobat."],
    [
      {},
      { includesChildTenants: true, deviceClass: "servers" },
      "Servers at Contoso and the tenants below it should have the latest Adobe Acrobat.",
    ],
    [{}, { ...across, deviceClass: "any" }, "Computers at every tenant should have the latest Adobe Acrobat."],
    [
      named("Finance"),
      { targetType: "entra-group" },
      "Workstations and portables of people in the group Finance at Contoso should have the latest Adobe Acrobat.",
    ],
    [
      named("Kiosk"),
      { ...across, targetType: "tag" },
      "Workstations and portables tagged Kiosk should have the latest Adobe Acrobat.",
    ],
    [
      named("EDR"),
      { ...across, targetType: "psa-product" },
      "Workstations and portables covered by an agreement with EDR should have the latest Adobe Acrobat.",
    ],
    [
      named("Managed"),
      { ...across, targetType: "psa-agreement-type" },
      "Workstations and portables covered by a Managed agreement should have the latest Adobe Acrobat.",
    ],
    [
      named("Gold"),
      { ...across, targetType: "tenant-tag" },
      "Workstations and portables at tenants tagged Gold should have the latest Adobe Acrobat.",
    ],
    [
      named("CNC-1"),
      { scope: "individual", targetType: "computer", deviceClass: "servers" },
      "The computer CNC-1 should have the latest Adobe Acrobat.",
    ],
    [
      named("Ada"),
      { scope: "individual", targetType: "person" },
      "The workstations and portables that Ada mainly uses should have the latest Adobe Acrobat.",
    ],
    [
      { desiredState: "installed-specific", version: "25.3" },
      {},
      "Workstations and portables at Contoso should have Adobe Acrobat 25.3.",
    ],
    [
      { desiredState: "installed-minimum", version: "25.3" },
      {},
      "Workstations and portables at Contoso should have Adobe Acrobat 25.3 or newer.",
    ],
    [
      { desiredState: "installed-maximum", version: "25.3" },
      {},
      "Workstations and portables at Contoso should have Adobe Acrobat 25.3 at the newest.",
    ],
    [
      { desiredState: "installed-any" },
      {},
      "Workstations and portables at Contoso should have Adobe Acrobat, whichever version.",
    ],
    [{ desiredState: "uninstalled" }, {}, "Workstations and portables at Contoso should not have Adobe Acrobat."],
    [
      { desiredState: "update-if-found" },
      {},
      "Workstations and portables at Contoso should have the latest Adobe Acrobat where it is installed.",
    ],
    [{ desiredState: "ignored" }, {}, "Workstations and portables at Contoso should keep Adobe Acrobat as it is."],
    [
      { ...firewall, desiredState: "enforce" },
      {},
      "Workstations and portables at Contoso should have the task Firewall on enforced.",
    ],
    [
      { ...firewall, desiredState: "audit" },
      {},
      "Workstations and portables at Contoso should be audited for Firewall on.",
    ],
    [
      { ...firewall, desiredState: "monitor" },
      {},
      "Workstations and portables at Contoso should have Firewall on recorded.",
    ],
    [
      { ...firewall, desiredState: "ignored" },
      {},
      "Workstations and portables at Contoso should be left alone by the task Firewall on.",
    ],
    [
      { phase: "onboarding" },
      {},
      "During onboarding, workstations and portables at Contoso should have the latest Adobe Acrobat.",
    ],
    [
      { ...firewall, desiredState: "enforce" },
      { scope: "tenants", targetType: "one-tenant" },
      "The tenant Contoso should have the task Firewall on enforced.",
    ],
    [
      { ...firewall, desiredState: "audit" },
      { scope: "tenants", targetType: "all" },
      "All tenants should be audited for Firewall on.",
    ],
    [
      { names: { tenant: null, target: null } },
      { targetType: "tag", targetId: 3 },
      "Workstations and portables tagged #3 at tenant #7 should have the latest Adobe Acrobat.",
    ],
  ])("%o %o", (changes, target, sentence) => {
    expect(say(changes, target)).toBe(sentence);
  });

  it("is a sentence for every target and class there is", () => {
    for (const [scope, types] of Object.entries(targetTypesOfScope)) {
      for (const targetType of types) {
        for (const deviceClass of targetDeviceClasses) {
          const target = { ...atContoso, scope: scope as Target["scope"], targetType, deviceClass };
          expect(describeDeployment({ ...acrobat, ...named("X"), target })).toMatch(
            /^[A-Z][^?]* should have the latest Adobe Acrobat\.$/,
          );
        }
      }
    }
  });
});

describe("a version as people say it", () => {
  it.each([
    ["1:2.3-4+deb12u1", "2.3"],
    ["7.76.1-29.el9_4.1", "7.76.1"],
    ["v1.2.3", "1.2.3"],
    ["24.09", "24.09"],
    ["1.2.3+build5", "1.2.3"],
    ["10.0.19045 (WinBuild)", "10.0.19045"],
    ["1.7~rc1", "1.7~rc1"],
    ["odd one", "odd one"],
    ["", ""],
  ])("%s is %s", (version, expected) => {
    expect(formatVersionShort(version)).toBe(expected);
  });
});
