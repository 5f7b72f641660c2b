# evenkeel: timeout=30 context=system
if [ -L /etc/localtime ]; then
  readlink -f /etc/localtime | sed -n 's#^.*/zoneinfo/##p'
elif [ -e /etc/localtime ]; then
  # A copy instead of a link: its name is that of a zone with the same rules.
  find /usr/share/zoneinfo -type f -size -8k ! -path '*/posix/*' ! -path '*/right/*' -exec sha256sum {} + |
    awk -v sum="$(sha256sum < /etc/localtime)" '$1 == substr(sum, 1, 64) { sub(/^.*zoneinfo\//, ""); print }' |
    sort | head -n 1
else
  echo UTC
fi
