# evenkeel: timeout=30 context=system
if [ -L /etc/localtime ]; then
  readlink -f /etc/localtime | sed -n 's#^.*/zoneinfo/##p'
else
  cat /etc/timezone 2>/dev/null || echo UTC
fi
