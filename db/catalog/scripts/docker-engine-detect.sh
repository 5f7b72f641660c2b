# evenkeel: timeout=30 context=system
# The version, whichever package brought the engine; nothing when there is none.
if command -v dockerd >/dev/null 2>&1; then
  dockerd --version 2>/dev/null | sed -n 's/^Docker version \([0-9][0-9A-Za-z.+~-]*\).*/"\1"/p'
fi
