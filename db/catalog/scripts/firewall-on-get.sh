# evenkeel: timeout=30 context=system elevated
# The state of each firewall that is there: {"ufw": "active"}.
states=
if command -v firewall-cmd >/dev/null 2>&1; then states="\"firewalld\":\"$(firewall-cmd --state 2>&1 | head -n 1)\""; fi
if command -v ufw >/dev/null 2>&1; then
  states="${states:+$states,}\"ufw\":\"$(ufw status 2>/dev/null | sed -n 's/^Status: //p')\""
fi
echo "{$states}"
