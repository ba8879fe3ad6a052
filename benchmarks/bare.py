"""A bare fork: the cells and questions of a submission with no sandbox, beside which the engine is set.

Nothing is isolated, limited or validated, and no value leaves the process: only what the student's code costs is measured.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from classroom.sandbox.messages import Job, Probe

ROOT = Path(__file__).resolve().parent.parent


def fork(job: Job) -> float:
    """Run a submission in a fork of this process, which has loaded the libraries.

    Parameters
    ----------
    job : Job
        Its cells and questions.

    Returns
    -------
    float
        How many seconds it took.

    Raises
    ------
    RuntimeError
        If the fork ends otherwise than planned.
    """
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        _run(job)
    if os.waitpid(pid, 0)[1] != 0:
        raise RuntimeError(f"the bare fork of {job.job_id} ended before its time")
    return time.perf_counter() - start


def serve() -> None:
    """Be ready as the engine's process is; take pickled jobs from stdin, and print the seconds of each fork."""
    from classroom.sandbox.inside.worker import preload

    preload()
    out = os.fdopen(os.dup(1), "w")
    with contextlib.suppress(EOFError):
        while True:
            print(fork(pickle.load(sys.stdin.buffer)), file=out, flush=True)


def _run(job: Job) -> None:
    """Run the cells, with the pictures that a notebook would make, then put each question. Errors are the student's."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (until the process ends)
    sources = {cell.cell_id: cell.source for cell in job.cells}
    names: dict[str, Any] = {"__name__": "__main__"}
    loaded: dict[tuple[str, int], Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for source in sources.values():
            with contextlib.suppress(Exception):
                exec(compile(source, "<cell>", "exec"), names)
            _publish()
        for probe in job.probes:
            if not probe.if_changed:
                _ask(probe, names, sources, Path(folder), loaded)
    os._exit(0)


def _publish() -> None:
    import matplotlib.pyplot as plt
    from IPython.core.pylabtools import print_figure

    for number in plt.get_fignums():
        print_figure(plt.figure(number), fmt="png", bbox_inches=None)
    plt.close("all")


def _ask(probe: Probe, names: dict[str, Any], sources: dict[str, str], folder: Path, loaded: dict[Any, Any]) -> None:
    import matplotlib.pyplot as plt

    with contextlib.suppress(Exception):
        if probe.after:
            eval(probe.read, names)
            return
        fresh: dict[str, Any] = {"__name__": "__main__"}
        with _swapped(probe, folder, loaded):
            for cell_id in probe.cells:
                exec(compile(sources[cell_id], "<cell>", "exec"), fresh)
            plt.close("all")
            eval(probe.read, fresh)


@contextmanager
def _swapped(probe: Probe, folder: Path, loaded: dict[Any, Any]) -> Iterator[None]:
    """Let `load` give swapped tables, each of which it reads or unpickles once."""
    import helpers
    from helpers import data

    _swap(probe, folder)
    key, quick = frozenset(probe.tables.items()), data.load

    def load(name: str, *, language: str = "en") -> Any:
        if (name, key) not in loaded:
            frame = probe.frames.get(name)  # the engine has it loaded already
            loaded[name, key] = quick(name) if frame is None else pickle.loads(frame)
        return loaded[name, key].copy()

    data.load = helpers.load = load
    try:
        yield
    finally:
        data.load = helpers.load = quick


def _swap(probe: Probe, folder: Path) -> None:
    """Point `load` at the real tables, or at a copy with some of them swapped."""
    from helpers import data

    true = ROOT / "data"
    data.DATA = true
    if not probe.tables:
        return
    for resource_of in data.package()["resources"]:
        target = folder / resource_of["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if resource_of["name"] in probe.tables:
            target.write_bytes(probe.tables[resource_of["name"]])
        else:
            target.symlink_to(true / resource_of["path"])
    if not (folder / "datapackage.json").exists():
        (folder / "datapackage.json").symlink_to(true / "datapackage.json")
    data.DATA = folder


if __name__ == "__main__":
    serve()
