# evenkeel: timeout=60 context=system elevated
set -e
wanted="/usr/share/zoneinfo/$EK_TimeZone"
if [ -z "$EK_TimeZone" ] || [[ "$EK_TimeZone" == *..* ]] || [ ! -f "$wanted" ] || [ "$(head -c 4 "$wanted")" != TZif ]; then
  echo "There is no time zone named '$EK_TimeZone' on this machine." >&2
  exit 1
fi
if command -v timedatectl >/dev/null 2>&1 && timedatectl set-timezone "$EK_TimeZone" 2>/dev/null; then
  exit 0
fi
# Without systemd, as in a container: the same two files by hand, the link replaced in one step.
ln -sfn "$wanted" /etc/localtime.evenkeel
mv -fT /etc/localtime.evenkeel /etc/localtime
if [ -f /etc/timezone ]; then echo "$EK_TimeZone" > /etc/timezone; fi
