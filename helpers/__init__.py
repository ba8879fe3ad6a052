"""The shared module of the course *A New Chapter? Pakistan and Iraq, 1947–2026*.

A student needs these names only::

    from helpers import load, plot_timeline, plot_spans, show, show_table, show_paragraph
    from helpers import plot_claims, plot_lines, plot_places, plot_reports, plot_statements, plot_voices
    from helpers import describe, alt_text, select_events, explore_timeline, check, lock
    from helpers import progress, short_errors, solution

Importing the package costs nothing: a name's module is imported when the name is first used (PEP 562).
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in `typing`, which is not imported: a student's file may have its name
if TYPE_CHECKING:
    from .article import show_paragraph as show_paragraph
    from .data import load as load
    from .description.describe import alt_text as alt_text
    from .description.describe import describe as describe
    from .errors import short_errors as short_errors
    from .exercises import check as check
    from .exercises import solution as solution
    from .exercises.lesson_08 import lock as lock
    from .explorer import explore_timeline as explore_timeline
    from .explorer import select_events as select_events
    from .notebook import show as show
    from .plotting.claims import plot_claims as plot_claims
    from .plotting.lines import plot_lines as plot_lines
    from .plotting.places import plot_places as plot_places
    from .plotting.reports import plot_reports as plot_reports
    from .plotting.reports import plot_statements as plot_statements
    from .plotting.spans import plot_spans as plot_spans
    from .plotting.timeline import plot_timeline as plot_timeline
    from .plotting.voices import plot_voices as plot_voices
    from .progress_page import progress as progress
    from .table import show_table as show_table

_MODULE_OF = {
    "alt_text": "description.describe",
    "check": "exercises",
    "describe": "description.describe",
    "explore_timeline": "explorer",
    "load": "data",
    "lock": "exercises.lesson_08",
    "plot_claims": "plotting.claims",
    "plot_lines": "plotting.lines",
    "plot_places": "plotting.places",
    "plot_reports": "plotting.reports",
    "plot_spans": "plotting.spans",
    "plot_statements": "plotting.reports",
    "plot_timeline": "plotting.timeline",
    "plot_voices": "plotting.voices",
    "progress": "progress_page",
    "select_events": "explorer",
    "short_errors": "errors",
    "show": "notebook",
    "show_paragraph": "article",
    "show_table": "table",
    "solution": "exercises",
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
        if advice := shadows.advice(problem):
            raise ImportError(advice) from problem
        if isinstance(problem, AttributeError):  # Python would only say that there is no such name
            raise ImportError(f"helpers cannot give {name!r}: {problem}.") from problem
        raise
    if advice := shadows.advice():
        raise ImportError(advice)
    globals()[name] = value  # from now on an ordinary name
    return value


def __dir__() -> list[str]:
    return __all__
