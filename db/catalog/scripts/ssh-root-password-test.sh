# evenkeel: timeout=30 context=system elevated
# Without an SSH server nobody signs in over SSH at all.
if ! command -v sshd >/dev/null 2>&1; then echo true; exit 0; fi
mkdir -p /run/sshd
# Asked for root from an address that is nobody's, so that "Match User root" counts.
case "$(sshd -T -C user=root,host=elsewhere.invalid,addr=192.0.2.1 | awk '$1 == "permitrootlogin" { print $2 }')" in
  no | prohibit-password | without-password | forced-commands-only) echo true ;;
  yes) echo false ;;
  *) echo "sshd does not say whether root may sign in." >&2; exit 1 ;;
esac
