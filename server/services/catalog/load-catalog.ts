import { createHash } from "node:crypto";
import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Catalog, CatalogScript } from "@/db/catalog/read-catalog";
import type { CatalogSoftware, CatalogTask } from "@/db/catalog/schema";
import { items, scripts, scriptVersions, settings, software, taskScripts, tasks } from "@/db/schema";
import type { DetectionRule, Installer } from "@/server/core/items";
import { audit } from "../audit";
import { authorizeSystem } from "../authorize";
import type { ServiceContext } from "../context";
import { type TransactionContext, withTransaction } from "../transaction";

const HASH_KEY = "catalog.hash";

/**
 * Brings the global items and scripts to what the catalogue says: adds, updates, and retires what is no longer in it.
 * What a person made ("mine") is never touched. Loading the same catalogue again does nothing.
 */
export async function loadCatalog({
  ctx,
  input: catalog,
}: {
  ctx: ServiceContext;
  input: Catalog;
}): Promise<{ changed: boolean }> {
  authorizeSystem(ctx);
  return withTransaction(ctx, async (tx) => {
    const [loaded] = await tx.db.select().from(settings).where(eq(settings.key, HASH_KEY));
    if (loaded?.value === catalog.hash) return { changed: false };

    const scriptIds = await loadScripts(tx, catalog);
    const taskIds = new Map<string, number>();
    for (const [slug, task] of catalog.tasks) taskIds.set(slug, await loadTask(tx, slug, task, scriptIds));
    for (const [slug, item] of catalog.software) await loadSoftware(tx, slug, item, scriptIds, taskIds);
    await retireOthers(tx, "task", [...catalog.tasks.keys()]);
    await retireOthers(tx, "software", [...catalog.software.keys()]);

    const row = { value: catalog.hash, updatedAt: tx.clock.now() };
    await tx.db
      .insert(settings)
      .values({ key: HASH_KEY, ...row })
      .onConflictDoUpdate({ target: settings.key, set: row });
    await audit(tx, {
      action: "catalog.load",
      entity: "catalog",
      entityId: "global",
      tenantId: null,
      before: { hash: loaded?.value ?? null },
      after: { hash: catalog.hash, software: catalog.software.size, tasks: catalog.tasks.size },
    });
    return { changed: true };
  });
}

async function loadScripts(tx: TransactionContext, catalog: Catalog): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const [file, script] of catalog.scripts) {
    const [row] = await tx.db
      .insert(scripts)
      .values({ origin: "global", slug: script.slug, name: nameOf(script), createdAt: tx.clock.now() })
      .onConflictDoUpdate({ target: [scripts.origin, scripts.slug], set: { name: nameOf(script), deletedAt: null } })
      .returning({ id: scripts.id, currentVersion: scripts.currentVersion });
    if (!row) throw new Error("The database returned no row for a script");
    ids.set(file, row.id);
    await loadScriptVersion(tx, row.id, row.currentVersion, script);
  }
  return ids;
}

async function loadScriptVersion(
  tx: TransactionContext,
  scriptId: number,
  currentVersion: number,
  script: CatalogScript,
) {
  const wanted = {
    language: script.language,
    body: script.body,
    bodySha256: createHash("sha256").update(script.body).digest("hex"),
    ...script.header,
  };
  const [current] = await tx.db
    .select()
    .from(scriptVersions)
    .where(and(eq(scriptVersions.scriptId, scriptId), eq(scriptVersions.number, currentVersion)));
  const same =
    current !== undefined &&
    current.bodySha256 === wanted.bodySha256 &&
    current.timeoutSeconds === wanted.timeoutSeconds &&
    current.context === wanted.context &&
    current.requiresElevation === wanted.requiresElevation;
  if (same) return;
  const number = current === undefined ? 1 : currentVersion + 1;
  await tx.db.insert(scriptVersions).values({ scriptId, number, ...wanted, createdAt: tx.clock.now() });
  await tx.db.update(scripts).set({ currentVersion: number }).where(eq(scripts.id, scriptId));
}

const nameOf = (script: CatalogScript) =>
  script.slug.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());

async function loadItem(
  tx: TransactionContext,
  kind: "software" | "task",
  slug: string,
  item: CatalogSoftware | CatalogTask,
) {
  const values = {
    name: item.name,
    publisher: item.publisher,
    description: item.description,
    platforms: item.platforms,
    triedOn: item.triedOn,
    safeToRetry: item.safeToRetry,
    updatedAt: tx.clock.now(),
  };
  const [row] = await tx.db
    .insert(items)
    .values({ kind, origin: "global", slug, ...values, createdAt: tx.clock.now() })
    .onConflictDoUpdate({ target: [items.origin, items.kind, items.slug], set: { ...values, deletedAt: null } })
    .returning({ id: items.id });
  if (!row) throw new Error("The database returned no row for an item");
  return row.id;
}

async function loadSoftware(
  tx: TransactionContext,
  slug: string,
  item: CatalogSoftware,
  scriptIds: ReadonlyMap<string, number>,
  taskIds: ReadonlyMap<string, number>,
) {
  const itemId = await loadItem(tx, "software", slug, item);
  const idOf = (file: string) => required(scriptIds, file);
  const values = {
    detections: item.detections.map(
      ({ platform, method }): DetectionRule => ({
        platform,
        method: method.kind === "script" ? { kind: "script", scriptId: idOf(method.script) } : method,
      }),
    ),
    versionSource: item.versionSource,
    installers: item.installers.map(
      (each): Installer =>
        each.kind === "script"
          ? {
              kind: "script",
              platform: each.platform,
              installScriptId: idOf(each.install),
              ...(each.uninstall === undefined ? {} : { uninstallScriptId: idOf(each.uninstall) }),
            }
          : { kind: each.kind, platform: each.platform, package: each.package },
    ),
    upgradeStrategy: item.upgradeStrategy,
    repairStrategy: item.repairStrategy,
    testScriptId: item.test === undefined ? null : idOf(item.test),
    configurationItemId: item.configuration === undefined ? null : required(taskIds, item.configuration),
  };
  await tx.db
    .insert(software)
    .values({ itemId, ...values })
    .onConflictDoUpdate({ target: software.itemId, set: values });
}

async function loadTask(
  tx: TransactionContext,
  slug: string,
  task: CatalogTask,
  scriptIds: ReadonlyMap<string, number>,
) {
  const itemId = await loadItem(tx, "task", slug, task);
  await tx.db
    .insert(tasks)
    .values({ itemId, parameters: task.parameters })
    .onConflictDoUpdate({ target: tasks.itemId, set: { parameters: task.parameters } });
  await tx.db.delete(taskScripts).where(eq(taskScripts.itemId, itemId));
  await tx.db.insert(taskScripts).values(
    task.scripts.map((each) => ({
      itemId,
      osFamily: each.osFamily,
      testScriptId: each.test === undefined ? null : required(scriptIds, each.test),
      setScriptId: each.set === undefined ? null : required(scriptIds, each.set),
      getScriptId: each.get === undefined ? null : required(scriptIds, each.get),
    })),
  );
  return itemId;
}

/** Deployments may hang on what left the catalogue, so its rows stay, marked. */
async function retireOthers(tx: TransactionContext, kind: "software" | "task", slugs: readonly string[]) {
  await tx.db
    .update(items)
    .set({ deletedAt: tx.clock.now() })
    .where(
      and(
        eq(items.kind, kind),
        eq(items.origin, "global"),
        isNull(items.deletedAt),
        slugs.length === 0 ? sql`true` : notInArray(items.slug, [...slugs]),
      ),
    );
}

function required(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`${key} was checked to be in the catalogue, but is not`);
  return id;
}
