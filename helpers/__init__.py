"""The shared module of the course *A New Chapter? Pakistan and Iraq, 1947–2026*.

A student needs these names only::

    from helpers import load, plot_timeline, plot_spans, describe, show, show_table, explore_timeline, check

Importing the package costs nothing: a name's module is imported when the name is first used (PEP 562).
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which is not imported: a student's file may have its name
if TYPE_CHECKING:
    from .alt_text.sentences import describe as describe
    from .data import load as load
    from .exercises import check as check
    from .explorer import explore_timeline as explore_timeline
    from .notebook import show as show
    from .plotting.spans import plot_spans as plot_spans
    from .plotting.timeline import plot_timeline as plot_timeline
    from .table import show_table as show_table

_MODULE_OF = {
    "check": "exercises",
    "describe": "alt_text.sentences",
    "explore_timeline": "explorer",
    "load": "data",
    "plot_spans": "plotting.spans",
    "plot_timeline": "plotting.timeline",
    "show": "notebook",
    "show_table": "table",
}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"helpers has no {name!r}. It has: {', '.join(__all__)}.")
    from . import shadows

    module = f"{__name__}.{_MODULE_OF[name]}"
    try:
        __import__(module)
        value = getattr(sys.modules[module], name)
    except Exception as problem:
        if words := shadows.advice(problem):
            raise ImportError(words) from problem
        if isinstance(problem, AttributeError):  # Python would only say that there is no such name
            raise ImportError(f"helpers cannot give {name!r}: {problem}.") from problem
        raise
    if words := shadows.advice():
        raise ImportError(words)
    globals()[name] = value  # from now on an ordinary name
    return value


def __dir__() -> list[str]:
    return __all__
