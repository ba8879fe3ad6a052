"""What the solution's own run gave, and the hidden tables on which it ran: kept for the next run.

They lie beside the marks, where no student's code can write. The file begins with a hash of the key and of all that follows,
so one that is of something else, cut off or changed is as good as none. Nothing in it is unpickled here: a loaded table goes
on to the sandbox as it stands.
"""

from __future__ import annotations

import json
import sysconfig
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from ..files import write_if_changed
from .points import Expected
from .probes import Swapped

FILE = "solution.txt"  # not .json: that is what a student's result ends in
Tables = Mapping[int, Swapped]  # by the number of the variant


def key_of(base: str) -> str:
    """Return the key of what is kept: all that decides points, and the packages that a solution may import."""
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return sha256(json.dumps([base, packages]).encode()).hexdigest()


def keep_solution(folder: Path, key: str, expected: Expected, tables: Tables) -> None:
    """Keep what the solution gave, and the tables that are swapped for it, in one step."""
    plain = {
        "expected": expected,
        "tables": {
            str(variant): [{name: b64encode(part).decode() for name, part in parts.items()} for parts in swapped]
            for variant, swapped in tables.items()
        },
    }
    body = json.dumps(plain).encode()
    # Like the seed from which the tables are made: where students have accounts on the same machine, they cannot read it.
    write_if_changed(folder / FILE, _sum(key, body) + body, mode=0o600)


def kept_solution(folder: Path, key: str) -> tuple[Expected, Tables] | None:
    """Return what is kept under a key; None if nothing is, or nothing that is whole."""
    try:
        content = (folder / FILE).read_bytes()
        body = content[len(_sum("", b"")) :]
        if content != _sum(key, body) + body:
            return None
        plain = json.loads(body)
        tables: dict[int, Swapped] = {}
        for variant, swapped in plain["tables"].items():
            csv, frames = ({name: b64decode(part) for name, part in parts.items()} for parts in swapped)
            tables[int(variant)] = csv, frames
        return dict(plain["expected"]), tables
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _sum(key: str, body: bytes) -> bytes:
    return f"{sha256(key.encode() + body).hexdigest()}\n".encode()
