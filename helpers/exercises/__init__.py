"""Instant feedback on the "your turn" cells: facts are marked, judgement never is.

One module a lesson (``lesson_01`` …) holds what its exercises accept. What is right is worked out from the tables, so
this folder holds no answers.
"""

from .feedback import check, exercise_ids

__all__ = ["check", "exercise_ids"]
