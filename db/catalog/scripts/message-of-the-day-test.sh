# evenkeel: timeout=30 context=system
if [ "$(cat /etc/motd 2>/dev/null)" = "$EK_Text" ]; then echo true; else echo false; fi
