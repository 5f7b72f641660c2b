# evenkeel: timeout=30 context=system elevated
if ! command -v sshd >/dev/null 2>&1; then echo '"no SSH server"'; exit 0; fi
mkdir -p /run/sshd
sshd -T -C user=root,host=elsewhere.invalid,addr=192.0.2.1 | awk '$1 == "permitrootlogin" { print "\"" $2 "\"" }'
