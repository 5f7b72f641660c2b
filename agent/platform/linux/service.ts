import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { AgentError } from "../../errors";
import { capture } from "../../processes";
import type { ServiceState } from "../platform";

const UNIT = "evenkeel-agent.service";
const UNIT_PATH = `/etc/systemd/system/${UNIT}`;
const BUNDLE_PATH = "/opt/evenkeel-agent/evenkeel-agent.mjs";

/** The systemd unit. systemd ends the scripts of an agent that died: what it would report as interrupted is. */
export function renderUnit({ nodePath, stateDir }: { nodePath: string; stateDir: string }): string {
  const quote = (text: string) => `"${text.replace(/[\\"]/g, "\\$&").replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;
  return `[Unit]
Description=Evenkeel agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${quote(nodePath)} ${quote(BUNDLE_PATH)} run --state ${quote(stateDir)}
Restart=always
RestartSec=5
# Not enrolled, refused, unsupported: starting again would not help.
RestartPreventExitStatus=2 3 7
KillMode=mixed
TimeoutStopSec=20
UMask=0077

[Install]
WantedBy=multi-user.target
`;
}

export async function installService({
  stateDir,
  bundlePath,
}: {
  stateDir: string;
  bundlePath: string;
}): Promise<string> {
  await needSystemd("install");
  await mkdir(dirname(BUNDLE_PATH), { recursive: true, mode: 0o755 });
  if (bundlePath !== BUNDLE_PATH) {
    await copyFile(bundlePath, `${BUNDLE_PATH}.new`);
    await chmod(`${BUNDLE_PATH}.new`, 0o755);
    await rename(`${BUNDLE_PATH}.new`, BUNDLE_PATH);
  }
  await writeFile(UNIT_PATH, renderUnit({ nodePath: process.execPath, stateDir }), { mode: 0o644 });
  await systemctl("daemon-reload");
  await systemctl("enable", "--now", UNIT);
  await systemctl("restart", UNIT);
  return `The service ${UNIT} is installed and running.`;
}

/** Removes the service and the program; the enrolment stays in the state directory. */
export async function uninstallService(): Promise<string> {
  if (!existsSync(UNIT_PATH)) return "The service is not installed.";
  await needSystemd("uninstall");
  await systemctl("disable", "--now", UNIT);
  await rm(UNIT_PATH, { force: true });
  await systemctl("daemon-reload");
  await rm(dirname(BUNDLE_PATH), { recursive: true, force: true });
  return `The service ${UNIT} is removed.`;
}

export async function serviceState(): Promise<ServiceState> {
  if (!existsSync(UNIT_PATH)) return "not-installed";
  const { stdout } = await capture("systemctl", ["is-active", UNIT]);
  return stdout.trim() === "active" ? "running" : "installed";
}

async function needSystemd(verb: string): Promise<void> {
  if (process.geteuid?.() !== 0) {
    throw new AgentError("state", `Run "${verb}" as root: a service belongs to the whole computer.`);
  }
  if (!existsSync("/run/systemd/system")) {
    throw new AgentError(
      "unsupported",
      'This system was not started by systemd, so there is no service to manage; keep "run" alive by other means.',
    );
  }
}

async function systemctl(...args: string[]): Promise<void> {
  const { exitCode, stderr } = await capture("systemctl", args, 60_000);
  if (exitCode !== 0) {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    throw new AgentError("unexpected", `systemctl ${args.join(" ")} failed${said === "" ? "" : `: ${said}`}.`);
  }
}
