"""Run students' work where it can do no harm, and bring back plain values. See `messages` for what is asked and answered.

`outside` is the trusted side: `pool` (many jobs), `session` (one job), `workers` and `bubblewrap` (where it runs). `inside`:
`fork_server` (preloaded, waits), `isolate` and `seccomp` (what a new process gives up), then beside the student's code
`worker`, `shell`, `probe`, `limits`. Both sides: `messages`, `framing`, `values`, `endless`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .messages import Answer, Cell, Job, Limits, Probe, Ran, Report, State

if TYPE_CHECKING:
    from .outside.pool import Executor as Executor

__all__ = ["Answer", "Cell", "Executor", "Job", "Limits", "Probe", "Ran", "Report", "State"]


def __getattr__(name: str) -> Any:
    if name == "Executor":  # the sandbox has no use for the trusted side
        from .outside.pool import Executor

        return Executor
    raise AttributeError(f"the sandbox has no {name!r}. It has: {', '.join(__all__)}.")
