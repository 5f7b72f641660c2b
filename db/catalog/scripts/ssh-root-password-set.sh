# evenkeel: timeout=60 context=system elevated
set -e
mkdir -p /etc/ssh/sshd_config.d /run/sshd
grep -qi '^[[:space:]]*Include[[:space:]]*/etc/ssh/sshd_config.d/' /etc/ssh/sshd_config ||
  sed -i '1i Include /etc/ssh/sshd_config.d/*.conf' /etc/ssh/sshd_config
# The first value that sshd reads is the one that counts, so this file sorts before the others.
echo 'PermitRootLogin prohibit-password' > /etc/ssh/sshd_config.d/00-evenkeel.conf
sshd -t
if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
  systemctl reload ssh 2>/dev/null || systemctl reload sshd 2>/dev/null || true
fi
