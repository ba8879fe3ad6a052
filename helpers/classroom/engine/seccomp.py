"""A filter of system calls (seccomp): those that reach far into the kernel, and that no lesson needs, fail. Linux only.

Only for the two machines whose numbers stand here; on any other the namespaces alone must do.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# name -> (number on x86_64, on aarch64)
_DENIED = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),  # memory that no limit counts
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setns": (308, 268),
    "shmget": (29, 194),  # memory that outlives its process
    "socket": (41, 198),  # socketpair, which asyncio needs, stays
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_NEW_SPACES = 0x7E020080  # any of clone's flags that make a namespace
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def steps(machine: str) -> bytes | None:
    """Write the filter as the kernel reads it.

    Parameters
    ----------
    machine : str
        As ``os.uname().machine`` names it.

    Returns
    -------
    bytes or None
        The steps, eight bytes each; None for a machine whose numbers we do not know.
    """
    if machine not in _ARCHITECTURES:
        return None
    architecture, column = _ARCHITECTURES[machine]
    refuse, absent = _ERROR | errno.EPERM, _ERROR | errno.ENOSYS
    program = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":  # the same calls under other numbers
        program += [_step(_AT_LEAST, _X32, 0, 1), _step(_RETURN, refuse)]
    for numbers in _DENIED.values():
        program += [_step(_EQUAL, numbers[column], 0, 1), _step(_RETURN, refuse)]
    # clone3 hides its flags in memory. Absent, it makes the C library fall back on clone.
    program += [_step(_EQUAL, _CLONE3[column], 0, 1), _step(_RETURN, absent)]
    program += [
        _step(_EQUAL, _CLONE[column], 0, 3),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_ANY_BIT, _NEW_SPACES, 0, 1),
        _step(_RETURN, refuse),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(program)


def install(library: ctypes.CDLL) -> None:
    """Put the filter on this process and all that come from it, for good.

    Parameters
    ----------
    library : ctypes.CDLL
        The C library, opened with ``use_errno``.

    Raises
    ------
    OSError
        If the kernel refuses.
    """
    program = steps(os.uname().machine)
    if program is None:
        return
    memory = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.addressof(memory))
    if library.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(header), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"the kernel does not take the filter of system calls: {os.strerror(number)}")


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
