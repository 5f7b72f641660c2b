# evenkeel: timeout=30 context=system
# Compares rules, not names: Asia/Calcutta and Asia/Kolkata are the same zone.
wanted="/usr/share/zoneinfo/$EK_TimeZone"
if [ -z "$EK_TimeZone" ] || [ ! -f "$wanted" ]; then
  echo "There is no time zone named '$EK_TimeZone' on this machine." >&2
  exit 1
fi
if [ -e /etc/localtime ] && cmp -s "$wanted" /etc/localtime; then echo true; else echo false; fi
