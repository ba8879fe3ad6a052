"""A pool of workers that run many jobs. Jobs are read as they are needed, reports given as they come: memory stays flat."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from types import TracebackType

from ...errors import TeacherError
from ..messages import Cell, Job, Probe, Report
from . import bubblewrap
from .session import run_job
from .workers import SandboxedWorker, UnsafeWorker, Worker, WorkerError

_TRIES = 3  # to begin a submission, each time with a new preloaded process
_SELF_TEST = Job(
    "self-test",
    (Cell("sum", "import pandas\n1 + 1"), Cell("table", "from helpers import load\nevents = load('events')")),
    # True of an empty table, too: a course that has just begun has no events.
    (Probe("left", "len(events) >= 0", after="table"), Probe("again", "len(events) >= 0", cells=("table",))),
)


class Executor:
    """Runs students' work where it can do no harm.

    Parameters
    ----------
    workers : int, default 2
        How many submissions run at once.
    unsafe : bool, default False
        Whether to go on without bubblewrap. Then each submission runs in a process of its own, which can read what you
        can read, and every report says "not isolated".

    Raises
    ------
    ValueError
        If `workers` is not positive.
    TeacherError
        If bubblewrap is missing or, on entering, if it does not work here.

    Examples
    --------
    >>> with Executor(workers=2) as executor:  # doctest: +SKIP
    ...     for report in executor.run(jobs):
    ...         print(report.job_id, report.answers)
    """

    def __init__(self, *, workers: int = 2, unsafe: bool = False) -> None:
        if workers < 1:
            raise ValueError(f"workers must be 1 or more, but got {workers}.")
        self.workers, self.unsafe = workers, unsafe
        if not unsafe:
            bubblewrap.require()
        self._tasks: queue.SimpleQueue[tuple[Job, queue.SimpleQueue[object]] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._workers: list[Worker] = []
        self._started: queue.SimpleQueue[object] = queue.SimpleQueue()

    def begin(self, workers: int) -> Executor:
        """Begin to start some workers, and don't wait for them; `__enter__` does, and starts the rest."""
        for _ in range(workers):
            # The thread lives as long as its worker: bubblewrap ends with the thread that started it.
            worker: Worker = UnsafeWorker() if self.unsafe else SandboxedWorker()
            self._workers.append(worker)
            thread = threading.Thread(target=self._work, args=(worker,), daemon=True)
            thread.start()
            self._threads.append(thread)
        return self

    def __enter__(self) -> Executor:
        """Start the workers, all at once, and try each."""
        self.begin(self.workers - len(self._threads))
        found = [self._started.get() for _ in self._threads]
        for problem in found:
            if isinstance(problem, BaseException):
                self.close()
                raise problem
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End every process."""
        self.close()

    def close(self) -> None:
        """End every process. A job that still runs is finished first."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()
        self._threads, self._workers = [], []

    def abandon(self) -> None:
        """End every process at once, also those that are still starting."""
        for worker in self._workers:
            worker.stop()
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Report]:
        """Run jobs.

        Parameters
        ----------
        jobs : iterable of Job
            Read only as fast as they run.

        Yields
        ------
        Report
            One for each job, in the order in which they finish. When you stop reading them while some still run,
            these are ended, and the executor takes no more jobs.

        Raises
        ------
        TeacherError
            If no submission can be begun any more, whichever it is.
        RuntimeError
            If the executor was not entered with ``with``.
        """
        if not self._threads:
            raise RuntimeError("Use the executor in a with statement: with Executor() as executor: …")
        done: queue.SimpleQueue[object] = queue.SimpleQueue()
        waiting, source = 0, iter(jobs)
        exhausted = False
        try:
            while waiting or not exhausted:
                while not exhausted and waiting < self.workers:
                    job = next(source, None)
                    if job is None:
                        exhausted = True
                    else:
                        self._tasks.put((job, done))
                        waiting += 1
                if waiting:
                    result = done.get()
                    waiting -= 1
                    if isinstance(result, BaseException):
                        raise result
                    assert isinstance(result, Report)
                    yield result
        except BaseException:  # the caller stopped early, or the machine fails: nothing is left running
            for worker in self._workers if waiting else []:
                worker.stop()
            raise

    def _work(self, worker: Worker) -> None:
        try:
            if not self.unsafe:
                _try(worker)
            self._started.put(None)
        except BaseException as problem:
            worker.close()
            self._started.put(problem)
            return
        while (task := self._tasks.get()) is not None:
            job, done = task
            try:
                done.put(_run_job(job, worker))
            except BaseException as problem:
                done.put(problem)
        worker.close()


def _try(worker: Worker) -> None:
    """Run something honest, so that a teacher hears of a machine that forbids it before anything is marked."""
    try:
        report = run_job(_SELF_TEST, worker)
    except WorkerError as problem:
        raise bubblewrap.refusal(str(problem)) from None
    ran, *_ = report.ran
    values = [(answer.state, answer.value) for answer in report.answers]
    if (ran.state, ran.text.strip(), values) != ("ok", "2", [("ok", True), ("ok", True)]):
        raise bubblewrap.refusal(f"a trial ended in “{ran.state}” {ran.error} {report.answers}")


def _run_job(job: Job, worker: Worker) -> Report:
    problem: WorkerError | None = None
    for _ in range(_TRIES):
        try:
            return run_job(job, worker)
        except WorkerError as found:
            problem = found
    raise TeacherError(f"No submission can be run any more on this machine: {problem}")
