"""The folder of a hub: what JupyterHub, git and nbgrader's exchange need, so that a student who logs in has the course."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from ..colophon import colophon
from ..errors import TeacherError
from ..files import write_if_changed
from ..handing_out.bundle import LAUNCHERS, bundle_files, is_secret
from ..lesson_files import lessons
from .programs import check_readable, compile_packages, install_proxy
from .repository import BRANCH, commit_files

TEMPLATES = Path(__file__).parent / "templates"
Accounts = Literal["system", "try"]
REPOSITORY, SERVICE = "course.git", "course-hub.service"
_LEFT_OUT = {*LAUNCHERS, "start_here.html", "environment.yml", "requirements.txt"}  # for a computer of one's own
_FETCHED = b"""# Assignments

Your assignments come here: in the menu choose *Nbgrader > Assignment List*, then *Fetch*. There you also hand in: *Submit*.
"""
_EXTENSIONS = b"""{"ServerApp": {"jpserver_extensions": {
  "nbgrader.server_extensions.formgrader": false,
  "nbgrader.server_extensions.course_list": false,
  "notebook": false
}}}
"""


@dataclass(frozen=True)
class Hub:
    """A hub's folder and what its owner has decided.

    Attributes
    ----------
    folder : pathlib.Path
        Where it lies.
    course : str
        The name of each student's copy, and of the course in nbgrader's exchange.
    accounts : str
        ``"system"`` or ``"try"``.
    teacher : str
        The account that hands out and collects.
    """

    folder: Path
    course: str
    accounts: str
    teacher: str

    @property
    def link(self) -> str:
        """The end of the link that gives a student the course and opens the first lesson."""
        opened = "/".join(["lab/tree", self.course, "my_notebooks", *(path.name for path in lessons()[:1])])
        asked = {
            "repo": f"file://{self.folder / REPOSITORY}",
            "branch": BRANCH,
            "targetPath": self.course,
            "urlpath": opened,
        }
        return "/hub/user-redirect/git-pull?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in asked.items())


def student_files(*, solutions: bool = True) -> dict[str, bytes]:
    """Return what each student gets: the bundle without what belongs to a computer of one's own, and without assignments."""
    files = {path: content for path, content in bundle_files({}, solutions=solutions).items() if path not in _LEFT_OUT}
    if secret := [path for path in files if is_secret(path)]:
        raise TeacherError(f"Students would get {', '.join(secret[:3])}. Nothing was written.")
    return files | {"my_notebooks/assignments/README.md": _FETCHED}


def open_hub(folder: Path, accounts: Accounts | None, teacher: str | None) -> Hub:
    """Return the hub of a folder; what its `hub.toml` says goes before the command line, for its owner may have changed it.

    Raises
    ------
    TeacherError
        If the folder holds something else, or its settings cannot be read.
    """
    path = folder / "hub.toml"
    if not path.exists():
        if folder.exists() and any(folder.iterdir()):
            raise TeacherError(
                f"{folder} holds other things, and no hub.toml. Give a folder that is empty or not there yet."
            )
        return Hub(folder, colophon().slug, accounts or "try", teacher or "teacher")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        hub = Hub(folder, str(found["course"]), str(found["accounts"]), str(found["teacher"]))
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as problem:
        raise TeacherError(
            f"{path} cannot be read ({problem}). Correct it, or move it away: then it is written anew."
        ) from None
    if hub.accounts not in ("system", "try"):
        raise TeacherError(f'{path}: accounts is "{hub.accounts}". "system" and "try" are allowed.')
    for name, asked, stands in (("accounts", accounts, hub.accounts), ("teacher", teacher, hub.teacher)):
        if asked and asked != stands:
            raise TeacherError(f'{path} says {name} = "{stands}", and you asked for "{asked}". Change it there.')
    return hub


def make_hub(hub: Hub, files: dict[str, bytes]) -> int:
    """Write the folder of a hub, or bring it up to date.

    Parameters
    ----------
    hub : Hub
        Which one.
    files : dict of str to bytes
        What each student gets.

    Returns
    -------
    int
        How many files differ from what students got before.

    Raises
    ------
    TeacherError
        If a program is missing, or students could not read what they need.
    """
    _make_folders(hub)
    if hub.accounts == "system":
        check_readable(hub.folder)
    install_proxy()
    compile_packages()
    changed = commit_files(hub.folder / REPOSITORY, files)
    if not (hub.folder / "hub.toml").exists():
        write_if_changed(hub.folder / "hub.toml", _filled(hub, "hub.toml"))
    for name in ("jupyterhub_config.py", "gitconfig", "README.md"):
        write_if_changed(hub.folder / name, _filled(hub, name))
    if hub.accounts == "system":
        write_if_changed(hub.folder / "accounts.sh", _filled(hub, "accounts.sh"))
        write_if_changed(hub.folder / SERVICE, _filled(hub, SERVICE))
    write_if_changed(hub.folder / "student_server.py", (TEMPLATES / "student_server.py").read_bytes())
    for name in ("jupyter_server_config.py", "nbgrader_config.py"):
        write_if_changed(hub.folder / "jupyter" / name, (TEMPLATES / name).read_bytes())
    write_if_changed(hub.folder / "jupyter" / "jupyter_server_config.d" / "hub.json", _EXTENSIONS)
    return changed


def _make_folders(hub: Hub) -> None:
    """Make the folders with the rights that they need; in the exchange, nbgrader wants all users to be able to write."""
    modes = {"": 0o755, "private": 0o700, "exchange": 0o1777, **({"homes": 0o700} if hub.accounts == "try" else {})}
    for name, mode in modes.items():
        (hub.folder / name).mkdir(parents=True, exist_ok=True)
        (hub.folder / name).chmod(mode)
    course = hub.folder / "exchange" / hub.course
    for path, mode in ((course, 0o755), (course / "outbound", 0o755), (course / "inbound", 0o3733)):
        path.mkdir(exist_ok=True)
        if hub.accounts == "system":  # first: a change of the owner takes the special bits away
            _give(path, hub.teacher)
        path.chmod(mode)
    if hub.accounts == "try" and not (hub.folder / "private" / "password.txt").exists():
        with os.fdopen(os.open(hub.folder / "private" / "password.txt", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(9) + "\n")


def _give(path: Path, teacher: str) -> None:
    try:
        shutil.chown(path, teacher)
    except LookupError:
        raise TeacherError(
            f"This machine has no account {teacher}. Make one (sudo adduser {teacher}), or name another: --teacher NAME."
        ) from None
    except PermissionError:
        raise TeacherError(f"Only root may give {path} to {teacher}. Run the command with sudo.") from None


def _filled(hub: Hub, name: str) -> bytes:
    """Return a template with what it must know of this hub."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    config, trying = hub.folder / "jupyterhub_config.py", hub.accounts == "try"
    program = [str(Path(sys.prefix) / "bin" / "jupyterhub"), "-f", str(config)]
    values = {
        "course": hub.course,
        "accounts": hub.accounts,
        "teacher": hub.teacher,
        "repository": str(hub.folder / REPOSITORY),
        "title": colophon().name,
        "link": hub.link,
        "who": "yourself" if trying else "root",
        "start": shlex.join(program),
        "open": _TRY_OPEN if trying else _OPEN,
        "folder": str(hub.folder),
        "password": str(hub.folder / "private" / "password.txt"),
    }
    for slot, value in {"said": _TRY_ACCOUNTS if trying else _ACCOUNTS, **values}.items():
        text = text.replace(f"{{{slot}}}", value.replace("%", "%%") if name == SERVICE else value)
    return text.encode()


_TRY_OPEN = "It can't be opened to others: between its users there are no walls."
_OPEN = """To open it to others, write a certificate and its key
into `hub.toml`, or let a web server on this machine pass https on to it. Then start it again. `course-hub.service` lets
systemd keep it running: its first lines say how."""
_TRY_ACCOUNTS = """**Log in** with any name (small letters and digits), such as `s001`, and the one password in
`{password}`. All files of all users are yours, in `{folder}/homes`."""
_ACCOUNTS = """**Accounts** are those of this machine. Write your students' names into a file, one a line (small letters and
digits), and run, as root, `sh {folder}/accounts.sh names.txt > passwords.csv`. Give each student the password; in a terminal
of the hub, `passwd` changes it. The teacher's account is made with `adduser {teacher}`."""
