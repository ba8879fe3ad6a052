"""Which of a student's files counts: one rule, the same for every layout.

Of files that were handed in together (one folder, one number of a platform), the one that is called like the assignment goes
before others; else the last. Of several times, the last. A notebook where it belongs goes before one in another folder. What
cannot be read goes after what can. If the teacher wishes it, the last that came in time goes before what came later. Where
none of this decides, nothing counts, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .handed_in import ELSEWHERE, HERE, SAVED_BY_ITSELF, Found, HandedIn

_MAX_TRIED = 20  # files of one student that are read to see whether they are notebooks


def decide(group: Sequence[Found], assignment: str, in_time: Callable[[HandedIn], bool] | None = None) -> list[HandedIn]:
    """Say what becomes of each file of one student, the one that counts first. At most one counts."""
    group = sorted(group, key=lambda one: one.handed_in.entry.path)
    if group[0].handed_in.student.student_id and not any(one.handed_in.fate == "counts" for one in group):
        group = _rescued(group)
    candidates = [one for one in group if one.handed_in.fate == "counts"]
    if not candidates:
        return [one.handed_in for one in group]
    best = min(one.rank for one in candidates)
    pool = [one for one in candidates if one.rank == best]
    if 1 < len(pool) <= _MAX_TRIED:
        pool = [one for one in pool if one.is_notebook()] or pool
    winners = [winner for together in _together(pool) if (winner := _of_those(together))]
    if not winners:
        reason = _ask(pool, assignment)
        return [(one.fated("refused", reason) if one in candidates else one).handed_in for one in group]
    timely = [one for one in winners if in_time and in_time(one.handed_in)]
    last = max(timely or winners, key=lambda one: one.order)
    older = {id(one): _passed_over(one, last, pool) for one in candidates if one is not last}
    chosen = _with_note(last, assignment)
    return [chosen.handed_in, *(older.get(id(one), one).handed_in for one in group if one is not last)]


def _rescued(group: Sequence[Found]) -> list[Found]:
    """Take as notebooks what is one inside, of a student who has none by name."""
    doubtful = [one for one in group if one.handed_in.fate == "not a notebook" and not one.handed_in.entry.problem]
    likely = sorted(doubtful, key=lambda one: not one.named)[:_MAX_TRIED]
    notebooks = {id(one) for one in likely if one.is_notebook()}
    return [
        one.fated("counts", "It is a notebook, although its name says something else.") if id(one) in notebooks else one
        for one in group
    ]


def _together(pool: Sequence[Found]) -> list[list[Found]]:
    found: dict[str, list[Found]] = {}
    for one in pool:
        found.setdefault(one.together, []).append(one)
    return list(found.values())


def _of_those(together: Sequence[Found]) -> Found | None:
    """Return the file that counts of those that were handed in together; None if a person must say."""
    if len(together) == 1:
        return together[0]
    named = [one for one in together if one.named]
    if together[0].zipped:
        return None
    if together[0].rank != HERE:
        return named[0] if len(named) == 1 else None
    return max(named or together, key=lambda one: one.order)


def _ask(pool: Sequence[Found], assignment: str) -> str:
    student = pool[0].handed_in.student.student_id
    where = "a zip" if pool[0].zipped else f"folders that are not called {assignment}"
    return (
        f"{len(pool)} notebooks lie in {where}, and nothing says which of them counts. Put the right one into "
        f"{student}/{assignment}/{assignment}.ipynb among the submissions, and run the command again."
    )


def _with_note(one: Found, assignment: str) -> Found:
    if one.rank == ELSEWHERE:
        return one.noted(
            f"It does not lie in the folder {assignment}. It is the only notebook that was found of this student."
        )
    return one.noted("It is the only notebook that was found of this student.") if one.rank == SAVED_BY_ITSELF else one


def _passed_over(one: Found, last: Found, pool: Sequence[Found]) -> Found:
    counts = f"{last.handed_in.entry.shown} counts."
    if one.rank == last.rank and not any(one is other for other in pool):
        return one.fated("not a notebook", f"It cannot be read as a notebook. {counts}")
    if one.rank == last.rank:
        return one.fated("older", counts)
    where = "It does not lie where it belongs." if one.rank == ELSEWHERE else "Jupyter saved this copy by itself."
    return one.fated("not looked at", f"{where} {counts}")
