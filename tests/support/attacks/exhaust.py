"""Using up time, memory, processes, disk and patience; ending itself and others."""

from __future__ import annotations

from tests.support.attacks.case import Attack, at_q2, at_q3

LIST: list[Attack] = [
    at_q2("an endless loop", "while True:\n    pass", "timeout"),
    at_q2(
        "an endless loop that catches errors",
        "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass",
        "timeout",
    ),
    at_q2(
        "an endless loop that catches everything",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
        "timeout",
    ),
    at_q2("an endless loop in C", "pow(7, 10**9)", "timeout"),
    at_q2("a pattern that backtracks without end", 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")', "timeout"),
    at_q2(
        "an endless loop that masks the alarm",
        """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, 0)
        while True:
            pass
        """,
        "timeout",
    ),
    at_q2(
        "stops the clock",
        """
        import signal, time
        time.monotonic = time.time = lambda: 0
        signal.signal = signal.setitimer = lambda *_: None
        while True:
            pass
        """,
        "timeout",
    ),
    at_q2("sleeps", "import time\ntime.sleep(1000)", "timeout"),
    at_q2("a fork bomb", "import os\nwhile True:\n    os.fork()"),
    at_q2(
        "children that stay, as many as there may be",
        """
        import os, time
        try:
            while os.fork():
                pass
            time.sleep(1000)
        except BlockingIOError:
            pass
        """,
        "ok",
    ),
    at_q2(
        "a daemon",
        """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                while True:
                    time.sleep(0.01)
            os._exit(0)
        """,
        "ok",
    ),
    at_q2("a program that stays", 'import subprocess\nsubprocess.Popen(["sleep", "1000"], start_new_session=True)', "ok"),
    at_q2(
        "threads that stay",
        "import threading, time\nfor _ in range(100):\n    threading.Thread(target=time.sleep, args=(1000,)).start()",
    ),
    at_q2(
        "a thread that ends the process later",
        "import threading, os\nthreading.Timer(0.4, os._exit, (0,)).start()",
        "killed",
    ),
    at_q2("a memory bomb", "hog = []\nwhile True:\n    hog.append(bytearray(20_000_000))", "memory"),
    Attack(
        "a memory bomb of many processes",
        {
            "q2": "import os, time\n"
            "for _ in range(10):\n"
            "    if os.fork() == 0:\n"
            '        hog = bytearray(b"x") * 90_000_000\n'
            "        time.sleep(1000)\n"
            "time.sleep(1000)"
        },
        "q1 q3",
        "memory",
        seconds=10.0,  # it is found long before
    ),
    at_q2("memory that stays", "hog = bytearray(250_000_000)", "memory"),
    at_q2(
        "a full disk",
        """
        import os
        for place in (".", "/tmp", "/dev/shm", "/course/tables"):
            for number in range(100):
                try:
                    with open(f"{place}/fill{number}", "wb") as file:
                        file.write(b"x" * 1_000_000)
                except OSError:
                    break
        """,
        "killed",
    ),
    at_q2("a large file", 'with open("large", "wb") as file:\n    file.write(b"x" * 50_000_000)'),
    at_q2("a million small files", 'for number in range(1_000_000):\n    open(f"/tmp/{number}", "w").close()'),
    at_q2("files left open", 'kept = []\nwhile True:\n    kept.append(open("/dev/null"))', "killed"),
    at_q2(
        "takes the limits down for later",
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))",
        "killed",
    ),
    at_q2("a flood of text", 'while True:\n    print("x" * 100_000)', "timeout", "more characters"),
    at_q2("a flood past Python", 'import os\nfor _ in range(2_000):\n    os.write(1, b"x" * 100_000)', "ok"),
    at_q2("a giant repr", '"x" * 3_000_000', "ok", "more characters"),
    at_q2("a gigantic picture", "figure = plt.figure(figsize=(2_000, 2_000))\nplt.plot([1, 2])", "ok"),
    at_q2("five hundred figures", "for _ in range(500):\n    plt.figure()"),
    at_q2("leaves with os._exit", "import os\nos._exit(0)", "killed"),
    at_q2("leaves with sys.exit", "sys.exit()", "error"),
    at_q2("leaves with exit", "exit()"),
    at_q2("aborts", "import os\nos.abort()", "killed"),
    at_q2("crashes the interpreter", "import ctypes\nctypes.string_at(0)", "killed"),
    at_q2("becomes another program", 'import os\nos.execv("/bin/true", ["true"])', "killed"),
    at_q2(
        "kills everybody",
        "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(0, signal.SIGKILL)\nos.kill(1, signal.SIGKILL)",
    ),
    at_q2("stops itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nos.kill(os.getpid(), signal.SIGKILL)"),
    at_q2("interrupts", "raise KeyboardInterrupt", "error"),
    at_q2("recurses into the C stack", "sys.setrecursionlimit(10**9)\nf = lambda: f()\nf()"),
    at_q2("recurses", "f = lambda: f()\nf()", "error", "RecursionError"),
    at_q2("waits for the keyboard", 'answer = input("counts? ")', "error", "keyboard"),
    at_q2("reads standard input", "import os\nsys.stdin.read()\nos.read(0, 10)"),
    at_q3("a function without end", "while True:\n    pass"),
    at_q3("a function without end in C", "pow(7, 10**9)"),
    at_q3(
        "a function that catches everything",
        "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    ),
    at_q3("a function that leaves", "import os\nos._exit(0)"),
    at_q3("a function that exits", "raise SystemExit"),
    at_q3("a function that kills everybody", "import os\nos.kill(-1, 9)\nos.kill(1, 9)"),
    at_q3("a function that eats memory", "hog = []\nwhile True:\n    hog.append(bytearray(20_000_000))"),
    at_q3("a function that forks", "import os\nwhile True:\n    os.fork()"),
    at_q3("a function that talks", 'print("REACHED", table)\nraise ValueError("REACHED")'),
    at_q3("a function that crashes", "import ctypes\nctypes.string_at(0)"),
]
