# evenkeel: timeout=60 context=system
# {"/": true, "/home": false}: every local file system, and whether a LUKS volume is below it.
first=1
printf '{'
findmnt -rno TARGET,SOURCE -t ext2,ext3,ext4,xfs,btrfs,zfs,f2fs | sort -u -k1,1 | while read -r target source; do
  device="${source%%\[*}"
  encrypted=false
  if lsblk -rsno TYPE "$device" 2>/dev/null | grep -q '^crypt$'; then encrypted=true; fi
  [ "$first" = 1 ] || printf ','
  first=0
  # findmnt writes a space as \x20; JSON wants quotes and backslashes escaped.
  printf '"%s":%s' "$(printf '%b' "$target" | sed 's/[\\"]/\\&/g')" "$encrypted"
done
printf '}\n'
