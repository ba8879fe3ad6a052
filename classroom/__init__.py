"""The teacher's commands: the student edition of an assignment, a zip for the room, grades, a report, plans, print kits.

Run ``python -m classroom --help``. Nothing here is needed by a student.
"""

import sys

# jsonschema, which nbformat needs, builds 38 parsers with this package while it is imported: 1.7 seconds of each command,
# for kinds of addresses that no notebook's schema names. Without the package it leaves them out.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
