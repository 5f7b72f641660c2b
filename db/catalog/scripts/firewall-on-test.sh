# evenkeel: timeout=30 context=system elevated
# firewalld or ufw, whichever is on; on means running now and at the next start.
if command -v firewall-cmd >/dev/null 2>&1 && firewall-cmd --state >/dev/null 2>&1 &&
  systemctl is-enabled --quiet firewalld; then
  echo true
elif command -v ufw >/dev/null 2>&1 && ufw status 2>/dev/null | grep -q '^Status: active' &&
  grep -q '^ENABLED=yes' /etc/ufw/ufw.conf; then
  echo true
else
  echo false
fi
