import { z } from "zod";
import { repairStrategies, upgradeStrategies } from "@/db/schema";
import { declarativeDetection, osFamily } from "@/server/agents/wire";
import { exitCodeMeanings, itemPlatform, parameterDefinition, triedOn } from "@/server/core/items";

/**
 * The global catalogue as data: `software/<slug>.json`, `tasks/<slug>.json`, and `scripts/` with the scripts that they
 * name. The file's name is the item's slug; it never changes, because deployments hang on it.
 */
const scriptFile = z
  .string()
  .regex(/^[a-z0-9-]+\.(sh|ps1)$/, "a file in db/catalog/scripts, such as time-zone-test.sh");

const common = {
  name: z.string().min(1).max(120),
  publisher: z.string().max(120).default(""),
  description: z.string().min(1).max(500),
  platforms: z.array(itemPlatform).min(1),
  triedOn: z.enum(triedOn),
  safeToRetry: z.boolean().default(false),
};

export const catalogInstaller = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["apt", "dnf"]), platform: itemPlatform, package: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("script"),
    platform: itemPlatform,
    install: scriptFile,
    uninstall: scriptFile.optional(),
    exitCodes: z.record(z.string().regex(/^\d+$/), z.enum(exitCodeMeanings)).optional(),
  }),
]);

export const catalogSoftware = z.strictObject({
  ...common,
  detections: z
    .array(
      z.strictObject({
        platform: itemPlatform,
        method: z.union([declarativeDetection, z.strictObject({ kind: z.literal("script"), script: scriptFile })]),
      }),
    )
    .min(1),
  versionSource: z.enum(["static", "repository"]),
  installers: z.array(catalogInstaller).default([]),
  upgradeStrategy: z.enum(upgradeStrategies).default("install-over"),
  repairStrategy: z.enum(repairStrategies).default("reinstall"),
  test: scriptFile.optional(),
  /** Slug of a task that runs right after the software is compliant. */
  configuration: z.string().optional(),
});
export type CatalogSoftware = z.infer<typeof catalogSoftware>;

export const catalogTask = z.strictObject({
  ...common,
  parameters: z.array(parameterDefinition).default([]),
  scripts: z
    .array(
      z.strictObject({
        osFamily,
        test: scriptFile.optional(),
        set: scriptFile.optional(),
        get: scriptFile.optional(),
      }),
    )
    .min(1),
});
export type CatalogTask = z.infer<typeof catalogTask>;

/** The first lines of a script file: `# evenkeel: timeout=60 context=system elevated`. */
export const scriptHeader = z.strictObject({
  timeoutSeconds: z.coerce.number().int().min(1).max(86_400),
  context: z.enum(["system", "user"]),
  requiresElevation: z.boolean(),
});
export type ScriptHeader = z.infer<typeof scriptHeader>;
