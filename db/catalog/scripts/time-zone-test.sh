# evenkeel: timeout=30 context=system
# Compares rules, not names: Asia/Calcutta and Asia/Kolkata are the same zone.
wanted="/usr/share/zoneinfo/$EK_TimeZone"
if [ -z "$EK_TimeZone" ] || [[ "$EK_TimeZone" == *..* ]] || [ ! -f "$wanted" ] || [ "$(head -c 4 "$wanted")" != TZif ]; then
  echo "There is no time zone named '$EK_TimeZone' on this machine." >&2
  exit 1
fi
actual=/etc/localtime
# A machine without the file keeps UTC.
if [ ! -e "$actual" ]; then actual=/usr/share/zoneinfo/UTC; fi
if [ "$(sha256sum < "$wanted")" = "$(sha256sum < "$actual")" ]; then echo true; else echo false; fi
