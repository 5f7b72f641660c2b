# evenkeel: timeout=600 context=system elevated
set -e
export DEBIAN_FRONTEND=noninteractive
if command -v dnf >/dev/null 2>&1; then
  command -v firewall-cmd >/dev/null 2>&1 || dnf -y install firewalld
  systemctl enable --now firewalld
  firewall-cmd --permanent --add-service=ssh >/dev/null
  firewall-cmd --reload >/dev/null
else
  if ! command -v ufw >/dev/null 2>&1; then
    apt-get -o DPkg::Lock::Timeout=300 update -q
    apt-get -o DPkg::Lock::Timeout=300 install -y -q ufw
  fi
  # SSH first, so that switching the firewall on does not lock anybody out.
  ufw allow 22/tcp >/dev/null
  ufw default deny incoming >/dev/null
  ufw default allow outgoing >/dev/null
  ufw --force enable
fi
