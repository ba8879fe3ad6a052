"""The filter of system calls, read step by step as the kernel reads it, on both machines whose numbers we know."""

from __future__ import annotations

import errno
import struct

import pytest

from classroom.sandbox.inside import seccomp

ALLOW, KILL = 0x7FFF0000, 0x80000000
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
MACHINES = list(ARCHITECTURE)
# Numbers from the kernel's own tables: on x86_64, on aarch64.
ABSENT = {
    "flock": (73, 32), "inotify_init1": (294, 26), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262),
    "mincore": (27, 232), "sysinfo": (99, 179), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180), "memfd_create": (319, 279), "socket": (41, 198), "ptrace": (101, 117), "unshare": (272, 97),
    "setns": (308, 268), "mount": (165, 40), "bpf": (321, 280), "io_uring_setup": (425, 425), "clone3": (435, 435),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "keyctl": (250, 219), "process_vm_readv": (310, 270),
    "sync": (162, 81), "setpriority": (141, 140), "sched_setscheduler": (144, 119), "cachestat": (451, 451),
    "a later one": (600, 600),
}  # fmt: skip
PRESENT = {
    "read": (0, 63), "write": (1, 64), "openat": (257, 56), "mmap": (9, 222), "futex": (202, 98), "execve": (59, 221),
    "wait4": (61, 260), "exit_group": (231, 94), "getrandom": (318, 278), "newfstatat": (262, 79), "ppoll": (271, 73),
    "clock_gettime": (228, 113), "socketpair": (53, 199), "setitimer": (38, 103), "kill": (62, 129), "statx": (332, 291),
}  # fmt: skip
FCNTL, CLONE, IOCTL = (72, 25), (56, 220), (16, 29)


def answer(machine: str, number: int, first: int = 0, second: int = 0, architecture: int | None = None) -> int:
    """Run the filter on one call."""
    steps = list(struct.iter_unpack("=HBBI", seccomp.steps(machine) or b""))
    arch = ARCHITECTURE[machine] if architecture is None else architecture
    words = {0: number, 4: arch, 16: first, 24: second}
    at = loaded = 0
    while True:
        code, if_true, if_false, value = steps[at]
        if code == 0x06:
            return value
        if code == 0x20:
            loaded = words[value]
            at += 1
            continue
        holds = {0x15: loaded == value, 0x25: loaded > value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[code]
        at += 1 + (if_true if holds else if_false)


def error(number: int) -> int:
    return 0x00050000 | number


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_not_needed_is_not_there(machine: str) -> None:
    column = MACHINES.index(machine)
    assert {name for name, at in ABSENT.items() if answer(machine, at[column]) != error(errno.ENOSYS)} == set()
    assert {name for name, at in PRESENT.items() if answer(machine, at[column]) != ALLOW} == set()
    allowed = set(seccomp.numbers(machine).values()) | {pair[column] for pair in (FCNTL, CLONE, IOCTL)}
    assert {n for n in range(700) if answer(machine, n) not in (error(errno.ENOSYS),)} <= allowed


@pytest.mark.parametrize("machine", MACHINES)
def test_locks_leases_and_namespaces_are_refused(machine: str) -> None:
    column = MACHINES.index(machine)
    for command in (5, 6, 7, 8, 10, 36, 37, 38, 1024, 1026, 1033):  # locks, owners, signals, leases, notices, seals
        assert answer(machine, FCNTL[column], 3, command) == error(errno.EPERM), command
    for command in (0, 1, 2, 3, 4, 1030, 1032):
        assert answer(machine, FCNTL[column], 3, command) == ALLOW, command
    assert answer(machine, IOCTL[column], 0, 0x5401) == ALLOW
    assert answer(machine, IOCTL[column], 0, 0x40049409) == error(errno.ENOTTY)  # a clone of a file
    assert answer(machine, CLONE[column], 0x01200011) == ALLOW  # a fork
    for flag in (0x10000000, 0x20000000, 0x00020000, 0x40000000, 0x02000000, 0x08000000, 0x04000000):
        assert answer(machine, CLONE[column], flag | 17) == error(errno.EPERM), hex(flag)


def test_calls_of_another_machine_end_the_process() -> None:
    assert answer("x86_64", 1, architecture=0x40000003) == KILL
    assert answer("x86_64", 0x40000000 | 1) == error(errno.EPERM)
    assert seccomp.steps("riscv64") is None
