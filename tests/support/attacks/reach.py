"""Reading, writing and calling what lies outside the submission."""

from __future__ import annotations

from tests.support.attacks.case import Attack, at_q2

LIST: list[Attack] = [
    at_q2("reads the passwords", 'print("REACHED", open("/etc/shadow").read())', "error"),
    at_q2("reads the seed", 'print("REACHED", open("{secret}").read())', "error"),
    at_q2(
        "looks into homes",
        """
        import glob, os
        for place in ("{home}", "/root", "/home", "/work", "/srv", "/var", "/mnt", os.path.expanduser("~")):
            for depth in ("/*", "/.*", "/*/*"):
                for name in glob.glob(place + depth):
                    if os.path.isfile(name):
                        print("REACHED", name)
        """,
        "ok",
    ),
    at_q2(
        "looks for solutions, tests and submissions",
        """
        import os
        for place in ("{root}", "..", "../..", "/course"):
            for name in ("notebooks", "tests", ".git", "submitted", "autograded", "gradebook.db", "seed.txt"):
                if os.path.exists(os.path.join(place, name)):
                    print("REACHED", place, name)
        """,
        "ok",
    ),
    at_q2(
        "reads the teacher's copy of the article",
        """
        import os
        if os.path.getsize("../data/article.txt"):
            print("REACHED")
        """,
    ),
    at_q2(
        "writes outside",
        """
        import os, sys, pandas
        places = ["/", "/dev", "/etc", "/usr/lib", "/course", "/course/data", "/course/helpers", "{root}", "{home}",
                  sys.prefix, os.path.dirname(pandas.__file__), "/proc", "/proc/self", "/sys"]
        for place in places:
            try:
                with open(os.path.join(place, "left_behind"), "w"):
                    print("REACHED", place)
            except OSError:
                pass
        for file in ("/course/data/events.csv", "/course/helpers/data.py", pandas.__file__):
            try:
                open(file, "a").close()
                print("REACHED", file)
            except OSError:
                pass
        """,
        "ok",
    ),
    at_q2(
        "links, devices and pipes",
        """
        import os, stat
        os.symlink("/etc/shadow", "link")
        os.mkfifo("pipe")
        for act in (
            lambda: open("link").read(),
            lambda: os.link("/course/data/events.csv", "hard"),
            lambda: os.mknod("device", stat.S_IFBLK | 0o600, os.makedev(8, 0)),
            lambda: os.mknod("memory", stat.S_IFCHR | 0o600, os.makedev(1, 1)),
            lambda: os.chroot("."),
        ):
            try:
                act()
                print("REACHED")
            except OSError:
                pass
        """,
        "ok",
    ),
    at_q2(
        "makes namespaces and mounts",
        """
        import ctypes
        c = ctypes.CDLL(None, use_errno=True)
        calls = {
            "user": c.unshare(0x10000000),
            "mounts": c.unshare(0x20000),
            "mount": c.mount(b"none", b"/tmp", b"tmpfs", 0, None),
            "unmount": c.umount2(b"/tmp", 2),
            "clone": c.syscall(56, ctypes.c_ulong(0x10000000 | 17), None, None, None, None),
            "ptrace": c.ptrace(0, 0, None, None),
            "memfd": min(0, c.syscall(319, b"x", 0)),
            "keys": min(0, c.syscall(248, b"user", b"a", b"b", 1, -3)),
        }
        for name, result in calls.items():
            if result >= 0:
                print("REACHED", name)
        """,
        "ok",
    ),
    at_q2(
        "asks for privileges",
        """
        import ctypes, os, resource
        for act in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.nice(-5),
                    lambda: resource.setrlimit(resource.RLIMIT_NPROC, (10_000, 10_000)),
                    lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
                    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))):
            try:
                act()
                print("REACHED")
            except OSError:
                pass
            except ValueError:
                pass
        """,
        "ok",
    ),
    at_q2(
        "reads the memory of others",
        """
        import os
        for pid in [1, os.getppid(), *range(2, 400)]:
            for name in ("mem", "environ", "cmdline", "maps"):
                try:
                    open(f"/proc/{pid}/{name}", "rb").read(1)
                    print("REACHED", pid, name)
                except OSError:
                    pass
        """,
        "ok",
    ),
    at_q2(
        "calls out over the network",
        """
        import socket
        for family, kind, address in ((socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 22)),
                                      (socket.AF_INET, socket.SOCK_DGRAM, ("8.8.8.8", 53)),
                                      (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 80)),
                                      (socket.AF_UNIX, socket.SOCK_STREAM, "\\0abstract"),
                                      (socket.AF_NETLINK, socket.SOCK_RAW, (0, 0)),
                                      (socket.AF_UNIX, socket.SOCK_STREAM, "/run/docker.sock")):
            try:
                with socket.socket(family, kind) as caller:
                    caller.bind(address) if family == socket.AF_UNIX else caller.connect(address)
                    print("REACHED", address)
            except OSError:
                pass
        """,
        "ok",
    ),
    at_q2(
        "opens an address",
        'import urllib.request\nprint("REACHED", urllib.request.urlopen("http://127.0.0.1/", timeout=0.3).read())',
        "error",
    ),
    at_q2(
        "reads the environment",
        """
        import os
        for name, value in os.environ.items():
            if "SECRET" in name or "TOKEN" in name or "{home}" in value:
                print("REACHED", name, value)
        """,
        "ok",
    ),
    at_q2(
        "leaves something for the next one",
        """
        import os, pathlib
        for place in (".", "/tmp", "/dev/shm", "/course/tables"):
            mark = pathlib.Path(place, "from_another_submission")
            if mark.exists():
                print("REACHED", place)
            mark.write_text("x")
        """,
        "ok",
    ),
    at_q2(
        "finds what the one before left",
        """
        import pathlib
        for place in (".", "/tmp", "/dev/shm", "/course/tables"):
            if pathlib.Path(place, "from_another_submission").exists():
                print("REACHED", place)
        """,
        "ok",
    ),
    at_q2(
        "signals to another submission",
        """
        import ctypes, fcntl, os, socket, struct
        c = ctypes.CDLL(None, use_errno=True)
        shared = open("/course/data/events.csv")
        lock = struct.pack("hhqqi4x", 0, 0, 0, 0, 0)
        directory = os.open("/course/data", os.O_RDONLY)
        for act in (lambda: fcntl.flock(shared, fcntl.LOCK_SH), lambda: fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB),
                    lambda: fcntl.lockf(shared, fcntl.LOCK_SH), lambda: fcntl.fcntl(shared, fcntl.F_GETLK, lock),
                    lambda: fcntl.fcntl(shared, 37, lock), lambda: fcntl.fcntl(shared, fcntl.F_SETLEASE, fcntl.F_RDLCK),
                    lambda: fcntl.fcntl(directory, fcntl.F_NOTIFY, 1), lambda: fcntl.fcntl(shared, fcntl.F_SETOWN, 1),
                    lambda: fcntl.ioctl(shared, 0x80086601, bytearray(8)), lambda: os.utime("/course/data/events.csv"),
                    lambda: os.posix_fallocate(shared.fileno(), 0, 1), lambda: os.truncate("/course/data/events.csv", 1),
                    lambda: os.setxattr("/course/data/events.csv", "user.a", b"1"),
                    lambda: os.chmod("/course/data", 0o777), lambda: os.sched_setscheduler(0, 1, os.sched_param(1)),
                    lambda: socket.socket(socket.AF_UNIX).bind("\\0here"), lambda: os.memfd_create("x")):
            try:
                act()
                print("REACHED", act.__code__.co_names)
            except OSError:
                pass
        buffer = ctypes.create_string_buffer(4096)
        calls = {"inotify_init": (), "inotify_init1": (0,), "fanotify_init": (0, 0), "mincore": (buffer, 4096, buffer),
                 "sysinfo": (buffer,), "shmget": (1, 4096, 0o1600), "msgget": (1, 0o1600), "semget": (1, 1, 0o1600),
                 "mq_open": (b"/x", 0o102, 0o600, None), "perf_event_open": (buffer, 0, -1, -1, 0), "nice": (1,)}
        for name, arguments in calls.items():
            call = getattr(c, name, None)
            if call is not None and call(*arguments) >= 0:
                print("REACHED", name)
        """,
        "ok",
    ),
]
