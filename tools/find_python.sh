#!/bin/sh
# Print the first Python on this machine that can make the environment. If none can, say what each one said.
# A name may exist and yet not run (a version manager's shim, a start-up file that ends Python), so each one is tried. -I keeps
# out what a person's settings do to Python (PYTHONHOME, PYTHONPATH, packages of the person).
if [ "$#" -eq 0 ]; then
    set -- python3.12 python3.13 python3.11 python3.14 python3 python
fi
try='import sys
if sys.version_info < (3, 11):
    sys.exit("this is Python %d.%d, and the course needs 3.11 or newer" % sys.version_info[:2])
try:
    import ensurepip, venv
except ImportError as error:
    sys.exit("its part %r is missing (Debian: apt install python3-venv)" % error.name)
print("able")'
said=""
for name in "$@"; do
    command -v "$name" >/dev/null 2>&1 || continue
    # A start-up file may print lines of its own before or after.
    out=$("$name" -I -c "$try" 2>&1)
    if printf '%s\n' "$out" | grep -qx able; then
        echo "$name"
        exit 0
    fi
    last=$(printf '%s' "$out" | tail -n 1)
    said="$said
  $name: ${last:-it ended without a word}"
done
if [ -z "$said" ]; then
    echo "No Python was found. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)." >&2
else
    echo "No Python here can make the environment. Each one said:$said" >&2
    echo "Correct that, or name another Python: make env PYTHON=/path/to/python3" >&2
fi
exit 1
