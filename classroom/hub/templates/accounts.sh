#!/bin/sh
# Makes an account for each name in a file, one a line, and prints NAME,PASSWORD:
#     sh accounts.sh names.txt > passwords.csv
# Who has an account already is left alone. Delete passwords.csv when everybody has changed theirs with the command passwd.
set -eu
umask 077
if [ -f /dev/stdout ]; then chmod 600 /dev/stdout; fi # the shell made the file of passwords, and others might read it
group="students"
getent group "$group" >/dev/null || groupadd "$group"
tr -d '\r' < "$1" | while read -r name || [ -n "$name" ]; do
    case "$name" in
        "" | [!a-z]* | *[!a-z0-9_-]*) echo "Left out: '$name'. Use small letters and digits, a letter first." >&2; continue ;;
    esac
    if id "$name" >/dev/null 2>&1; then echo "$name has an account already." >&2; continue; fi
    useradd --create-home --shell /bin/bash --groups "$group" "$name"
    chmod 700 "$(getent passwd "$name" | cut -d: -f6)"
    password="$(head -c 9 /dev/urandom | base64 | tr '+/' 'xy')"
    printf '%s:%s\n' "$name" "$password" | chpasswd
    printf '%s,%s\n' "$name" "$password"
done
