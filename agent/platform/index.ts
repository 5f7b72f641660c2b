import { AgentError } from "../errors";
import { createLinuxPlatform } from "./linux";
import type { Platform } from "./platform";

const names: Partial<Record<NodeJS.Platform, string>> = { win32: "Windows", darwin: "macOS" };

/** The platform this process runs on. Refuses, in one sentence, a system that this agent does not know. */
export function createPlatform({
  stateDir,
  system = process.platform,
}: {
  stateDir: string | null;
  system?: NodeJS.Platform;
}): Platform {
  if (system === "linux") return createLinuxPlatform({ stateDir });
  throw new AgentError(
    "unsupported",
    `This agent runs on Linux only; it does not know how to manage ${names[system] ?? system}.`,
  );
}
