import type { MachineFacts } from "@/server/agents/wire";
import { normalizeUuid } from "@/server/core/identify";

const dateOrNull = (text: string | null) => (text === null ? null : new Date(text));

/** What a computer's row says about the machine itself, as far as its identity is concerned. */
export function identityColumns(facts: MachineFacts) {
  return {
    smbiosUuid: normalizeUuid(facts.smbiosUuid),
    osInstallationId: facts.osInstallationId,
    osInstalledAt: dateOrNull(facts.osInstalledAt),
    serialNumber: facts.serialNumber,
    manufacturer: facts.manufacturer,
  };
}

/** What a computer's row says about the machine beside its identity; changes from day to day. */
export function machineColumns(facts: MachineFacts) {
  return {
    name: facts.hostName,
    osFamily: facts.os.family,
    osName: facts.os.name,
    osVersion: facts.os.version,
    architecture: facts.os.architecture,
    packageManagers: facts.packageManagers,
    deviceClass: facts.deviceClass,
    model: facts.model,
    timeZone: facts.timeZone,
    pendingReboot: facts.pendingReboot.pending,
  };
}

/** The facts by which a machine is identified, as one text: while it stays the same, so does the answer. */
export function identityKey(facts: MachineFacts): string {
  const parts = [normalizeUuid(facts.smbiosUuid), facts.osInstallationId, facts.serialNumber, facts.manufacturer];
  return JSON.stringify(parts.map((part) => part?.trim().toLowerCase() ?? null));
}
