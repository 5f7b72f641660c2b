import type { DeclarativeDetection, Detection, InventoryEntry, MachineFacts } from "../server/agents/wire";

export type PackageManager = MachineFacts["packageManagers"][number];
type OsFamily = MachineFacts["os"]["family"];
type DetectItem = { itemKey: string; methods: readonly DeclarativeDetection[] };

/** What one reading of a machine gives to answer every declarative detection from. */
export type Reading = {
  family: OsFamily;
  managers: readonly PackageManager[];
  entries: readonly InventoryEntry[];
  /** The version each manager would install now, by name; a name that it does not offer is absent. */
  available: ReadonlyMap<PackageManager, ReadonlyMap<string, string>>;
};

const MAX_MATCHES = 100;

/** The system that a method other than `package` is about. */
const familyOf: Record<Exclude<DeclarativeDetection["kind"], "package">, OsFamily> = {
  "display-name": "windows",
  "product-code": "windows",
  "upgrade-code": "windows",
  appx: "windows",
  "file-version": "windows",
  "registry-value": "windows",
  "mac-bundle": "macos",
  "mac-receipt": "macos",
};
const familyName: Record<OsFamily, string> = { linux: "Linux", windows: "Windows", macos: "macOS" };

/** The entries that one method means. Pure; patterns compare without case and `*` stands for any run of characters. */
export function matchDetection(entries: readonly InventoryEntry[], method: DeclarativeDetection): InventoryEntry[] {
  return entries.filter(matcher(method));
}

function matcher(method: DeclarativeDetection): (entry: InventoryEntry) => boolean {
  switch (method.kind) {
    case "package":
      return (entry) => entry.source === method.manager && entry.id === method.name;
    case "display-name": {
      const name = patternOf(method.name);
      const publisher = method.publisher === undefined ? null : patternOf(method.publisher);
      return (entry) =>
        entry.source.startsWith("uninstall-") &&
        name.test(entry.name) &&
        (publisher === null || publisher.test(entry.publisher ?? ""));
    }
    case "product-code":
      return (entry) => entry.source.startsWith("uninstall-") && sameText(entry.id, method.code);
    case "upgrade-code":
      return (entry) => entry.upgradeCode !== null && sameText(entry.upgradeCode, method.code);
    case "appx": {
      const name = patternOf(method.name);
      return (entry) => entry.source === "appx" && name.test(entry.id);
    }
    case "mac-bundle":
      return (entry) => entry.source === "bundle" && sameText(entry.id, method.bundleId);
    case "mac-receipt":
      return (entry) => entry.source === "receipt" && sameText(entry.id, method.packageId);
    case "file-version":
    case "registry-value":
      // Not part of an inventory: the platform that has them answers them beside it.
      return () => false;
  }
}

/** Why a method has no answer on this machine, as a sentence; `null` where it has one. */
export function explainUnanswerable(
  method: DeclarativeDetection,
  machine: Pick<Reading, "family" | "managers">,
): string | null {
  if (method.kind === "package") {
    return machine.managers.includes(method.manager) ? null : `This machine has no ${method.manager}.`;
  }
  const family = familyOf[method.kind];
  if (family === machine.family) return null;
  return `Detection by ${method.kind} is for ${familyName[family]}, and this machine runs ${familyName[machine.family]}.`;
}

/**
 * Answers items from one reading. The methods of an item are alternatives: every entry that any of them matches is
 * reported, an entry that two methods match once. `error` is set only when no method could be answered here.
 */
export function answerDetections(items: readonly DetectItem[], reading: Reading): Detection[] {
  const packages = new Map<string, InventoryEntry[]>();
  for (const entry of reading.entries) {
    const key = `${entry.source}\n${entry.id}`;
    const same = packages.get(key);
    if (same === undefined) packages.set(key, [entry]);
    else same.push(entry);
  }
  return items.map((item) => answerItem(item, reading, packages));
}

function answerItem(item: DetectItem, reading: Reading, packages: ReadonlyMap<string, InventoryEntry[]>): Detection {
  const found = new Set<InventoryEntry>();
  const errors: string[] = [];
  let availableVersion: string | null = null;
  for (const method of item.methods) {
    const error = explainUnanswerable(method, reading);
    if (error !== null) {
      errors.push(error);
      continue;
    }
    const matches =
      method.kind === "package"
        ? (packages.get(`${method.manager}\n${method.name}`) ?? [])
        : matchDetection(reading.entries, method);
    for (const entry of matches) found.add(entry);
    if (method.kind === "package") {
      availableVersion ??= reading.available.get(method.manager)?.get(method.name) ?? null;
    }
  }
  return {
    itemKey: item.itemKey,
    matches: [...found].slice(0, MAX_MATCHES).map(({ source, name, version }) => ({ source, name, version })),
    availableVersion,
    error: errors.length === item.methods.length ? [...new Set(errors)].join(" ").slice(0, 1000) : null,
  };
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function patternOf(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*?")}$`, "i");
}
