import { describe, expect, it } from "vitest";
import type { DeploymentRule } from "../deployments";
import { compileTargetKey, type TargetKeyEvidence } from "../targets";
import { compareDeployments, resolveComputer } from ".";
import type { ItemResolution, ResolvableComputer, ResolvableItem, ResolveInput } from "./types";

/** CONT-LT-0142: a portable at Contoso's site in Ghent (7), below Contoso (3), below the MSP (1). */
const laptop: ResolvableComputer = {
  id: 142,
  tenantId: 7,
  tenantAncestorIds: [7, 3, 1],
  deviceClass: "portable",
  osFamily: "windows",
  packageManagers: ["winget"],
  primaryPersonId: 9,
};
const reader: ResolvableItem = { id: 10, kind: "software", name: "Adobe Reader", platforms: [{ osFamily: "windows" }] };
const acrobat: ResolvableItem = { id: 11, kind: "software", name: "Adobe Acrobat", platforms: [] };
const jq: ResolvableItem = { id: 12, kind: "software", name: "jq", platforms: [{ osFamily: "linux" }] };
const items = new Map([reader, acrobat, jq].map((item) => [item.id, item]));

const forAll: Omit<DeploymentRule, "id" | "targetKey"> = {
  origin: "mine",
  itemId: reader.id,
  desiredState: "installed-latest",
  version: null,
  scope: "cross-tenant",
  targetType: "all",
  targetId: null,
  targetName: null,
  targetTenantId: null,
  includesChildTenants: false,
  deviceClass: "workstations-and-portables",
  phase: "always",
  enabled: true,
  approval: null,
  effectiveFromMs: null,
  createdAtMs: 1000,
};
const deploy = (id: number, changes: Partial<DeploymentRule> = {}): DeploymentRule => {
  const rule = { ...forAll, ...changes, id, targetKey: "" };
  return { ...rule, targetKey: compileTargetKey(rule) };
};
const atTenant = (tenantId: number, changes: Partial<DeploymentRule> = {}): Partial<DeploymentRule> => ({
  scope: "tenant",
  targetTenantId: tenantId,
  includesChildTenants: tenantId !== 7,
  ...changes,
});
const forThis: Partial<DeploymentRule> = { scope: "individual", targetType: "computer", targetId: 142 };
const forPerson: Partial<DeploymentRule> = { scope: "individual", targetType: "person", targetId: 9 };

const held = (...keys: string[]): TargetKeyEvidence[] =>
  keys.map((key) => ({ key, sentence: `It holds ${key}.`, source: { table: "test", id: 1 } }));
const everyKey = held(
  "all",
  "tenant:7",
  "tenant+:7",
  "tenant+:3",
  "tenant+:1",
  "computer:142",
  "person:9",
  "tag:5",
  "tenant:7/tag:5",
  "tenant+:3/tag:5",
  "tenant:7/group:6",
  "tenant:7/filter-script:4",
  "tenant:7/metascript:4",
  "product:=edr",
  "agreement-type:=managed",
  "tenant-tag:8",
  "group:20",
);
const ask = (deployments: DeploymentRule[], changes: Partial<ResolveInput> = {}): ItemResolution[] =>
  resolveComputer({ computer: laptop, keys: everyKey, deployments, items, phase: "normal", nowMs: 5000, ...changes });

describe("each rule of chapter 6 decides before those after it", () => {
  const weak = { desiredState: "update-if-found", deviceClass: "any", createdAtMs: 1 } as const;
  const strong = { desiredState: "ignored", deviceClass: "primary-domain-controllers", createdAtMs: 9 } as const;
  const tag = { targetType: "tag", targetId: 5 } as const;

  it.each<[string, Partial<DeploymentRule>, Partial<DeploymentRule>]>([
    ["origin", { ...weak }, { ...strong, ...forThis, origin: "recommended", approval: "approved" }],
    ["scope", { ...weak, ...forThis }, { ...strong, ...forPerson }],
    ["scope", { ...weak, ...forPerson }, atTenant(7, { ...strong, ...tag })],
    ["scope", atTenant(1, weak), { ...strong, ...tag }],
    ["nearer-tenant", atTenant(7, weak), atTenant(3, { ...strong, ...tag, phase: "onboarding" })],
    ["nearer-tenant", atTenant(3, weak), atTenant(1, { ...strong, ...tag })],
    ["phase", { ...weak, phase: "onboarding" }, { ...strong, ...tag }],
    ["target-type", { ...weak, ...tag }, { ...strong, targetType: "filter-script", targetId: 4 }],
    ["target-type", { ...weak, targetType: "filter-script" }, { ...strong, targetType: "metascript" }],
    [
      "target-type",
      atTenant(7, { ...weak, targetType: "metascript" }),
      atTenant(7, { ...strong, targetType: "entra-group" }),
    ],
    [
      "target-type",
      atTenant(7, { ...weak, targetType: "entra-group" }),
      atTenant(7, { ...strong, targetType: "rmm-group" }),
    ],
    ["target-type", { ...weak, targetType: "rmm-client-group" }, { ...strong, targetType: "psa-product" }],
    ["target-type", { ...weak, targetType: "psa-product" }, { ...strong, targetType: "psa-agreement-type" }],
    ["target-type", { ...weak, targetType: "psa-agreement-type" }, { ...strong, targetType: "tenant-tag" }],
    ["target-type", { ...weak, targetType: "tenant-tag" }, strong],
    [
      "device-class",
      { ...weak, deviceClass: "primary-domain-controllers" },
      { ...strong, deviceClass: "domain-controllers" },
    ],
    ["device-class", { ...weak, deviceClass: "domain-controllers" }, { ...strong, deviceClass: "servers" }],
    ["device-class", { ...weak, deviceClass: "portables" }, { ...strong, deviceClass: "workstations-and-portables" }],
    ["device-class", { ...weak, deviceClass: "workstations-and-portables" }, { ...strong, deviceClass: "any" }],
    ["desired-state", { desiredState: "ignored", createdAtMs: 1 }, { desiredState: "uninstalled", createdAtMs: 9 }],
    ["desired-state", { desiredState: "uninstalled" }, { desiredState: "installed-specific", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "installed-specific" }, { desiredState: "installed-minimum", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "installed-maximum" }, { desiredState: "installed-latest", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "installed-latest" }, { desiredState: "installed-any", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "installed-any" }, { desiredState: "update-if-found", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "enforce" }, { desiredState: "audit", createdAtMs: 9000 }],
    ["desired-state", { desiredState: "audit" }, { desiredState: "monitor", createdAtMs: 9000 }],
    ["newer", { createdAtMs: 2000 }, { createdAtMs: 1999 }],
    [
      "newer",
      { desiredState: "installed-maximum", createdAtMs: 2 },
      { desiredState: "installed-minimum", createdAtMs: 1 },
    ],
    ["newer", { deviceClass: "servers", createdAtMs: 2 }, { deviceClass: "portables", createdAtMs: 1 }],
  ])("%s", (rule, better, worse) => {
    // The better one has the lower id, so that nothing but the rule can decide for it.
    const [a, b] = [deploy(1, better), deploy(2, worse)];
    expect(compareDeployments(a, b, laptop)).toEqual({ order: -1, rule });
    expect(compareDeployments(b, a, laptop)).toEqual({ order: 1, rule });
  });

  it("higher-id, when nothing else differs", () => {
    expect(compareDeployments(deploy(2), deploy(1), laptop)).toEqual({ order: -1, rule: "higher-id" });
  });
});

describe("the exception pattern", () => {
  it("Reader off and Acrobat on at Contoso both win there, and nothing else changes", () => {
    const deployments = [
      deploy(1),
      deploy(2, atTenant(3, { desiredState: "uninstalled" })),
      deploy(3, atTenant(3, { itemId: acrobat.id })),
    ];
    const [readerHere, acrobatHere] = ask(deployments);
    expect(readerHere?.winner?.id).toBe(2);
    expect(readerHere?.losers).toEqual([
      {
        deployment: deployments[0],
        beatenBy: "scope",
        sentence: "#2 is aimed more narrowly: one computer before one person, one tenant before all.",
      },
    ]);
    expect(acrobatHere?.winner?.id).toBe(3);
    const elsewhere = { ...laptop, tenantId: 8, tenantAncestorIds: [8, 1] };
    const [readerThere, acrobatThere] = ask(deployments, { computer: elsewhere, keys: held("all", "tenant+:1") });
    expect(readerThere?.winner?.id).toBe(1);
    expect(acrobatThere?.winner).toBeNull();
    expect(acrobatThere?.notApplied[0]?.sentence).toBe("It is for another tenant.");
  });

  it("an ignored CNC machine is left alone, and its trace says by which deployment", () => {
    const [answer] = ask([deploy(1), deploy(2, { ...forThis, desiredState: "ignored" })]);
    expect(answer?.winner?.desiredState).toBe("ignored");
    expect(answer?.losers.map((loser) => loser.deployment.id)).toEqual([1]);
  });
});

describe("why a deployment does not apply: the first condition that fails", () => {
  it.each<[string, Partial<DeploymentRule>, Partial<ResolveInput>, string, string]>([
    ["disabled", { enabled: false, deviceClass: "servers" }, {}, "disabled", "It is disabled."],
    ["nobody approved", { origin: "recommended" }, {}, "not-approved", "It is recommended, and nobody approved it."],
    ["dismissed", { origin: "recommended", approval: "dismissed" }, {}, "not-approved", "It was dismissed."],
    [
      "later",
      { effectiveFromMs: Date.UTC(2026, 11, 1, 8) },
      { nowMs: Date.UTC(2026, 11, 1, 8) - 1 },
      "not-effective",
      "It takes effect on 2026-12-01 at 08:00 UTC.",
    ],
    ["class", { deviceClass: "servers" }, {}, "device-class", "It is for servers; this is a portable."],
    [
      "onboarding",
      { phase: "onboarding" },
      {},
      "phase",
      "It is for onboarding only, and this computer is not being onboarded.",
    ],
    ["gone", { itemId: 99 }, {}, "unknown-item", "What it deploys no longer exists."],
    ["platform", { itemId: jq.id }, {}, "platform", "jq cannot be used on this computer (windows, winget)."],
    ["cloud", { scope: "tenants" }, {}, "target", "It is a cloud task: it applies to tenants, not to computers."],
    ["other computer", { ...forThis, targetId: 1 }, {}, "target", "It is for another computer."],
    ["other person", { ...forPerson, targetId: 1 }, {}, "target", "It is for the computers of another person."],
    [
      "nobody",
      { ...forPerson, targetId: 1 },
      { computer: { ...laptop, primaryPersonId: null } },
      "target",
      "It is for a person's computers, and this one has no primary person.",
    ],
    ["other tenant", atTenant(8), {}, "target", "It is for another tenant."],
    [
      "tenant above",
      atTenant(3, { includesChildTenants: false }),
      {},
      "target",
      "It is for the tenant above, without the tenants below it.",
    ],
    [
      "tag",
      { targetType: "tag", targetId: 77 },
      {},
      "target",
      "Neither the computer nor its tenant or primary person carries the tag.",
    ],
    [
      "group",
      atTenant(7, { targetType: "entra-group", targetId: 77 }),
      {},
      "target",
      "The group does not hold the computer's primary person.",
    ],
    [
      "product",
      { targetType: "psa-product", targetName: "Backup" },
      {
        missedKeys: [
          { key: "product:=backup", sentence: "Backup ended on 2026-10-31.", source: { table: "t", id: 1 } },
        ],
      },
      "target",
      "Backup ended on 2026-10-31.",
    ],
  ])("%s", (_name, changes, input, condition, sentence) => {
    const [answer] = ask([deploy(1, changes)], input);
    expect(answer?.winner).toBeNull();
    expect(answer?.notApplied).toEqual([{ deployment: deploy(1, changes), condition, sentence }]);
  });

  it("an individual computer is meant whatever its class, a person's computers are not", () => {
    const [own] = ask([deploy(1, { ...forThis, deviceClass: "servers" })]);
    expect(own?.winner?.id).toBe(1);
    const [persons] = ask([deploy(1, { ...forPerson, deviceClass: "servers" })]);
    expect(persons?.notApplied[0]?.condition).toBe("device-class");
  });

  it("an onboarding-only deployment takes part during onboarding, and beats an always-on one", () => {
    const [answer] = ask([deploy(1, { phase: "onboarding" }), deploy(2)], { phase: "onboarding" });
    expect(answer?.winner?.id).toBe(1);
    expect(answer?.losers[0]?.beatenBy).toBe("phase");
  });

  it("takes effect at the very moment it says", () => {
    expect(ask([deploy(1, { effectiveFromMs: 5000 })])[0]?.winner?.id).toBe(1);
  });
});

it("the trace rests on the evidence of the deployments that apply, and only on that", () => {
  const [answer] = ask([
    deploy(1),
    deploy(2, { ...forThis }),
    deploy(3, { targetType: "tag", targetId: 5, enabled: false }),
  ]);
  expect(answer?.evidence.map((evidence) => evidence.key)).toEqual(["all", "computer:142"]);
});

it("answers are sorted by item, losers best first, and what did not apply by id", () => {
  const answers = ask([
    deploy(9, { itemId: acrobat.id }),
    deploy(5, { enabled: false }),
    deploy(4, { enabled: false }),
    deploy(3),
    deploy(2, { createdAtMs: 3000 }),
    deploy(1, forThis),
  ]);
  expect(answers.map((answer) => answer.itemId)).toEqual([10, 11]);
  expect(answers[0]?.losers.map((loser) => loser.deployment.id)).toEqual([2, 3]);
  expect(answers[0]?.notApplied.map((other) => other.deployment.id)).toEqual([4, 5]);
});
