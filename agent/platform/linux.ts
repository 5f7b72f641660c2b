import { homedir } from "node:os";
import { join } from "node:path";
import { systemFolders } from "../processes";
import { createAptReader } from "./linux/apt";
import { readLinuxFacts } from "./linux/facts";
import { listPackageManagers, readInventory } from "./linux/inventory";
import { killMarked, killTree } from "./linux/process-tree";
import { readDnfAvailable } from "./linux/rpm";
import { installService, serviceState, uninstallService } from "./linux/service";
import { commandAs, findUserContext } from "./linux/users";
import type { LocalUser, Platform, ScriptEnvironment } from "./platform";

/** @param stateDir where caches may be kept; `null` before the agent is enrolled */
export function createLinuxPlatform({ stateDir }: { stateDir: string | null }): Platform {
  const apt = createAptReader({ cacheDir: stateDir === null ? null : join(stateDir, "apt-cache") });
  const isElevated = () => process.geteuid?.() === 0;
  return {
    family: "linux",
    isElevated,
    defaultStateDir: () =>
      isElevated() ? "/var/lib/evenkeel-agent" : join(homedir(), ".local", "share", "evenkeel-agent"),
    readFacts: () => readLinuxFacts({ elevated: isElevated() }),
    packageManagers: listPackageManagers,
    readInventory,
    async readAvailable(manager, names) {
      if (names.length === 0) return new Map();
      if (manager === "apt") return apt.readAvailable(names);
      return manager === "dnf" ? readDnfAvailable(names) : new Map();
    },
    warmUp: () => apt.warmUp(),
    findUserContext: () => findUserContext({ elevated: isElevated() }),
    commandAs,
    scriptEnvironment,
    killTree,
    killMarked,
    service: { install: installService, uninstall: uninstallService, state: serviceState },
  };
}

const passedOn = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

function scriptEnvironment(user: LocalUser | null): ScriptEnvironment {
  const name = user?.userName ?? process.env.USER ?? (process.geteuid?.() === 0 ? "root" : undefined);
  const environment: ScriptEnvironment = {
    PATH: user === null ? joinedPath(process.env.PATH) : systemFolders.join(":"),
    HOME: user?.home ?? homedir(),
    SHELL: user?.shell ?? "/bin/bash",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    TERM: "dumb",
    DEBIAN_FRONTEND: "noninteractive",
  };
  if (name !== undefined) {
    environment.USER = name;
    environment.LOGNAME = name;
  }
  const runtime = user === null ? process.env.XDG_RUNTIME_DIR : `/run/user/${user.uid}`;
  if (runtime !== undefined) {
    environment.XDG_RUNTIME_DIR = runtime;
    if (user !== null) environment.DBUS_SESSION_BUS_ADDRESS = `unix:path=${runtime}/bus`;
  }
  for (const key of passedOn) {
    const value = process.env[key];
    if (value !== undefined) environment[key] = value;
  }
  return environment;
}

function joinedPath(path: string | undefined): string {
  const folders = (path ?? "").split(":").filter((folder) => folder.startsWith("/"));
  return [...new Set([...folders, ...systemFolders])].join(":");
}
