"""Run students' work where it can do no harm, and bring back plain values. See `contract` for what is asked and answered.

The trusted side: `executor` (many jobs), `conductor` (one job), `places` and `sandbox` (where it runs). Inside the sandbox:
`zygote` (preloaded, waits), `jail` and `seccomp` (what a new process gives up), then beside the student's code `child`,
`shell`, `endless`, `probing`, `spent`, `drawings`. Both sides: `contract`, `wire`, `values`, `tables`.
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
    raise AttributeError(f"the engine has no {name!r}. It has: {', '.join(__all__)}.")
