# evenkeel: timeout=60 context=system
# {"/": 42}: free space in percent of each local file system. Images that are full by nature are left out.
df --local --output=pcent,target -x tmpfs -x devtmpfs -x efivarfs -x squashfs -x erofs -x iso9660 -x udf 2>/dev/null | awk '
  NR > 1 {
    used = $1; sub(/%/, "", used); sub(/^ *[^ ]+ +/, ""); gsub(/[\\"]/, "\\\\&")
    printf "%s\"%s\":%d", (n++ ? "," : "{"), $0, 100 - used
  }
  END { print (n ? "}" : "{}") }'
