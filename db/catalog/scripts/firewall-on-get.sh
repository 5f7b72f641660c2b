# evenkeel: timeout=30 context=system elevated
if command -v firewall-cmd >/dev/null 2>&1; then
  echo "\"firewalld: $(firewall-cmd --state 2>&1)\""
elif command -v ufw >/dev/null 2>&1; then
  echo "\"ufw: $(ufw status | sed -n 's/^Status: //p')\""
else
  echo '"none"'
fi
