import { createHash } from "node:crypto";
import type { ScriptStep } from "@/server/agents/wire";
import type { Installer, ParameterValues } from "@/server/core/items";
import type { PlannedAction } from "@/server/core/plan";

type PackageInstaller = Extract<Installer, { package: string }>;
type Operation = "install" | "update" | "downgrade" | "reinstall" | "remove" | "remove-install";

/** Repositories can be slow, and another installation may have to end first. */
const TIMEOUT_SECONDS = 3600;

/**
 * The step that lets the computer's package manager do an action. Nothing is asked, configuration files stay as they
 * are, another package manager at work is waited for, and nothing else is removed to make room.
 */
export function packageStep(key: string, installer: PackageInstaller, action: PlannedAction): ScriptStep {
  const operation = operationOf(action);
  const body = installer.kind === "apt" ? aptScript(operation) : dnfScript(operation);
  const version = pinnedVersion(action);
  const parameters: ParameterValues = { Package: installer.package, ...(version === null ? {} : { Version: version }) };
  return {
    kind: "script",
    key,
    language: "bash",
    context: "system",
    body,
    bodySha256: createHash("sha256").update(body).digest("hex"),
    parameters,
    secretParameters: [],
    timeoutSeconds: TIMEOUT_SECONDS,
    requiresElevation: true,
  };
}

function operationOf(action: PlannedAction): Operation {
  if (action.type === "uninstall") return "remove";
  if (action.method === "uninstall-install") return "remove-install";
  switch (action.type) {
    case "update":
    case "downgrade":
    case "reinstall":
      return action.type;
    default:
      return "install";
  }
}

/** Latest means what the repository has when the action runs; only a version that was chosen is asked for by name. */
function pinnedVersion(action: PlannedAction): string | null {
  const chosen = action.desiredState === "installed-specific" || action.desiredState === "installed-maximum";
  return chosen && action.type !== "uninstall" ? action.wantedVersion : null;
}

function aptScript(operation: Operation): string {
  const run: Record<Operation, string> = {
    install: `"\${apt[@]}" --no-remove install "$target"`,
    update: `"\${apt[@]}" --no-remove install "$target"`,
    downgrade: `"\${apt[@]}" --no-remove --allow-downgrades install "$target"`,
    reinstall: `"\${apt[@]}" --no-remove --reinstall install "$target"`,
    remove: `"\${apt[@]}" remove "$EK_Package"`,
    "remove-install": `"\${apt[@]}" remove "$EK_Package" && "\${apt[@]}" --no-remove install "$target"`,
  };
  return `set -u
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l NEEDRESTART_SUSPEND=1 APT_LISTCHANGES_FRONTEND=none
export UCF_FORCE_CONFFOLD=1 LC_ALL=C.UTF-8
apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
${operation === "remove" ? "" : APT_REFRESH}${run[operation]}
`;
}

const APT_REFRESH = `"\${apt[@]}" update || echo "The package lists could not be refreshed; going on with those that are here." >&2
target=$EK_Package
if [ -n "\${EK_Version:-}" ]; then
  exact=$(apt-cache madison "$EK_Package" | awk -F'|' -v wanted="$EK_Version" '
    { gsub(/ /, "", $2); plain = $2; sub(/^[0-9]+:/, "", plain) }
    $2 == wanted || plain == wanted || index(plain, wanted "-") == 1 { print $2; exit }')
  if [ -z "$exact" ]; then
    echo "Version $EK_Version of $EK_Package is in none of this computer's package sources." >&2
    exit 66
  fi
  target="$EK_Package=$exact"
fi
`;

function dnfScript(operation: Operation): string {
  const run: Record<Operation, string> = {
    install: `dnf -y --refresh install "$target"`,
    update: `if [ -n "\${EK_Version:-}" ]; then dnf -y --refresh install "$target"; else dnf -y --refresh upgrade "$EK_Package"; fi`,
    downgrade: `dnf -y --refresh downgrade "$target"`,
    reinstall: `dnf -y --refresh reinstall "$EK_Package"`,
    remove: `dnf -y --noautoremove remove "$EK_Package"`,
    "remove-install": `dnf -y --noautoremove remove "$EK_Package" && dnf -y --refresh install "$target"`,
  };
  return `set -u
export LC_ALL=C.UTF-8
target=$EK_Package\${EK_Version:+-$EK_Version}
${run[operation]}
`;
}
