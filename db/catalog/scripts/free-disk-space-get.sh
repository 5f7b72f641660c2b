# evenkeel: timeout=60 context=system
# {"/": 42}: free space in percent of each local file system.
df -P --local -x tmpfs -x devtmpfs -x squashfs 2>/dev/null | awk '
  NR > 1 { gsub("%", "", $5); printf "%s\"%s\":%d", (n++ ? "," : "{"), $6, 100 - $5 }
  END { print (n ? "}" : "{}") }'
