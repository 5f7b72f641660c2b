# evenkeel: timeout=30 context=system
# Both through $( ), which leaves out line breaks at the end.
if [ "$(cat /etc/motd 2>/dev/null)" = "$(printf '%s' "$EK_Text")" ]; then echo true; else echo false; fi
