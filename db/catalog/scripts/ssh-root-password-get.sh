# evenkeel: timeout=30 context=system elevated
if ! command -v sshd >/dev/null 2>&1; then echo '"no SSH server"'; exit 0; fi
mkdir -p /run/sshd
sshd -T 2>/dev/null | awk '$1 == "permitrootlogin" { print "\"" $2 "\"" }'
