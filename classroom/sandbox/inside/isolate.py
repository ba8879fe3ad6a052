"""Namespaces, mounts and privileges of one submission, by way of the C library: Python 3.11 has no ``unshare``. Linux only.

The process that calls `spawn` stays outside. The new process is the first of its own process namespace: when it ends,
the kernel ends every process that it started, however well hidden.
"""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

from . import seccomp

COURSE = "/course"  # where the helpers and the tables stand inside
WORK_FOLDER = f"{COURSE}/my_notebooks"  # the working folder, so that a lesson's ``sys.path.insert(0, "..")`` is right
TABLES = f"{COURSE}/tables"  # where swapped tables are written
WRITABLE = (WORK_FOLDER, "/tmp", "/dev/shm", TABLES)
_MAX_INODES = 2_000  # files in each of them

_NEW_MOUNTS, _NEW_CGROUP, _NEW_UTS = 0x00020000, 0x02000000, 0x04000000
_NEW_IPC, _NEW_USER, _NEW_PROCESSES = 0x08000000, 0x10000000, 0x20000000
_NEW_SPACES = _NEW_MOUNTS | _NEW_CGROUP | _NEW_UTS | _NEW_IPC | _NEW_USER | _NEW_PROCESSES
_CHILD_SETTID = 0x01000000
_NO_SUID, _NO_DEVICES, _NO_PROGRAMS, _READ_ONLY = 2, 4, 8, 1

_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_GET_TID_ADDRESS, _PR_CAP_AMBIENT = 1, 24, 38, 40, 47
_CAP_AMBIENT_CLEAR_ALL = 4
_LAST_CAPABILITY = 63
_CAP_VERSION = 0x20080522
_SYS_CLONE = {"x86_64": 56, "aarch64": 220}
_SYS_CAPSET = {"x86_64": 126, "aarch64": 91}

_c = ctypes.CDLL(None, use_errno=True)
_held = ctypes.PyDLL(None, use_errno=True)  # keeps Python's lock, as a fork must


class _CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def spawn() -> int:
    """Fork into new namespaces (user, mounts, processes, IPC, host name, control groups); return 0 in the new process."""
    machine = os.uname().machine
    if machine not in _SYS_CLONE:
        raise OSError(f"the engine does not know the system calls of {machine}")
    address = ctypes.c_void_p()
    known = _c.prctl(_PR_GET_TID_ADDRESS, ctypes.byref(address), 0, 0, 0) == 0 and address.value
    flags = _NEW_SPACES | signal.SIGCHLD | (_CHILD_SETTID if known else 0)
    # Where the C library keeps the thread's number: its own fork would write it too.
    tid = address if known else ctypes.c_void_p()
    none = ctypes.c_void_p()
    last = (tid, none) if machine == "x86_64" else (none, tid)  # the two differ in the order
    ctypes.pythonapi.PyOS_BeforeFork()
    child = _held.syscall(ctypes.c_long(_SYS_CLONE[machine]), ctypes.c_ulong(flags), none, none, *last)
    problem = ctypes.get_errno()
    if child == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
        return 0
    ctypes.pythonapi.PyOS_AfterFork_Parent()
    if child < 0:
        raise OSError(problem, os.strerror(problem))
    return int(child)


def set_up(uid: int, gid: int, folder_bytes: int) -> None:
    """Set the new namespaces up: the same user, private writable folders, no ``/proc``. `OSError` if the kernel refuses."""
    _check(_c.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "die with the parent")
    os.setsid()
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    plain = _NO_SUID | _NO_DEVICES | _NO_PROGRAMS
    for folder in WRITABLE:
        _mount(folder, plain, f"size={folder_bytes},nr_inodes={_MAX_INODES},mode=0700")
    _mount("/proc", plain | _READ_ONLY, "size=4k,nr_inodes=2")
    os.chdir(WORK_FOLDER)
    os.umask(0o077)


def drop_privileges() -> None:
    """Give up every privilege for good, and every system call that a student's code has no use for."""
    for capability in range(_LAST_CAPABILITY + 1):
        if _c.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) and ctypes.get_errno() != 22:  # EINVAL: there is none so high
            _check(-1, "drop a capability")
    _c.prctl(_PR_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    nothing = (_CapData * 2)()
    header = _CapHeader(_CAP_VERSION, 0)
    _check(_c.syscall(_SYS_CAPSET[os.uname().machine], ctypes.byref(header), nothing), "drop all capabilities")
    _check(_c.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "allow no new privileges")
    seccomp.install(_c)


def close_all_but(kept: set[int]) -> None:
    """Close every descriptor but these and the first three."""
    highest = os.sysconf("SC_OPEN_MAX")
    low = 3
    for descriptor in [*sorted(kept), highest]:
        os.closerange(low, descriptor)
        low = descriptor + 1


def _mount(folder: str, flags: int, options: str) -> None:
    done = _c.mount(b"tmpfs", folder.encode(), b"tmpfs", ctypes.c_ulong(flags), options.encode())
    _check(done, f"mount {folder}")


def _check(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"the kernel does not let the engine {what}: {os.strerror(number)}")
