"""Instant feedback on the "your turn" cells: facts are marked, judgement never is.

One module a lesson (``lesson_01`` …) holds what its exercises accept. What is right is worked out from the tables, so
these hold no answers. Second hints and solutions have one home, ``solutions/``.
"""

from .feedback import check, exercise_ids
from .on_demand import solution

__all__ = ["check", "exercise_ids", "solution"]
