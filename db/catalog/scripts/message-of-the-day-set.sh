# evenkeel: timeout=30 context=system elevated
printf '%s\n' "$EK_Text" > /etc/motd
