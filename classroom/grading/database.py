"""Where the gradebook of a folder of marks lies: in its own file, or in a database that the teacher has chosen.

The folder keeps the address without its password. That comes from the command line, or from where PostgreSQL's own programs
look for it (the file ``~/.pgpass``, the variable PGPASSWORD). It is never printed, and stands in no message.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from ..errors import TeacherError
from ..files import write_if_changed

FILE = "gradebook.db"
_KEPT = Path(".kept") / "database.txt"
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_FORM = "postgresql://NAME@HOST/DATABASE"
_given: dict[str, str] = {}  # the passwords of this process, by address


def choose_database(folder: Path, text: str) -> None:
    """Keep, for a folder of marks, in which database its gradebook is.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of marks.
    text : str
        The address, as ``postgresql://name:password@host/database``; ``"sqlite"`` for the folder's own file.

    Raises
    ------
    TeacherError
        If it is no such address, the program that reaches such a database is not installed, or it does not let us in.
    """
    if text.strip().casefold() == "sqlite":
        (folder / _KEPT).unlink(missing_ok=True)
        return
    url = _read(text.strip())
    _reach(url)
    if url.password:
        _given[shown(url)] = str(url.password)
    write_if_changed(folder / _KEPT, f"{shown(url)}\n".encode())


def database_of(folder: Path) -> URL | None:
    """Return the address of a folder's database with the password that was given, or None for the folder's own file."""
    try:
        text = (folder / _KEPT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    url = _read(text)
    return url.set(password=_given[text]) if text in _given else url


def has_gradebook(folder: Path) -> bool:
    """Say whether a folder has a gradebook, be it a file or a database."""
    return (folder / FILE).is_file() or (folder / _KEPT).is_file()


def shown(url: URL) -> str:
    """Return an address as it may be shown: without a password."""
    without = URL.create(url.drivername, url.username, None, url.host, url.port, url.database)  # set() keeps a password
    return without.render_as_string()


def environment_for(folder: Path) -> dict[str, str]:
    """Return the variables for a program that opens the same gradebook: the password, where one was given."""
    url = database_of(folder)
    return {**os.environ, **({"PGPASSWORD": str(url.password)} if url is not None and url.password else {})}


def _reach(url: URL) -> None:
    """See that the database lets us in, before anything is run or kept."""
    engine = create_engine(url)
    try:
        engine.connect().close()
    except DatabaseError as problem:
        said = " ".join(str(problem.orig).split())
        raise TeacherError(f"The database {shown(url)} cannot be used ({said}). Nothing was changed.") from None
    finally:
        engine.dispose()


def _read(text: str) -> URL:
    """Read an address. No message repeats it: what stands in it may be a password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise TeacherError(f"--database is no address of a database. Write it as {_FORM}.") from None
    if url.drivername.partition("+")[0] == "sqlite":  # where a relative file lies depends on the day; one in memory is lost
        raise TeacherError(
            "--database names a file of SQLite. Write only sqlite: the file is then in the folder of the marks."
        )
    if "@" in (url.host or "") or "/" in (url.database or "") or not url.database:
        raise TeacherError(
            f"--database is no address of the form {_FORM}. In a password, write %40 for @, %2F for / and %25 for %."
        )
    if url.query:
        raise TeacherError(
            f"--database has something after a question mark. Leave it out: {_FORM}. A ? in a password is %3F."
        )
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    try:
        url.get_dialect().import_dbapi()
    except NoSuchModuleError:
        raise TeacherError(f"--database begins with a word that names no kind of database. Write it as {_FORM}.") from None
    except ImportError as missing:
        raise TeacherError(
            f"The package {missing.name}, which reaches this database, is not installed in {sys.prefix}. `make env-hub` "
            "installs the one for PostgreSQL. Without --database, the gradebook is a file and needs none."
        ) from None
    return url
