# evenkeel: timeout=60 context=system
df --local --output=pcent,target -x tmpfs -x devtmpfs -x efivarfs -x squashfs -x erofs -x iso9660 -x udf 2>/dev/null |
  awk -v least="$EK_MinimumPercent" '
    NR > 1 {
      used = $1; sub(/%/, "", used); sub(/^ *[^ ]+ +/, "")
      if (100 - used < least + 0) { low = 1; print $0 " has " 100 - used " % left" > "/dev/stderr" }
    }
    END { print (low ? "false" : "true") }'
