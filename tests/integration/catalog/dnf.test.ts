import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq, inArray, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCatalog } from "@/db/catalog/read-catalog";
import * as tables from "@/db/schema";
import type { DesiredState } from "@/server/core/deployments";
import { compileTargetKey } from "@/server/core/targets";
import { loadCatalog } from "@/server/services/catalog/load-catalog";
import { startSession } from "@/server/services/sessions/start-session";
import { becomeDnfMachine, buildDnfRepository, missingDnfTools, type TestPackage } from "../../harness/dnf-repository";
import { canOpenPrivateMachine, openPrivateMachine, type PrivateMachine } from "../../harness/private-machine";
import { type Stack, startStack } from "../../harness/stack";

/** What the catalogue's software is called on the dnf family, written down here once more by hand. */
const packageOf: Readonly<Record<string, string>> = {
  "ca-certificates": "ca-certificates",
  curl: "curl",
  "docker-engine": "moby-engine",
  git: "git",
  htop: "htop",
  jq: "jq",
  "openssh-server": "openssh-server",
  rsync: "rsync",
  tree: "tree",
  "unattended-upgrades": "dnf-automatic",
  unzip: "unzip",
};
/** With what real packages have: epochs, letters, tildes, a date for a version, an update of the release alone. */
const versionsOf: Readonly<Record<string, readonly [string, string]>> = {
  "ca-certificates": ["2024.2.69_v8.0.401-4.fc42", "2025.2.80_v9.0.304-1.fc42"],
  "moby-engine": ["1:9.0.4-1", "1:10.0.1-1"],
  "openssh-server": ["9.9p1-9", "9.9p1-11"],
  unzip: ["6.0-66~rc1", "6.0-66"],
};
const usual = ["1.9-1", "1.10-1"] as const;
const older = (name: string) => (versionsOf[name] ?? usual)[0];
const newer = (name: string) => (versionsOf[name] ?? usual)[1];

const isPossible = missingDnfTools().length === 0 && canOpenPrivateMachine();
const slugs = Object.keys(packageOf);
const names = Object.values(packageOf);

/** dnf takes a second or two for each of eleven packages. */
const timeout = 240_000;

describe.skipIf(!isPossible)("the catalogue's software on a machine of the dnf family", { timeout }, () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-dnf-"));
  let machine: PrivateMachine;
  let stack: Stack;
  let computerId: number;
  const itemIds = new Map<string, number>();

  beforeAll(async () => {
    machine = await openPrivateMachine({ network: "shared" });
    const packages = [...names, "docker-ce", "bystander"].map(
      (name): TestPackage => ({ name, versions: [older(name), newer(name)] }),
    );
    await buildDnfRepository(machine, folder, packages);
    await becomeDnfMachine(machine, folder);
    await machine.must(`dnf -q -y install bystander-${older("bystander")}`);
    stack = await startStack();
    await loadCatalog({ ctx: ctx(), input: await readCatalog("db/catalog") });
    ({ computerId } = await stack.connectAgent(machine));
    for (const { id, slug } of await db().select().from(tables.items).where(inArray(tables.items.slug, slugs)))
      itemIds.set(slug, id);
  });
  afterAll(async () => {
    await stack?.stop();
    await machine?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is asked for all the software that the catalogue offers there", async () => {
    const { software } = await readCatalog("db/catalog");
    const offered = [...software].filter(([, { platforms }]) =>
      platforms.some((each) => each.packageManager === "dnf"),
    );
    expect(offered.map(([slug]) => slug).sort()).toEqual([...slugs].sort());
  });

  it("knows itself as such a machine", async () => {
    const [agent] = await db().select().from(tables.agents).where(eq(tables.agents.computerId, computerId));
    expect(agent?.facts).toMatchObject({ packageManagers: ["dnf"], os: { name: "fedora", version: "42" } });
  });

  it("installs what is missing", async () => {
    await deploy("installed-latest");
    expect(await run()).toEqual({ status: "passed", actions: every("install", newer) });
    expect(await installed()).toEqual(all(newer));
    expect(await machine.must("cat /opt/evenkeel-test/moby-engine")).toBe("1:10.0.1-1");
  });

  it("has nothing to do a second time", async () => {
    expect(await run()).toEqual({ status: "passed", actions: every("none", newer) });
  });

  it("updates what is older", async () => {
    await machine.must(
      `dnf -q -y downgrade ${names.map((name) => `${name}-${older(name).replace(/^\d+:/, "")}`).join(" ")}`,
    );
    expect(await installed()).toEqual(all(older));
    expect(await run()).toEqual({ status: "passed", actions: every("update", newer) });
    expect(await installed()).toEqual(all(newer));
  });

  it("takes off what is not wanted, and nothing else", async () => {
    await deploy("uninstalled");
    expect(await run()).toEqual({ status: "passed", actions: every("uninstall", () => null) });
    expect(await installed()).toEqual({});
    expect(await run()).toEqual({ status: "passed", actions: every("none", () => null) });
    expect(await machine.must("rpm -q bystander")).toBe(`bystander-${older("bystander")}.noarch`);
  });

  it("goes back to a version that is asked for, and forward again", async () => {
    await machine.must("dnf -q -y install jq");
    await deploy("installed-specific", "1.9", ["jq"]);
    expect(await run()).toEqual({ status: "passed", actions: { jq: ["downgrade", "compliant", "1.9-1"] } });
    await deploy("installed-specific", "1.10", ["jq"]);
    expect(await run()).toEqual({ status: "passed", actions: { jq: ["update", "compliant", "1.10-1"] } });
    await deploy("installed-specific", "1.11", ["jq"]);
    expect(await run()).toEqual({ status: "failed", actions: { jq: ["update", "failed", "1.10-1"] } });
    expect(await installed()).toEqual({ jq: "1.10-1" });
  });

  it("installs where the repositories were never read, and then knows what they have", async () => {
    await machine.must("dnf -q -y remove jq && rm -rf /var/cache/dnf");
    await deploy("installed-any", null, ["jq"]);
    expect(await run()).toEqual({ status: "passed", actions: { jq: ["install", "compliant", "1.10-1"] } });
    await deploy("installed-latest", null, ["jq"]);
    expect(await run()).toEqual({ status: "passed", actions: { jq: ["none", "compliant", "1.10-1"] } });
    await machine.must("dnf -q -y remove jq");
  });

  it("counts Docker's own package as Docker", async () => {
    await machine.must(`dnf -q -y install docker-ce`);
    await deploy("installed-any", null, ["docker-engine"]);
    expect(await run()).toEqual({
      status: "passed",
      actions: { "docker-engine": ["none", "compliant", newer("docker-ce")] },
    });
  });

  const db = () => stack.runtime.database.db;
  const ctx = () => stack.runtime.systemContext("test");
  const every = (type: string, version: (name: string) => string | null) =>
    Object.fromEntries(slugs.map((slug) => [slug, [type, "compliant", version(packageOf[slug] ?? "")]]));
  const all = (version: (name: string) => string) => Object.fromEntries(names.map((name) => [name, version(name)]));

  /** What rpm itself says is there. */
  async function installed(): Promise<Record<string, string>> {
    const { stdout } = await machine.run(
      `rpm -q --qf '%{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\n' ${names.join(" ")}`,
    );
    const rows = stdout
      .trim()
      .split("\n")
      .filter((line) => !line.endsWith(" is not installed"));
    return Object.fromEntries(
      rows
        .map((line) => line.split(" ").slice(0, 2))
        .map(([name, version]) => [name, (version ?? "").replace(/^0:/, "")]),
    );
  }

  async function deploy(desiredState: DesiredState, version: string | null = null, only = slugs): Promise<void> {
    const ids = only.flatMap((slug) => itemIds.get(slug) ?? []);
    const at = stack.runtime.clock.now();
    await db().update(tables.deployments).set({ deletedAt: at }).where(isNull(tables.deployments.deletedAt));
    const target = {
      scope: "individual",
      targetType: "computer",
      targetId: computerId,
      targetName: null,
      targetTenantId: null,
      includesChildTenants: false,
      deviceClass: "any",
    } as const;
    await db()
      .insert(tables.deployments)
      .values(
        ids.map((itemId) => ({
          origin: "mine" as const,
          itemId,
          desiredState,
          version,
          ...target,
          targetKey: compileTargetKey(target),
          createdAt: at,
          updatedAt: at,
        })),
      );
  }

  /** A full session to its end: what came of each software, and the version that is there now. */
  async function run() {
    const { sessionId } = await startSession({
      ctx: ctx(),
      input: { computerId, kind: "full", options: { mailsAfter: false } },
    });
    const status = await ended(sessionId);
    const rows = await db()
      .select({ slug: tables.items.slug, action: tables.actions })
      .from(tables.actions)
      .innerJoin(tables.items, eq(tables.items.id, tables.actions.itemId))
      .where(eq(tables.actions.sessionId, sessionId))
      .orderBy(asc(tables.actions.position));
    return {
      status,
      actions: Object.fromEntries(
        rows.map(({ slug, action: { type, result, detectedVersion, resultVersion } }) => [
          slug,
          [type, result, type === "none" ? detectedVersion : resultVersion],
        ]),
      ),
    };
  }

  function ended(sessionId: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = async () => {
        const [session] = await db().select().from(tables.sessions).where(eq(tables.sessions.id, sessionId));
        if (!session?.endedAt) return;
        stop();
        resolve(session.status);
      };
      const stop = stack.runtime.signals.subscribe((signal) => {
        if (signal.channel === "sessions" && signal.sessionId === sessionId) look().catch(reject);
      });
      look().catch(reject);
    });
  }
});
