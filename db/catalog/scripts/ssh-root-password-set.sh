# evenkeel: timeout=60 context=system elevated
set -e
config=/etc/ssh/sshd_config
own=/etc/ssh/sshd_config.d/00-evenkeel.conf
mkdir -p /etc/ssh/sshd_config.d /run/sshd
if ! sshd -t; then
  echo "The configuration of sshd has an error already; it was left as it is." >&2
  exit 1
fi
# The first value that sshd reads is the one that counts: the folder must come before any other word on root, and this
# file sorts before the others in it.
if ! awk '
  { word = tolower($1) }
  word == "include" && index($2, "/etc/ssh/sshd_config.d/") == 1 { found = 1; exit }
  word == "permitrootlogin" || word == "match" { exit }
  END { exit !found }' "$config"; then
  sed -i '1i Include /etc/ssh/sshd_config.d/*.conf' "$config"
fi
echo 'PermitRootLogin prohibit-password' > "$own"
sshd -t
if [ -d /run/systemd/system ]; then
  systemctl reload ssh 2>/dev/null || systemctl reload sshd 2>/dev/null || true
elif [ -f /run/sshd.pid ]; then
  kill -HUP "$(cat /run/sshd.pid)" || true
fi
