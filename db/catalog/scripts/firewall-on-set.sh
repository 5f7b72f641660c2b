# evenkeel: timeout=600 context=system elevated
set -e
export DEBIAN_FRONTEND=noninteractive
# The firewall that is there is the one to use; two beside each other undo each other's rules.
if ! command -v firewall-cmd >/dev/null 2>&1 && ! command -v ufw >/dev/null 2>&1; then
  if command -v apt-get >/dev/null 2>&1; then
    apt-get -o DPkg::Lock::Timeout=300 update -q || echo "The package lists could not be refreshed." >&2
    apt-get -o DPkg::Lock::Timeout=300 install -y -q ufw
  else
    dnf -y install firewalld
  fi
fi
# SSH first, on the ports where it really listens, so that switching the firewall on does not lock anybody out.
ports=22
if command -v sshd >/dev/null 2>&1; then
  mkdir -p /run/sshd
  found="$(sshd -T 2>/dev/null | awk '
    $1 == "port" { print $2 }
    $1 == "listenaddress" && match($2, /:[0-9]+$/) { print substr($2, RSTART + 1) }' | sort -un)"
  ports="${found:-22}"
fi
if command -v ufw >/dev/null 2>&1 && ! command -v firewall-cmd >/dev/null 2>&1; then
  for port in $ports; do ufw allow "$port/tcp" >/dev/null; done
  ufw default deny incoming >/dev/null
  ufw default allow outgoing >/dev/null
  ufw --force enable
else
  if ! firewall-cmd --state >/dev/null 2>&1; then
    for port in $ports; do firewall-offline-cmd --add-port="$port/tcp" >/dev/null; done
  fi
  systemctl enable --now firewalld
  for port in $ports; do firewall-cmd --permanent --add-port="$port/tcp" >/dev/null; done
  firewall-cmd --reload >/dev/null
fi
