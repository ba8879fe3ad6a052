#!/bin/sh
# Marks a class in parts with GNU parallel, and gathers:  sh parallel.sh ps1 ~/my-course 4
# On several machines that see the same folders, add to parallel:  --sshlogin :,machine2,machine3
set -eu
cd "${COURSE:-/srv/course}"
python="${PYTHON:-.venv/bin/python}" parts="$3"
seq "$parts" | parallel --quote --halt soon,fail=1 "$python" -m classroom grade "$1" --course "$2" \
    --submissions "$2/submitted" --workers 1 --part "{}/$parts" --out "$2/parts/{}"
"$python" -m classroom grade "$1" --course "$2" --submissions "$2/submitted" --gather "$2"/parts/*
