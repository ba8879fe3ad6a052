"""Run students' work where it can do no harm, and bring back plain values. See `messages` for what is asked and answered.

`outside` runs in the teacher's process, and validates every answer: `pool` (many jobs), `session` (one job), `endless`,
`workers` and `bubblewrap` (where it runs). `inside`: `fork_server` (preloaded, waits), `isolate` and `seccomp` (what a new
process gives up), then beside the code of a student `worker`, `shell`, `probe`, `limits`.
Both: `messages`, `framing`, `values`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .messages import Answer, Cell, Job, Limits, Probe, Ran, Report, State

if TYPE_CHECKING:
    from .outside.pool import Executor as Executor

__all__ = ["Answer", "Cell", "Executor", "Job", "Limits", "Probe", "Ran", "Report", "State"]


def __getattr__(name: str) -> Any:
    if name == "Executor":  # inside, `outside` is not there
        from .outside.pool import Executor

        return Executor
    raise AttributeError(f"the sandbox has no {name!r}. It has: {', '.join(__all__)}.")
