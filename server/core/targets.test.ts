import { describe, expect, it } from "vitest";
import { deviceClass } from "@/server/agents/wire";
import { type Target, targetDeviceClasses } from "./deployments";
import {
  type AgreementFact,
  admitsDeviceClass,
  admitsPlatform,
  compileComputerKeys,
  compileTargetKey,
  compileTenantKeys,
  explainComputerKeys,
  type MembershipFacts,
} from "./targets";

/** CONT-LT-0142 at Contoso's site in Ghent (7), below Contoso (3), below the MSP (1); Ada mainly uses it. */
const laptop: MembershipFacts = {
  computer: { id: 142, name: "CONT-LT-0142", tenantId: 7, tenantAncestorIds: [7, 3, 1] },
  tenantNames: new Map([
    [1, "MSP"],
    [3, "Contoso"],
    [7, "Contoso Ghent"],
  ]),
  primaryPerson: { id: 9, name: "Ada" },
  optsOutOfCrossTenant: false,
  tags: [],
  groups: [],
  groupMembers: [],
  agreements: [],
  filters: [],
};
const keysOf = (facts: Partial<MembershipFacts>): string[] =>
  compileComputerKeys({ ...laptop, ...facts }).map((evidence) => evidence.key);
const sentenceFor = (facts: Partial<MembershipFacts>, key: string): string | undefined =>
  compileComputerKeys({ ...laptop, ...facts }).find((evidence) => evidence.key === key)?.sentence;
const missFor = (facts: Partial<MembershipFacts>, key: string): string | undefined =>
  explainComputerKeys({ ...laptop, ...facts }).missed.find((evidence) => evidence.key === key)?.sentence;
const bareKeys = ["all", "computer:142", "person:9", "tenant+:1", "tenant+:3", "tenant+:7", "tenant:7"];

const target: Target = {
  scope: "cross-tenant",
  targetType: "all",
  targetId: null,
  targetName: null,
  targetTenantId: null,
  includesChildTenants: false,
  deviceClass: "any",
};

describe("the key of a target", () => {
  it.each<[Partial<Target>, string]>([
    [{ scope: "individual", targetType: "computer", targetId: 5 }, "computer:5"],
    [{ scope: "individual", targetType: "person", targetId: 9 }, "person:9"],
    [{ scope: "tenant", targetTenantId: 7 }, "tenant:7"],
    [{ scope: "tenant", targetTenantId: 7, includesChildTenants: true }, "tenant+:7"],
    [{ scope: "tenant", targetTenantId: 7, targetType: "tag", targetId: 3 }, "tenant:7/tag:3"],
    [{ scope: "tenant", targetTenantId: 7, targetType: "entra-group", targetId: 3 }, "tenant:7/group:3"],
    [
      { scope: "tenant", targetTenantId: 7, includesChildTenants: true, targetType: "tag", targetId: 3 },
      "tenant+:7/tag:3",
    ],
    [{}, "all"],
    [{ targetType: "rmm-client-group", targetId: 12 }, "group:12"],
    [{ targetType: "tag", targetId: 3 }, "tag:3"],
    [{ targetType: "tenant-tag", targetId: 4 }, "tenant-tag:4"],
    [{ targetType: "filter-script", targetId: 2 }, "filter-script:2"],
    [{ targetType: "metascript", targetId: 2 }, "metascript:2"],
    [{ targetType: "psa-agreement-type", targetName: " Managed  Services " }, "agreement-type:=managed services"],
    [{ targetType: "psa-product", targetName: "EDR" }, "product:=edr"],
    [{ targetType: "tag", targetId: null }, "tag:none"],
    [{ targetType: "psa-product", targetName: "none" }, "product:=none"],
    [{ targetType: "psa-product", targetName: null }, "product:none"],
    [{ scope: "tenants", targetType: "one-tenant", targetTenantId: 7 }, "cloud:tenant:7"],
    [{ scope: "tenants", targetType: "all" }, "cloud:all"],
    [{ scope: "tenants", targetType: "tenant-tag", targetId: 4 }, "cloud:tenant-tag:4"],
  ])("%j is %s", (changes, key) => {
    expect(compileTargetKey({ ...target, ...changes })).toBe(key);
  });
});

describe("a computer's keys", () => {
  it("are those of itself, its person and its place in the tree when nothing else is known", () => {
    expect(keysOf({})).toEqual(bareKeys);
    expect(sentenceFor({}, "person:9")).toBe("Ada is its primary person.");
    expect(sentenceFor({}, "all")).toBe("This computer is at Contoso Ghent.");
  });

  it.each([
    ["computer", "The tag Kiosk is on this computer.", false],
    ["tenant", "The tag Kiosk is on Contoso Ghent.", true],
    ["person", "The tag Kiosk is on Ada.", false],
  ] as const)("a tag on its %s reaches it in every scope", (on, sentence, isTenantTag) => {
    const tags = [{ assignmentId: 50, tagId: 5, tagName: "Kiosk", tagTenantId: null, on }];
    const added = ["tag:5", "tenant+:1/tag:5", "tenant+:3/tag:5", "tenant+:7/tag:5", "tenant:7/tag:5"];
    if (isTenantTag) added.push("tenant-tag:5");
    expect(keysOf({ tags })).toEqual([...bareKeys, ...added].sort());
    expect(sentenceFor({ tags }, "tenant:7/tag:5")).toBe(sentence);
  });

  it("one key with several reasons is one entry, the strongest first and the others beside it", () => {
    const tag = { tagId: 5, tagName: "Kiosk", tagTenantId: null };
    const tags = [
      { ...tag, assignmentId: 51, on: "tenant" as const },
      { ...tag, assignmentId: 50, on: "computer" as const },
    ];
    const found = compileComputerKeys({ ...laptop, tags }).filter((evidence) => evidence.key === "tag:5");
    expect(found).toHaveLength(1);
    expect(found[0]?.source.id).toBe(50);
    expect(found[0]?.further?.map((evidence) => evidence.source.id)).toEqual([51]);
  });

  it("another tenant's tag, group or filter reaches nobody, and says so", () => {
    const tags = [{ assignmentId: 50, tagId: 5, tagName: "Kiosk", tagTenantId: 8, on: "computer" as const }];
    const groups = [{ id: 6, kind: "entra-group" as const, name: "Finance", tenantId: 8, vanished: false }];
    const groupMembers = [{ id: 60, groupId: 6, member: { kind: "person" as const, id: 9 } }];
    const filters = [{ filterId: 4, kind: "filter-script" as const, name: "Old BIOS", tenantId: 8 }];
    const facts = { tags, groups, groupMembers, filters };
    expect(keysOf(facts)).toEqual(bareKeys);
    expect(missFor(facts, "tag:5")).toBe("The tag Kiosk is another tenant's.");
    expect(missFor(facts, "tenant+:3/group:6")).toBe("The group Finance is another tenant's.");
    expect(missFor(facts, "filter-script:4")).toBe("The filter Old BIOS is another tenant's.");
  });

  it("a tenant that opts out leaves the targets across tenants and keeps its own", () => {
    const tags = [{ assignmentId: 50, tagId: 5, tagName: "Kiosk", tagTenantId: null, on: "computer" as const }];
    const facts = { tags, optsOutOfCrossTenant: true };
    expect(keysOf(facts)).toEqual(
      [...bareKeys.slice(1), "tenant+:1/tag:5", "tenant+:3/tag:5", "tenant+:7/tag:5", "tenant:7/tag:5"].sort(),
    );
    expect(missFor(facts, "all")).toBe("Contoso Ghent has opted out of deployments across tenants.");
    expect(missFor(facts, "tag:5")).toBe("Contoso Ghent has opted out of deployments across tenants.");
  });

  it("a computer without a primary person has no person's memberships", () => {
    const groups = [{ id: 6, kind: "entra-group" as const, name: "Finance", tenantId: 3, vanished: false }];
    const groupMembers = [{ id: 60, groupId: 6, member: { kind: "person" as const, id: 9 } }];
    expect(keysOf({ primaryPerson: null, groups, groupMembers })).toEqual(bareKeys.filter((key) => key !== "person:9"));
  });

  it("a filter of the MSP reaches it in every scope", () => {
    const filters = [{ filterId: 4, kind: "metascript" as const, name: "Old BIOS", tenantId: null }];
    expect(keysOf({ filters })).toContain("metascript:4");
    expect(keysOf({ filters })).toContain("tenant:7/metascript:4");
    expect(sentenceFor({ filters }, "metascript:4")).toBe("The metascript Old BIOS finds this computer.");
  });
});

describe("groups", () => {
  const group = (id: number, name: string, changes = {}) => ({
    id,
    kind: "entra-group" as const,
    name,
    tenantId: 3,
    vanished: false,
    ...changes,
  });
  const payables = group(1, "Payables");
  const finance = group(2, "Finance");
  const office = group(3, "Office");
  const adaInPayables = { id: 60, groupId: 1, member: { kind: "person" as const, id: 9 } };
  const nested = (id: number, inner: number, outer: number) => ({
    id,
    groupId: outer,
    member: { kind: "group" as const, id: inner },
  });

  it("nest, and the evidence names the way", () => {
    const facts = {
      groups: [payables, finance, office],
      groupMembers: [nested(61, 1, 2), nested(62, 2, 3), adaInPayables],
    };
    expect(keysOf(facts).filter((key) => key.startsWith("tenant+:3/"))).toEqual([
      "tenant+:3/group:1",
      "tenant+:3/group:2",
      "tenant+:3/group:3",
    ]);
    expect(sentenceFor(facts, "tenant+:3/group:3")).toBe(
      "Ada is in Payables, which is in Finance, which is in Office.",
    );
    expect(keysOf(facts)).not.toContain("group:1");
  });

  it("may nest in a ring", () => {
    const facts = { groups: [payables, finance], groupMembers: [nested(61, 1, 2), nested(62, 2, 1), adaInPayables] };
    expect(keysOf(facts)).toEqual(
      [
        ...bareKeys,
        ...[1, 2].flatMap((id) => ["tenant:7", "tenant+:7", "tenant+:3", "tenant+:1"].map((at) => `${at}/group:${id}`)),
      ].sort(),
    );
  });

  it("that vanished hold nobody and hand nobody on", () => {
    const facts = {
      groups: [{ ...payables, vanished: true }, finance],
      groupMembers: [nested(61, 1, 2), adaInPayables],
    };
    expect(keysOf(facts)).toEqual(bareKeys);
    expect(missFor(facts, "tenant+:3/group:1")).toBe("The group Payables no longer exists at its source.");
  });

  it("of an RMM hold computers, and its client groups hold tenants across tenants", () => {
    const facts = {
      groups: [
        group(1, "Laptops", { kind: "rmm-group" }),
        group(2, "Gold", { kind: "rmm-client-group", tenantId: null }),
      ],
      groupMembers: [
        { id: 60, groupId: 1, member: { kind: "computer" as const, id: 142 } },
        { id: 61, groupId: 2, member: { kind: "tenant" as const, id: 7 } },
      ],
    };
    expect(sentenceFor(facts, "tenant:7/group:1")).toBe("This computer is in Laptops.");
    expect(sentenceFor(facts, "group:2")).toBe("Contoso Ghent is in Gold.");
    expect(keysOf(facts)).not.toContain("group:1");
    expect(keysOf(facts)).not.toContain("tenant:7/group:2");
  });

  it("do not take rows of other people, computers and tenants", () => {
    const others = [
      { id: 1, groupId: 1, member: { kind: "person" as const, id: 142 } },
      { id: 2, groupId: 1, member: { kind: "computer" as const, id: 9 } },
      { id: 3, groupId: 1, member: { kind: "tenant" as const, id: 3 } },
    ];
    expect(keysOf({ groups: [payables], groupMembers: others })).toEqual(bareKeys);
  });
});

describe("agreements", () => {
  const agreement: AgreementFact = {
    id: 70,
    tenantId: 3,
    name: "Contoso 2026",
    agreementType: "Managed",
    startDate: "2026-01-01",
    endDate: "2026-12-31",
    cancelled: false,
    inactive: false,
    localDate: "2026-06-15",
    additions: [{ id: 71, product: "EDR", effectiveDate: "2026-03-01", cancelledDate: "2026-09-01" }],
  };
  const covered = (changes: Partial<AgreementFact>, key: string) =>
    keysOf({ agreements: [{ ...agreement, ...changes }] }).includes(key);

  it.each([
    ["2025-12-31", false],
    ["2026-01-01", true],
    ["2026-12-31", true],
    ["2027-01-01", false],
  ])("on %s the agreement counts: %s", (localDate, expected) => {
    expect(covered({ localDate }, "agreement-type:=managed")).toBe(expected);
  });

  it.each([
    ["2026-02-28", false],
    ["2026-03-01", true],
    ["2026-08-31", true],
    ["2026-09-01", false],
  ])("on %s the product counts: %s", (localDate, expected) => {
    expect(covered({ localDate }, "product:=edr")).toBe(expected);
  });

  it.each<[string, Partial<AgreementFact>, string]>([
    ["inactive", { inactive: true }, "The agreement Contoso 2026 is inactive."],
    ["cancelled", { cancelled: true }, "The agreement Contoso 2026 is cancelled."],
    ["over", { localDate: "2027-01-01" }, "The agreement Contoso 2026 ended on 2026-12-31."],
    ["to come", { localDate: "2025-12-31" }, "The agreement Contoso 2026 starts on 2026-01-01."],
    ["product over", { localDate: "2026-09-01" }, "EDR on the agreement Contoso 2026 ended on 2026-08-31."],
    ["product to come", { localDate: "2026-02-01" }, "EDR on the agreement Contoso 2026 counts from 2026-03-01 on."],
  ])("an agreement or product that is %s is missed with its reason", (_name, changes, sentence) => {
    const agreements = [{ ...agreement, ...changes }];
    expect(keysOf({ agreements })).not.toContain("product:=edr");
    expect(missFor({ agreements }, "product:=edr")).toBe(sentence);
  });

  it("evidence carries the days between which both agreement and product count", () => {
    const found = compileComputerKeys({ ...laptop, agreements: [agreement] }).find(
      (entry) => entry.key === "product:=edr",
    );
    expect(found).toEqual({
      key: "product:=edr",
      sentence: "EDR is on the agreement Contoso 2026 from 2026-03-01 up to 2026-08-31.",
      source: { table: "agreement_additions", id: 71 },
      from: "2026-03-01",
      until: "2026-08-31",
    });
  });

  it("without dates count always", () => {
    expect(covered({ startDate: null, endDate: null, localDate: "1999-01-01" }, "agreement-type:=managed")).toBe(true);
  });

  it("cover the sites below the customer, and the MSP's own the MSP alone", () => {
    expect(covered({ tenantId: 3 }, "agreement-type:=managed")).toBe(true);
    expect(covered({ tenantId: 1 }, "agreement-type:=managed")).toBe(false);
    expect(covered({ tenantId: 8 }, "agreement-type:=managed")).toBe(false);
    const mspComputer = { id: 1, name: "MSP-1", tenantId: 1, tenantAncestorIds: [1] };
    const agreements = [{ ...agreement, tenantId: 1 }];
    expect(keysOf({ computer: mspComputer, agreements })).toContain("agreement-type:=managed");
  });

  it("are no targets of one tenant", () => {
    expect(keysOf({ agreements: [agreement] }).filter((key) => key.startsWith("tenant"))).toEqual(bareKeys.slice(3));
  });
});

it("a tenant's keys are for cloud tasks, and no computer holds one", () => {
  const keys = compileTenantKeys({
    tenant: { id: 7, name: "Contoso Ghent", ancestorIds: [7, 3, 1] },
    optsOutOfCrossTenant: false,
    tags: [{ assignmentId: 1, tagId: 5, tagName: "Gold", tagTenantId: null, on: "tenant" }],
    agreements: [],
  }).map((evidence) => evidence.key);
  expect(keys).toContain("cloud:tenant:7");
  expect(keys).toContain("cloud:all");
  expect(keys).toContain("cloud:tenant-tag:5");
  expect(keysOf({}).filter((key) => key.startsWith("cloud:"))).toEqual([]);
});

describe("device classes", () => {
  const admittedBy = Object.fromEntries(
    targetDeviceClasses.map((wanted) => [wanted, deviceClass.options.filter((has) => admitsDeviceClass(wanted, has))]),
  );
  it("admit what a technician expects: a domain controller is a server, the primary one is both", () => {
    expect(admittedBy).toEqual({
      any: ["workstation", "portable", "server", "domain-controller", "primary-domain-controller"],
      "workstations-and-portables": ["workstation", "portable"],
      workstations: ["workstation"],
      portables: ["portable"],
      servers: ["server", "domain-controller", "primary-domain-controller"],
      "domain-controllers": ["domain-controller", "primary-domain-controller"],
      "primary-domain-controllers": ["primary-domain-controller"],
    });
  });
});

describe("platforms", () => {
  const debian = { osFamily: "linux", packageManagers: ["apt", "snap"] } as const;
  it.each([
    [[], true],
    [[{ osFamily: "linux" }], true],
    [[{ osFamily: "windows" }], false],
    [[{ osFamily: "linux", packageManager: "apt" }], true],
    [[{ osFamily: "linux", packageManager: "dnf" }], false],
    [
      [
        { osFamily: "linux", packageManager: "dnf" },
        { osFamily: "linux", packageManager: "snap" },
      ],
      true,
    ],
  ] as const)("%j on Debian: %s", (platforms, expected) => {
    expect(admitsPlatform(platforms, debian)).toBe(expected);
  });
});
