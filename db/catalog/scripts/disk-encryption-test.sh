# evenkeel: timeout=60 context=system
# True when the root file system is on an encrypted volume.
device="$(findmnt -rno SOURCE / | sed 's/\[.*//')"
if lsblk -rsno TYPE "$device" 2>/dev/null | grep -q '^crypt$'; then echo true; else echo false; fi
