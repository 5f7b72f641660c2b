import type { DeclarativeDetection, Detection, InventoryEntry } from "../../server/agents/wire";
import { answerDetections, type PackageManager } from "../detect";
import type { Platform } from "../platform/platform";

type DetectItems = readonly { itemKey: string; methods: readonly DeclarativeDetection[] }[];

/**
 * The one inventory reading of a job. It is taken when a step first needs it, covers only the managers asked for until
 * then, and is forgotten when a script has run, because that may have installed something.
 */
export function createMachineReader(platform: Platform, now: () => Date) {
  let readings = new Map<PackageManager, Promise<InventoryEntry[]>>();
  let takenAt: Date | null = null;

  const read = async (managers: readonly PackageManager[]): Promise<InventoryEntry[]> => {
    takenAt ??= now();
    for (const manager of managers) {
      if (!readings.has(manager)) readings.set(manager, platform.readInventory([manager]));
    }
    return (await Promise.all(managers.map((manager) => readings.get(manager) ?? []))).flat();
  };

  return {
    forget(): void {
      readings = new Map();
      takenAt = null;
    },

    async inventory(): Promise<{ takenAt: string; entries: InventoryEntry[] }> {
      const entries = await read(await platform.packageManagers());
      return { takenAt: (takenAt ?? now()).toISOString(), entries: entries.slice(0, 20_000) };
    },

    async detect(items: DetectItems): Promise<Detection[]> {
      const asked = new Map<PackageManager, string[]>();
      for (const { methods } of items) {
        for (const method of methods) {
          if (method.kind !== "package") continue;
          const names = asked.get(method.manager);
          if (names === undefined) asked.set(method.manager, [method.name]);
          else names.push(method.name);
        }
      }
      const managers = await platform.packageManagers();
      const wanted = managers.filter((manager) => asked.has(manager));
      const [entries, available] = await Promise.all([
        read(wanted),
        Promise.all(
          wanted.map(
            async (manager) => [manager, await platform.readAvailable(manager, asked.get(manager) ?? [])] as const,
          ),
        ),
      ]);
      return answerDetections(items, { family: platform.family, managers, entries, available: new Map(available) });
    },
  };
}
