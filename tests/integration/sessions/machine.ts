import { randomBytes, randomUUID } from "node:crypto";
import type { MachineFacts } from "@/server/agents/wire";

/** A Debian workstation in Berlin. */
export function machine(facts: Partial<MachineFacts> = {}): MachineFacts {
  return {
    hostName: "PC-17",
    os: {
      family: "linux",
      name: "debian",
      like: [],
      version: "13",
      build: null,
      prettyName: "Debian GNU/Linux 13",
      architecture: "x64",
    },
    smbiosUuid: randomUUID(),
    osInstallationId: randomBytes(16).toString("hex"),
    osInstalledAt: null,
    serialNumber: null,
    manufacturer: null,
    model: null,
    deviceClass: "workstation",
    packageManagers: ["apt"],
    interpreters: [{ language: "bash", edition: "GNU bash", version: "5.2", path: "/bin/bash" }],
    runningAs: { userName: "root", elevated: true },
    signedInUsers: [],
    pendingReboot: { pending: false, reasons: [] },
    timeZone: "Europe/Berlin",
    bootedAt: null,
    agentVersion: "0.1.0",
    ...facts,
  };
}
