"""The command that starts the preloaded process inside bubblewrap, and what to say when it cannot be started."""

from __future__ import annotations

import os
import re
import shutil
import site
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from helpers.class_settings import HIDE_ARTICLE  # not from helpers.article, which loads pandas

from ...errors import TeacherError

ROOT = Path(__file__).resolve().parents[3]
COURSE, ENGINE = Path("/course"), Path("/engine")
_INSTEAD_OF_TMP = Path("/from_tmp")
_SHARED = ("helpers", "data")  # nothing else of the course is inside: no assignments, no tests, no history
# The sandbox's own code stands beside the course, so that the course inside is what a lesson imports and no more. All of it
# but `outside`, found rather than listed: a file that is forgotten in a list is missed only where student code runs.
_SANDBOX = Path(__file__).resolve().parents[1]
_INSIDE = ("__init__.py", *sorted(f"sandbox/{path.name}" for path in _SANDBOX.glob("*.py")), "sandbox/inside")
_ARTICLE = "data/article.txt"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives")
_MIN_UID, _MAX_UID = 60_001, 65_533
_FONTS = "the descriptor of the list of fonts"
_LIST_VERSION = re.compile(r"^    __version__ = '([\d.]+)'$", re.MULTILINE)  # in font_manager.py, of its list
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")

UNSAFE = (
    "Or add --unsafe: then each submission runs in a process of its own, which can read what you can read and reach the "
    "network, and every mark is labelled “not isolated”. Do that only with work that you trust."
)

# The second half of the way from root to nobody: it runs inside, as root of nothing but two capabilities.
_BECOME = """import os, sys
uid = int(sys.argv[1])
os.setgroups([])
os.setresgid(uid, uid, uid)
os.setresuid(uid, uid, uid)
os.execv(sys.argv[2], sys.argv[2:])
"""


def command(control: int) -> list[str]:
    """Return the command that starts the preloaded process.

    Parameters
    ----------
    control : int
        The descriptor of the control socket, which the command inherits.

    Returns
    -------
    list of str
        An ordinary user starts one bubblewrap. Root starts two: the outer one lays out what there is to see, which only
        root can read, then turns into a user who owns nothing; the inner one makes the namespaces as that user.

    Raises
    ------
    TeacherError
        If bubblewrap is missing, or if Python stands where it cannot be shared.
    """
    program = shutil.which("bwrap")
    if sys.platform != "linux" or program is None:
        raise TeacherError(_missing())
    spaces = [
        *("--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"),
        *("--die-with-parent", "--new-session"),
    ]
    # Everything that stays from one submission to the next is read-only. Each has its own writable folders: see `isolate`.
    private = ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
    private += ["--perms", "0700", "--tmpfs", "/tmp", *_fonts(), "--chdir", "/"]
    run = [str(_inside(Path(sys.executable))), "-s", "-P", "-B", "-c", _start(), str(control)]
    if os.geteuid() != 0:
        return [program, *spaces, *_layout(), *private, "--remount-ro", "/", *_environment(), *run]
    outer = [program, *_layout(), "--bind", "/proc", "/proc", "--dev-bind", "/dev", "/dev", "--remount-ro", "/"]
    outer += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", *_environment()]
    become = [str(_inside(Path(sys.executable))), "-I", "-S", "-c", _BECOME, str(_unused_uid())]
    return [*outer, *become, program, *spaces, "--ro-bind", "/", "/", *private, *run]


def _start() -> str:
    paths = [str(COURSE), str(ENGINE)]
    return f"import sys; sys.path[:0] = {paths!r}; from classroom.sandbox.inside import fork_server; fork_server.main()"


def _inside(path: Path) -> Path:
    """Where a path of this machine stands inside. There /tmp is empty, so what stands in it here is bound elsewhere."""
    path = Path(os.path.abspath(path))
    return _INSTEAD_OF_TMP / path.relative_to("/tmp") if path.is_relative_to("/tmp") else path


def _layout() -> list[str]:
    """What there is to see: the system, Python and its packages, the helpers and the tables; all of it read-only."""
    binds = {path: _inside(path) for path in (*_system(), *_python())}
    binds |= {ROOT / name: COURSE / name for name in _SHARED}
    binds |= {ROOT / "classroom" / name: ENGINE / "classroom" / name for name in _INSIDE}
    folders = sorted({parent for target in binds.values() for parent in target.parents} - {Path("/")})
    empty = [COURSE / "my_notebooks", COURSE / "tables", Path("/tmp"), Path("/proc"), Path("/dev")]
    arguments: list[str] = []
    for folder in [*folders, *empty]:  # parents before what is in them
        arguments += ["--perms", "0755", "--dir", str(folder)]
    for source, target in sorted(binds.items(), key=lambda pair: len(pair[1].parts)):
        arguments += ["--ro-bind", str(source), str(target)]
    for name in _SYSTEM:
        if os.path.islink(name):
            arguments += ["--symlink", os.readlink(name), name]
    if (ROOT / _ARTICLE).exists():  # the teacher's own copy of a copyrighted text
        arguments += ["--ro-bind", "/dev/null", str(COURSE / _ARTICLE)]
    return arguments


def _system() -> list[Path]:
    return [Path(name) for name in (*_SYSTEM, *_SETTINGS) if os.path.exists(name) and not os.path.islink(name)]


def _python() -> list[Path]:
    """Where Python and its packages stand, without what stands inside another, and never a folder that holds the course."""
    paths = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sysconfig.get_paths().values()}
    paths |= {str(Path(sys.executable).resolve().parent), str(Path(sys.base_prefix).resolve()), *site.getsitepackages()}
    found = sorted({Path(os.path.abspath(path)) for path in paths if os.path.isdir(path)})
    for path in found:
        if ROOT.is_relative_to(path) or Path.home().is_relative_to(path):
            raise TeacherError(
                f"Python stands in {path}, and so does the course or your home folder: student code would see both. "
                "Use an environment of its own (make env-classroom), or Python as your system installs it."
            )
    system = [Path("/usr")]
    return [path for path in found if not any(path != other and path.is_relative_to(other) for other in [*found, *system])]


def _fonts() -> list[str]:
    """matplotlib's list of fonts, or it would look for all fonts at each start."""
    found = _font_list()
    into = ["--dir", "/tmp/matplotlib"]
    return [*into, "--file", _FONTS, f"/tmp/matplotlib/{found.name}"] if found else into


def _font_list() -> Path | None:
    """Find matplotlib's list without matplotlib, which takes half a second to load. One that is not there is made by it."""
    spec, caches = find_spec("matplotlib"), os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    if spec is not None and spec.origin:
        code = Path(spec.origin).with_name("font_manager.py").read_text(encoding="utf-8")
        folder = Path(os.environ.get("MPLCONFIGDIR") or Path(caches, "matplotlib"))
        if (found := _LIST_VERSION.search(code)) and (path := folder / f"fontlist-v{found[1]}.json").is_file():
            return path
    import matplotlib
    from matplotlib import font_manager

    path = Path(matplotlib.get_cachedir()) / f"fontlist-v{font_manager.FontManager.__version__}.json"
    return path if path.is_file() else None


def with_fonts(arguments: list[str]) -> tuple[list[str], list[int]]:
    """Open the list of fonts for a command; return it with the descriptor, and the descriptors to close then."""
    found = _font_list()
    if found is None or _FONTS not in arguments:
        return arguments, []
    descriptor = os.open(found, os.O_RDONLY)
    return [str(descriptor) if argument == _FONTS else argument for argument in arguments], [descriptor]


def font_cache() -> dict[str, str]:
    """Where matplotlib keeps its list of fonts, as the environment says it."""
    import matplotlib

    return {"MPLCONFIGDIR": matplotlib.get_cachedir()}


def require() -> None:
    """Say at once, by a `TeacherError`, if bubblewrap is not there."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        raise TeacherError(_missing())


def _environment() -> list[str]:
    values = {
        HIDE_ARTICLE: "1",
        "HOME": "/tmp",
        "IPYTHONDIR": "/tmp/ipython",
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",  # one thread alone may fork
        "PATH": "/usr/bin:/bin",
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
    }
    return ["--clearenv", *(word for name, value in values.items() for word in ("--setenv", name, value))]


def _unused_uid() -> int:
    """A user who owns nothing: a high number that nobody on this machine has."""
    import pwd

    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(number for number in range(_MAX_UID, _MIN_UID, -1) if number not in taken)


def _missing() -> str:
    if sys.platform != "linux":
        return f"Students' work is isolated with bubblewrap, which is for Linux only. Mark on Linux (WSL will do). {UNSAFE}"
    return f"bubblewrap, which isolates students' work, is missing. Install it: sudo apt-get install bubblewrap. {UNSAFE}"


def refusal(output: str) -> TeacherError:
    """Return the error that says what to do when bubblewrap is there and does not work; `output` is what it printed."""
    advice = "Ask whoever runs this machine to allow user namespaces for bubblewrap (a container often forbids them)."
    if _APPARMOR.is_file() and _APPARMOR.read_text().strip() == "1":
        advice = (
            "AppArmor forbids it. Allow it until the next start of the machine with "
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0."
        )
    shown = " ".join(output.split())[-600:] or "bubblewrap printed nothing"
    return TeacherError(f"bubblewrap cannot isolate students' work here: {shown}. {advice} {UNSAFE}")
