"""A filter of system calls (seccomp): those that ordinary work needs are allowed, and all others fail. Linux only.

What is not in the list is not there, as in an older kernel: locks on files that all submissions see, watches on them, shared
memory and queues, sockets, the state of the whole machine, and whatever a later kernel adds. Only for the two machines whose
numbers stand here; on any other the namespaces alone must do.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Iterator
from functools import cache

# Each as name:number on x86_64:number on aarch64, which has no number for the calls that newer ones replace.
_ALLOWED = (
    # files
    """
    read:0:63 write:1:64 open:2:- close:3:57 stat:4:- fstat:5:80 lstat:6:- lseek:8:62 pread64:17:67 pwrite64:18:68
    readv:19:65 writev:20:66 access:21:- dup:32:23 dup2:33:- sendfile:40:71 fsync:74:82 fdatasync:75:83 truncate:76:45
    ftruncate:77:46 getdents:78:- getcwd:79:17 chdir:80:49 fchdir:81:50 rename:82:- mkdir:83:- rmdir:84:- creat:85:-
    link:86:- unlink:87:- symlink:88:- readlink:89:- chmod:90:- fchmod:91:52 umask:95:166 utime:132:- mknod:133:-
    statfs:137:43 fstatfs:138:44 getxattr:191:8 lgetxattr:192:9 fgetxattr:193:10 listxattr:194:11 llistxattr:195:12
    flistxattr:196:13 getdents64:217:61 fadvise64:221:223 utimes:235:- openat:257:56 mkdirat:258:34 mknodat:259:33
    newfstatat:262:79 unlinkat:263:35 renameat:264:38 linkat:265:37 symlinkat:266:36 readlinkat:267:78 fchmodat:268:53
    faccessat:269:48 splice:275:76 tee:276:77 utimensat:280:88 fallocate:285:47 dup3:292:24 preadv:295:69 pwritev:296:70
    renameat2:316:276 copy_file_range:326:285 preadv2:327:286 pwritev2:328:287 statx:332:291 close_range:436:436
    openat2:437:437 faccessat2:439:439
    """
    # pipes and waiting
    """
    poll:7:- select:23:- pipe:22:- pipe2:293:59 socketpair:53:199 sendto:44:206 recvfrom:45:207 sendmsg:46:211
    recvmsg:47:212 shutdown:48:210 getsockname:51:204 getpeername:52:205 setsockopt:54:208 getsockopt:55:209
    epoll_create:213:- epoll_wait:232:- epoll_ctl:233:21 epoll_pwait:281:22 epoll_create1:291:20 epoll_pwait2:441:441
    pselect6:270:72 ppoll:271:73 signalfd:282:- signalfd4:289:74 timerfd_create:283:85 timerfd_settime:286:86
    timerfd_gettime:287:87 eventfd:284:- eventfd2:290:19 recvmmsg:299:243 sendmmsg:307:269
    """
    # memory
    """
    mmap:9:222 mprotect:10:226 munmap:11:215 brk:12:214 mremap:25:216 msync:26:227 madvise:28:233 membarrier:324:283
    """
    # processes, signals and time
    """
    rt_sigaction:13:134 rt_sigprocmask:14:135 rt_sigreturn:15:139 sched_yield:24:124 pause:34:- nanosleep:35:101
    getitimer:36:102 alarm:37:- setitimer:38:103 getpid:39:172 fork:57:- vfork:58:- execve:59:221 exit:60:93 wait4:61:260
    kill:62:129 uname:63:160 gettimeofday:96:169 getrlimit:97:163 getrusage:98:165 times:100:153 getuid:102:174
    getgid:104:176 geteuid:107:175 getegid:108:177 setpgid:109:154 getppid:110:173 getpgrp:111:- setsid:112:157
    getresuid:118:148 getresgid:120:150 getpgid:121:155 getsid:124:156 getgroups:115:158 rt_sigpending:127:136
    rt_sigtimedwait:128:137 rt_sigsuspend:130:133 sigaltstack:131:132 getpriority:140:141 sched_getparam:143:121
    sched_getscheduler:145:120 sched_get_priority_max:146:125 sched_get_priority_min:147:126 prctl:157:167 arch_prctl:158:-
    setrlimit:160:164 gettid:186:178 tkill:200:130 time:201:- futex:202:98 sched_setaffinity:203:122
    sched_getaffinity:204:123 set_tid_address:218:96 restart_syscall:219:128 timer_create:222:107 timer_settime:223:110
    timer_gettime:224:108 timer_getoverrun:225:109 timer_delete:226:111 clock_gettime:228:113 clock_getres:229:114
    clock_nanosleep:230:115 exit_group:231:94 tgkill:234:131 waitid:247:95 set_robust_list:273:99 get_robust_list:274:100
    prlimit64:302:261 getcpu:309:168 getrandom:318:278 rseq:334:293 pidfd_open:434:434 pidfd_send_signal:424:424
    """
)
_CLONE, _FCNTL, _IOCTL = (56, 220), (72, 25), (16, 29)
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_NEW_SPACES = 0x7E020080  # any of clone's flags that make a namespace
# Of fcntl: copy a descriptor, read and set its flags, the size of a pipe. Not: locks, leases, notices.
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030, 1031, 1032)
# Of ioctl: ask for a terminal and its size, how much can be read, do not block, close on exec.
_IOCTL_REQUESTS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_X32 = 0x40000000

_LOAD, _EQUAL, _ABOVE, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT, _SECOND_ARGUMENT_AT = 0, 4, 16, 24
_PR_SET_SECCOMP, _FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


@cache
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
    for low, high in _ranges(numbers(machine).values()):
        program += [_step(_AT_LEAST, low, 0, 2), _step(_ABOVE, high, 1, 0), _step(_RETURN, _ALLOW)]
    # clone3 hides its flags in memory. Absent, it makes the C library fall back on clone.
    program += [
        _step(_EQUAL, _CLONE[column], 0, 4),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_ANY_BIT, _NEW_SPACES, 0, 1),
        _step(_RETURN, refuse),
        _step(_RETURN, _ALLOW),
    ]
    for call, values, otherwise in (
        (_FCNTL, _FCNTL_COMMANDS, refuse),
        (_IOCTL, _IOCTL_REQUESTS, _ERROR | errno.ENOTTY),
    ):
        body = [_step(_LOAD, _SECOND_ARGUMENT_AT)]
        for value in values:
            body += [_step(_EQUAL, value, 0, 1), _step(_RETURN, _ALLOW)]
        body.append(_step(_RETURN, otherwise))
        program += [_step(_EQUAL, call[column], 0, len(body)), *body]
    program.append(_step(_RETURN, absent))
    return b"".join(program)


def numbers(machine: str) -> dict[str, int]:
    """Return the calls that are allowed whatever their arguments, with their numbers.

    Parameters
    ----------
    machine : str
        As ``os.uname().machine`` names it: one of the two that we know.

    Returns
    -------
    dict of str to int
    """
    column = _ARCHITECTURES[machine][1]
    rows = [word.split(":") for word in "".join(_ALLOWED).split()]
    return {name: int(found[column]) for name, *found in rows if found[column] != "-"}


def _ranges(found: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join numbers that follow one another, so that the filter is short."""
    low = high = -1
    for number in sorted(found):
        if low >= 0 and number == high + 1:
            high = number
            continue
        if low >= 0:
            yield low, high
        low = high = number
    yield low, high


def install(library: ctypes.CDLL) -> None:
    """Put the filter on this process and all that come from it, for good, by the C library (opened with ``use_errno``)."""
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
