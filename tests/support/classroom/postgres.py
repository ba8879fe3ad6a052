"""A PostgreSQL server for a test: in a folder of its own, on a free port, with a password, as a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.browser import free_port

PASSWORD = "p@ss:w%rd/7"  # with the characters that an address must write in another way
IN_AN_ADDRESS = "p%40ss%3Aw%25rd%2F7"


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server, and yield its address without user and password: ``127.0.0.1:5432``."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="course-pg-"))
    user = next((one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), None)
    own: dict[str, str] = {"user": user} if os.geteuid() == 0 and user else {}  # the server refuses to run as root
    port = free_port()
    try:
        (folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        if own:
            for path in (folder, folder / "password"):
                shutil.chown(path, user)
        data, log = folder / "data", folder / "log"
        made = [
            "--username=teacher",
            f"--pwfile={folder / 'password'}",
            "--auth=scram-sha-256",
            "--no-sync",
            "--encoding=UTF8",
        ]
        _run(programs / "initdb", "--pgdata", data, "--locale=C", *made, **own)
        settings = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c max_connections=20 -c shared_buffers=16MB"
        _run(programs / "pg_ctl", "start", "-w", "-s", "-D", data, "-l", log, "-o", settings, **own)
        try:
            yield f"127.0.0.1:{port}"
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", data, **own)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    usable = [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    if not usable and os.environ.get("CI") == "true":
        pytest.fail("PostgreSQL is missing, and CI must have it: see .ci/run")
    if not usable:
        pytest.skip("PostgreSQL is not installed on this machine")
    return usable[0]


def _run(*call: object, **own: str) -> None:
    # Into a file, not a pipe: the server would keep a pipe open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([str(one) for one in call], stdout=said, stderr=said, cwd="/", **own)
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
