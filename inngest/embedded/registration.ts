import { sql } from "drizzle-orm";
import { rows } from "@/db/rows";
import type { EngineContext } from "./context";
import { syncCrons } from "./crons";
import { parseFunction, RegistrationError } from "./function-config";

/** Makes the functions that were registered before known, so that nothing sent meanwhile is lost. */
export async function loadFunctions(engine: EngineContext): Promise<void> {
  const stored = await rows<{ app_id: string; config: unknown }>(
    engine.db,
    sql`select app_id, config from engine_functions`,
  );
  for (const appId of new Set(stored.map((row) => row.app_id))) {
    const specs = stored.flatMap((row) => {
      if (row.app_id !== appId) return [];
      try {
        return [parseFunction(appId, row.config)];
      } catch (error) {
        // Written by another version; the app registers again in a moment.
        engine.logger.warn({ error: String(error) }, "A stored function cannot be read");
        return [];
      }
    });
    engine.registry.replaceApp(appId, specs);
  }
}

/** Takes an app's functions in place of those it had. @throws RegistrationError when any of them is refused; nothing changes then. */
export async function registerFunctions(engine: EngineContext, appId: string, configs: readonly unknown[]) {
  const specs = configs.map((config) => parseFunction(appId, config));
  const taken = new Set<string>();
  for (const { id } of specs) {
    if (taken.has(id)) throw new RegistrationError(`Two functions are called "${id}".`);
    taken.add(id);
  }
  const given = specs.map((spec, index) => ({ id: spec.id, config: JSON.stringify(configs[index]) }));
  await engine.db.transaction(async (tx) => {
    await tx.execute(sql`delete from engine_functions where app_id = ${appId}`);
    await tx.execute(sql`insert into engine_functions (id, app_id, config, registered_at)
      select x.id, ${appId}, x.config::json, to_timestamp(${engine.nowMs()}::float8 / 1000)
      from json_to_recordset(${JSON.stringify(given)}::json) as x(id text, config text)
      on conflict (id) do update set app_id = excluded.app_id, config = excluded.config,
        registered_at = excluded.registered_at`);
  });
  engine.registry.replaceApp(appId, specs);
  await syncCrons(engine);
}
