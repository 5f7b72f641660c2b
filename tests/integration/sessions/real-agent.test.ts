import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as tables from "@/db/schema";
import type { DesiredState } from "@/server/core/deployments";
import { compileTargetKey } from "@/server/core/targets";
import { startSession } from "@/server/services/sessions/start-session";
import { type Stack, startStack } from "../../harness/stack";

/** What goes through a real agent process of this machine: packages are files in a folder of the test's own. */
let stack: Stack;
let agent: Awaited<ReturnType<Stack["connectAgent"]>>["agent"];
let computerId: number;
const folder = mkdtempSync(join(tmpdir(), "evenkeel-software-"));

beforeAll(async () => {
  stack = await startStack();
  ({ agent, computerId } = await stack.connectAgent());
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("installs what is missing, sees that it is there, and takes it off again", async () => {
  const item = await makeSoftware("tool", { install: `echo installing; echo 1.2.0 > ${folder}/tool` });
  const deployment = await deploy(item, "installed-any");
  const installed = await run();
  expect(installed.status).toBe("passed");
  expect(installed.actions).toMatchObject([{ type: "install", result: "compliant", resultVersion: "1.2.0" }]);
  expect(readFileSync(join(folder, "tool"), "utf8").trim()).toBe("1.2.0");
  const [output] = await db()
    .select({ text: tables.jobOutput.text })
    .from(tables.jobOutput)
    .innerJoin(tables.jobs, eq(tables.jobs.id, tables.jobOutput.jobId))
    .where(eq(tables.jobs.actionId, installed.actions[0]?.id ?? 0));
  expect(output?.text).toContain("installing");

  expect((await run()).actions).toMatchObject([{ type: "none", result: "compliant" }]);

  await db()
    .update(tables.deployments)
    .set({ desiredState: "uninstalled" })
    .where(eq(tables.deployments.id, deployment));
  expect((await run()).actions).toMatchObject([{ type: "uninstall", result: "compliant" }]);
  expect(existsSync(join(folder, "tool"))).toBe(false);
  await retire(deployment);
});

it.each([true, false])("an agent killed in the middle of an action runs it again only where safe: %s", async (safe) => {
  const name = `slow-${safe}`;
  // The first time it hangs until the agent is killed; the second time it does its work.
  const install = `echo begun >> ${folder}/${name}.log; [ $(wc -l < ${folder}/${name}.log) -gt 1 ] || sleep 300; echo 1.0 > ${folder}/${name}`;
  const item = await makeSoftware(name, { install: `echo working; ${install}`, safeToRetry: safe });
  const deployment = await deploy(item, "installed-any");
  const sessionId = await start();
  await until(sessionId, async () => {
    const found = await db()
      .select({ text: tables.jobOutput.text })
      .from(tables.jobOutput)
      .innerJoin(tables.jobs, eq(tables.jobs.id, tables.jobOutput.jobId))
      .where(eq(tables.jobs.sessionId, sessionId));
    return found.some(({ text }) => text.includes("working"));
  });
  await agent.end("SIGKILL");
  agent.start();
  const ended = await outcome(sessionId);
  expect(ended.actions).toMatchObject([{ result: safe ? "compliant" : "failed", attempt: safe ? 2 : 1 }]);
  expect(ended.status).toBe(safe ? "passed" : "failed");
  expect(
    readFileSync(join(folder, `${name}.log`), "utf8")
      .trim()
      .split("\n"),
  ).toHaveLength(safe ? 2 : 1);
  await retire(deployment);
});

const db = () => stack.runtime.database.db;
const ctx = () => stack.runtime.systemContext("test");

async function makeSoftware(name: string, given: { install: string; safeToRetry?: boolean }): Promise<number> {
  const at = stack.runtime.clock.now();
  const platform = { osFamily: "linux" } as const;
  const [item] = await db()
    .insert(tables.items)
    .values({
      kind: "software",
      origin: "mine",
      slug: name,
      name,
      safeToRetry: given.safeToRetry ?? false,
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  if (!item) throw new Error("No item");
  await db()
    .insert(tables.software)
    .values({
      itemId: item.id,
      detections: [
        {
          platform,
          method: {
            kind: "script",
            scriptId: await makeScript(`${name}-detect`, `cat ${folder}/${name} 2>/dev/null || true`),
          },
        },
      ],
      versionSource: "static",
      installers: [
        {
          kind: "script",
          platform,
          installScriptId: await makeScript(`${name}-install`, given.install),
          uninstallScriptId: await makeScript(`${name}-uninstall`, `rm ${folder}/${name}`),
        },
      ],
    });
  return item.id;
}

async function makeScript(slug: string, body: string): Promise<number> {
  const createdAt = stack.runtime.clock.now();
  const [script] = await db()
    .insert(tables.scripts)
    .values({ origin: "mine", slug, name: slug, createdAt })
    .returning();
  if (!script) throw new Error("No script");
  await db()
    .insert(tables.scriptVersions)
    .values({
      scriptId: script.id,
      number: 1,
      language: "bash",
      context: "system",
      body,
      bodySha256: createHash("sha256").update(body).digest("hex"),
      timeoutSeconds: 600,
      createdAt,
    });
  return script.id;
}

async function deploy(itemId: number, desiredState: DesiredState): Promise<number> {
  const at = stack.runtime.clock.now();
  const target = {
    scope: "individual",
    targetType: "computer",
    targetId: computerId,
    targetName: null,
    targetTenantId: null,
    includesChildTenants: false,
    deviceClass: "any",
  } as const;
  const [row] = await db()
    .insert(tables.deployments)
    .values({
      origin: "mine",
      itemId,
      desiredState,
      ...target,
      targetKey: compileTargetKey(target),
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  return row?.id ?? 0;
}

const retire = (deploymentId: number) =>
  db()
    .update(tables.deployments)
    .set({ deletedAt: stack.runtime.clock.now() })
    .where(eq(tables.deployments.id, deploymentId));

const start = async () =>
  (await startSession({ ctx: ctx(), input: { computerId, kind: "full", options: { mailsAfter: false } } })).sessionId;

const run = async () => outcome(await start());

async function outcome(sessionId: number) {
  const read = async () => {
    const [session] = await db().select().from(tables.sessions).where(eq(tables.sessions.id, sessionId));
    return session;
  };
  await until(sessionId, async () => (await read())?.endedAt !== null);
  const actions = await db()
    .select()
    .from(tables.actions)
    .where(eq(tables.actions.sessionId, sessionId))
    .orderBy(asc(tables.actions.position));
  return { status: (await read())?.status, actions };
}

/** Asks again whenever something is told of the session. */
function until(sessionId: number, isSo: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      isSo().then((so) => {
        if (!so) return;
        stop();
        resolve();
      }, reject);
    };
    const stop = stack.runtime.signals.subscribe((signal) => {
      if (signal.channel === "sessions" && signal.sessionId === sessionId) look();
    });
    look();
  });
}
