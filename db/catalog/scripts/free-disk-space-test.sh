# evenkeel: timeout=60 context=system
df -P --local -x tmpfs -x devtmpfs -x squashfs 2>/dev/null | awk -v least="$EK_MinimumPercent" '
  NR > 1 { gsub("%", "", $5); if (100 - $5 < least) { low = 1; print $6 " has " 100 - $5 " % left" > "/dev/stderr" } }
  END { print (low ? "false" : "true") }'
