import type { InventoryEntry, MachineFacts } from "../../server/agents/wire";
import type { PackageManager } from "../detect";

/** What the system itself tells; the agent adds its version and the interpreters it proved. */
export type SystemFacts = Omit<MachineFacts, "agentVersion" | "interpreters">;

/** Whom a script of context `user` runs as. */
export type UserContext =
  /** The agent's own user is the one signed in. */
  { kind: "self" } | { kind: "other"; user: LocalUser } | { kind: "none"; reason: string };

export type LocalUser = { userName: string; uid: number; gid: number; home: string; shell: string };

/** A process tree of the agent's own making: its first process, and the markers that its members carry in their environment. */
export type ProcessTree = { pid: number; markers: readonly string[] };

/** Environment variable that carries the marker; whatever a script starts inherits it, also after it left its group. */
export const MARKER_VARIABLE = "EVENKEEL_STEP";

export type ScriptEnvironment = Record<string, string>;

export type ServiceState = "not-installed" | "installed" | "running";

/** Everything that differs by operating system. */
export interface Platform {
  readonly family: MachineFacts["os"]["family"];
  /** Root or SYSTEM. */
  isElevated(): boolean;
  defaultStateDir(): string;
  readFacts(): Promise<SystemFacts>;
  packageManagers(): Promise<PackageManager[]>;
  /** Everything installed, or only what the named managers know. One process a manager. */
  readInventory(only?: readonly PackageManager[]): Promise<InventoryEntry[]>;
  /** The version `manager` would install now for each of the names that it offers. One process. */
  readAvailable(manager: PackageManager, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Does ahead of time, while the agent is idle, what would make the next `readAvailable` slow. */
  warmUp(): Promise<void>;
  findUserContext(): Promise<UserContext>;
  /** The command that runs `command` as another user; the environment is given to it unchanged. */
  commandAs(user: LocalUser, command: readonly string[]): Promise<readonly string[]>;
  /** Environment of a script, before its parameters. */
  scriptEnvironment(user: LocalUser | null): ScriptEnvironment;
  /** Ends the tree: asks, waits `graceMs`, then kills until nothing of it is left. */
  killTree(tree: ProcessTree, graceMs: number): Promise<void>;
  /** Ends what carries a marker that begins so, after a crash, when no process id is known any more. */
  killMarked(markerPrefix: string, graceMs: number): Promise<void>;
  readonly service: {
    install(options: { stateDir: string; bundlePath: string }): Promise<string>;
    uninstall(): Promise<string>;
    state(): Promise<ServiceState>;
  };
}
