"""Forging answers: on the channel, by rewriting what the engine uses, by values that lie."""

from __future__ import annotations

from tests.support.attacks.case import Attack, at_q2, at_q3

# Finds whatever could be the channel, and puts `frame` on it.
_ON_EVERY_DESCRIPTOR = """
import json, os, struct
def put(body):
    for descriptor in range(3, 64):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, body)
        except OSError:
            pass
def frame(message):
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body
"""


_ENGINE = """
from classroom.sandbox import framing, values
from classroom.sandbox.inside import encode, limits, probe, worker
"""


def _patched(name: str, code: str, earns: str = "q1") -> Attack:
    """An attack that rewrites the engine's own code, which runs beside the student's. Its later marks may suffer."""
    return at_q2(name, f"{_ENGINE}\n{code}", earns=earns)


LIST: list[Attack] = [
    at_q2("forges a frame", f'{_ON_EVERY_DESCRIPTOR}\nput(frame({{"nonce": "", "state": "ok", "value": "1"}}))', "killed"),
    at_q2(
        "forges many frames", f'{_ON_EVERY_DESCRIPTOR}\nfor _ in range(1_000):\n    put(frame({{"state": "ok"}}))', "killed"
    ),
    at_q2("writes rubbish", f'{_ON_EVERY_DESCRIPTOR}\nput(b"\\xff" * 1000)', "killed"),
    at_q2("begins a frame and stalls", f'{_ON_EVERY_DESCRIPTOR}\nput(b"\\0\\0\\1\\0ab")\nimport time\ntime.sleep(1000)'),
    at_q2("promises a giant frame", f'{_ON_EVERY_DESCRIPTOR}\nput(b"\\xff\\xff\\xff\\xf0")', "killed"),
    at_q2("closes everything", "import os\nos.closerange(3, 300)", "killed"),
    at_q2(
        "reads the channel",
        """
        import os
        for descriptor in range(3, 64):
            try:
                os.set_blocking(descriptor, False)
                os.read(descriptor, 10)
            except OSError:
                pass
        """,
    ),
    at_q2(
        "looks for what is expected",
        """
        import gc, inspect
        frame = sys._getframe()
        while frame:
            for name, value in list(frame.f_locals.items()):
                if name in ("expected", "solution", "seed", "probe", "answers"):
                    print("REACHED", name)
            frame = frame.f_back
        for thing in gc.get_objects():
            if isinstance(thing, dict) and {"read", "nonce"} <= set(map(str, thing)):
                print("REACHED", thing)
        """,
        "ok",
    ),
    at_q2(
        "a thread that answers later questions",
        f"{_ON_EVERY_DESCRIPTOR}\nimport threading, time\n"
        'def answer():\n    while True:\n        put(frame({"state": "ok", "value": "1"}))\n        time.sleep(0.01)\n'
        "threading.Thread(target=answer, daemon=True).start()",
    ),
    _patched(
        "answers everything with ok",
        'real = framing.send\nframing.send = lambda c, m, d=None: real(c, m | {"state": "ok", "value": "1"})',
        "q1 q3",
    ),
    _patched(
        "answers every probe with what it was asked", 'probe.read_value = lambda s, w, r: {"state": "ok", "value": str(r)}'
    ),
    _patched("a value nested without end", 'probe.read_value = lambda *_: {"state": "ok", "value": "[" * 1_000_000}'),
    _patched("a value that is a giant number", 'probe.read_value = lambda *_: {"state": "ok", "value": "9" * 1_000_000}'),
    _patched("a value that is infinite", 'probe.read_value = lambda *_: {"state": "ok", "value": "1e999"}'),
    _patched("a value that is no number", 'probe.read_value = lambda *_: {"state": "ok", "value": "NaN"}'),
    _patched("half a letter", r"""probe.read_value = lambda *_: {"state": "ok", "value": '"\\ud800"'}"""),
    _patched(
        "a key that stands twice",
        """probe.read_value = lambda *_: {"state": "ok", "value": '{"type": "missing", "type": "missing"}'}""",
    ),
    _patched("a state that is not one", 'probe.read_value = lambda *_: {"state": ["ok"], "value": "1"}'),
    _patched("a pickle", r"""probe.read_value = lambda *_: {"state": "ok", "value": "cos\nsystem\n(S'true'\ntR."}"""),
    _patched("an encoder that lies", "encode.encode = probe._encode = lambda v: True\nprobe._dumps = lambda v: 'true'"),
    _patched("a gauge that lies", "limits.Gauge.exhausted = lambda self: {}\nlimits.end_others = lambda: None", "q1 q3"),
    _patched("no limits", "worker.within = lambda s, run: run()\nwhile True:\n    pass", "q1 q3"),
    _patched("no JSON", "import json\njson.loads = json.dumps = None\njson.JSONDecoder.decode = None", "q1 q3"),
    at_q2("no imports", "import builtins\nbuiltins.__import__ = None"),
    at_q2("another len", "import builtins\nbuiltins.len = lambda x: 3"),
    at_q2("another load", "load = lambda name: events.head(1)\nimport helpers\nhelpers.load = load", "ok"),
    at_q2(
        "another load in its own module",
        "from helpers import data\ntrue = data.load\ndata.load = lambda name: true(name).head(1)",
        "ok",
    ),
    at_q2(
        "another pandas",
        'pd.DataFrame.__getitem__ = lambda *_: True\npd.Series.value_counts = lambda *_: "REACHED"',
        earns="q1",
    ),
    at_q2(
        "an answer that equals everything",
        "class Yes:\n    __eq__ = lambda *_: True\n    __hash__ = None\ncounts = Yes()",
        "ok",
    ),
    at_q2(
        "a text that equals everything",
        "class Yes(str):\n    __eq__ = lambda *_: True\n    __str__ = lambda _: 'x'\n    __hash__ = None\ncounts = Yes()",
    ),
    at_q2(
        "an answer that lies about its class",
        """
        class Lie:
            __class__ = property(lambda _: pd.Series)
            def __repr__(self): raise SystemExit
            def __len__(self): return 10**18
            def __getattr__(self, name): return Lie()
        counts = Lie()
        """,
        "ok",
    ),
    at_q2(
        "a table that lies",
        """
        class Lie(pd.DataFrame):
            shape = size = property(lambda _: 1)
            def itertuples(self, **_):
                while True:
                    yield ("x",) * 1000
        counts = Lie({"a": [1]})
        """,
        "ok",
    ),
    at_q2("an answer that contains itself", "counts = []\ncounts.append(counts)", "ok"),
    at_q2("an answer nested deeply", "counts = []\nfor _ in range(100_000):\n    counts = [counts]", "ok"),
    at_q2("a giant number", "counts = 10 ** 100_000", "ok"),
    at_q2("a giant table", "counts = pd.concat([events] * 300)", "ok"),
    at_q2("a giant text", 'counts = "x" * 10_000_000', "ok"),
    at_q2("half a letter as an answer", r'counts = "\ud800"', "ok"),
    at_q2("numbers that are none", 'counts = [float("nan"), float("inf"), -0.0]', "ok"),
    at_q2("does nothing", "counts", "error", "NameError"),
    at_q3("a lie as an answer", "class Yes(int):\n    __eq__ = lambda *_: True\n    __hash__ = None\nreturn Yes(1)"),
    at_q3("the visible answer as a constant", "return 14"),
]
