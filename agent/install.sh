#!/bin/sh
# Installs the Evenkeel agent on this computer and enrols it. Run as root:
#   curl -fsSL https://SERVER/agent/install.sh | sh -s -- --server https://SERVER --key KEY
# --no-service enrols without installing a service. Nothing is changed before everything needed was found.
set -eu

fail() {
  echo "evenkeel: $1" >&2
  exit 1
}

main() {
  server=""
  key="${EVENKEEL_ENROLLMENT_KEY:-}"
  service=yes
  allow_http=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --server) [ $# -ge 2 ] || fail "--server needs an address."; server="${2%/}"; shift 2 ;;
      --key) [ $# -ge 2 ] || fail "--key needs a key."; key="$2"; shift 2 ;;
      --no-service) service=no; shift ;;
      --allow-http) allow_http="--allow-http"; shift ;;
      *) fail "\"$1\" is not known; use --server URL --key KEY [--no-service] [--allow-http]." ;;
    esac
  done
  [ -n "$server" ] || fail "say which server: --server https://..."
  [ -n "$key" ] || fail "give the tenant's enrolment key: --key KEY."
  [ "$(id -u)" = 0 ] || fail "run this as root, so that the agent can manage the whole computer."
  [ "$(uname -s)" = Linux ] || fail "this installer is for Linux."

  node="$(command -v node || true)"
  [ -n "$node" ] || fail "Node 20.9 or newer is needed and there is none; install it first (https://nodejs.org)."
  "$node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 9) ? 0 : 1)' ||
    fail "Node 20.9 or newer is needed, and $node is $("$node" --version)."

  folder=/opt/evenkeel-agent
  bundle="$folder/evenkeel-agent.mjs"
  fresh="$(mktemp -d)"
  trap 'rm -rf "$fresh"' EXIT
  url="$server/agent/evenkeel-agent.mjs"
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL "$url" -o "$fresh/evenkeel-agent.mjs" || fail "$url cannot be downloaded."
  elif command -v wget >/dev/null 2>&1; then
    wget -qO "$fresh/evenkeel-agent.mjs" "$url" || fail "$url cannot be downloaded."
  else
    fail "curl or wget is needed."
  fi
  version="$("$node" "$fresh/evenkeel-agent.mjs" --version)" || fail "what $url gave is not an agent."

  mkdir -p "$folder"
  chmod 755 "$folder"
  install -m 755 "$fresh/evenkeel-agent.mjs" "$bundle"
  EVENKEEL_ENROLLMENT_KEY="$key" "$node" "$bundle" enroll --server "$server" $allow_http
  if [ "$service" = yes ]; then
    "$node" "$bundle" install
  else
    echo "evenkeel: agent $version is in $bundle; start it with: $node $bundle run"
  fi
}

# The whole script is read before any of it runs, also when it comes through a pipe.
main "$@"
