import { z } from "zod";
import { declarativeDetection, osFamily, packageManager } from "@/server/agents/wire";

/** Where something can be used: an operating system, and on Linux optionally one package manager. */
export const itemPlatform = z.strictObject({ osFamily, packageManager: packageManager.optional() });
export type ItemPlatform = z.infer<typeof itemPlatform>;

/** How a software is detected: as data that the agent answers from its inventory, or by a script whose value is a version. */
export const detectionRule = z.strictObject({
  platform: itemPlatform,
  method: z.union([declarativeDetection, z.strictObject({ kind: z.literal("script"), scriptId: z.number().int() })]),
});
export type DetectionRule = z.infer<typeof detectionRule>;

/** What an exit code of an installer means; codes not listed are failures, but 0. */
export const exitCodeMeanings = ["done", "reboot-pending", "busy", "not-installed", "declined", "failed"] as const;

const scripted = {
  installScriptId: z.number().int(),
  uninstallScriptId: z.number().int().optional(),
};
/** How a software gets onto and off a machine. Kinds for Windows and macOS join this union. */
export const installer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("apt"), platform: itemPlatform, package: z.string().min(1) }),
  z.strictObject({ kind: z.literal("dnf"), platform: itemPlatform, package: z.string().min(1) }),
  z.strictObject({ kind: z.literal("script"), platform: itemPlatform, ...scripted }),
]);
export type Installer = z.infer<typeof installer>;

/** A typed parameter of a script or a task; what the console draws its form from. */
export const parameterDefinition = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/),
  type: z.enum(["text", "number", "boolean", "choice", "list"]),
  label: z.string().min(1),
  help: z.string().default(""),
  required: z.boolean().default(false),
  secret: z.boolean().default(false),
  choices: z.array(z.string()).optional(),
  defaultValue: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
});
export type ParameterDefinition = z.infer<typeof parameterDefinition>;
export const parameterValues = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);
export type ParameterValues = z.infer<typeof parameterValues>;

/** What an item was tried on; said in the console. */
export const triedOn = ["ran-on-linux", "ran-under-wine", "not-run"] as const;
export type TriedOn = (typeof triedOn)[number];

export type ItemKind = "software" | "task";
