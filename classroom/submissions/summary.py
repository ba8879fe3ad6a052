"""What `grade` says of the files that it found: every file that does not simply count is named, and so is who is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.description.sentences import count_of

from ..errors import listed
from .deadlines import Deadline
from .find import Collected
from .groups import members_of
from .handed_in import OF_A_STUDENT, HandedIn
from .layouts import of_the_system
from .owners import of_name
from .roster import Student, name_key
from .time_options import Said

_MAX_NAMES = 8


def print_collected(collected: Collected, roster: Mapping[str, Student]) -> None:
    """Print what was found, and every file about which a person may want to know."""
    files = [one for one in collected.handed_in if one.fate != "not looked at"]
    students = {one.student.student_id for one in files if one.student.student_id}
    layouts = ", ".join(sorted({one.layout for one in files}))
    print(f"{count_of(len(files), 'file')} of {count_of(len(students), 'student')} (named as by {layouts}).")
    for folder in collected.stepped_into:
        print(f"Looked inside {folder}: it is nobody's name, and holds the work of students.")
    if groups := members_of(roster):
        count = sum(map(len, groups.values()))
        many = f"{len(groups)} groups hand in" if len(groups) > 1 else "1 group hands in"
        print(f"{many} together: the last file of each counts for all {count} students in them.")
    again = {one.student.student_id for one in files if one.fate == "older"}
    if again:
        named = listed(sorted(again), _MAX_NAMES)
        print(f"{len(again)} handed in more than one notebook: {named}. handed_in.csv says which counts.")
    counting = {one.student.student_id for one in files if one.fate == "counts"}
    unread: dict[tuple[str, str], list[str]] = {}
    for one in files:
        if one.fate in ("refused", "not a notebook") and one.student.student_id not in counting:
            unread.setdefault((one.student.student_id, one.reason), []).append(one.entry.shown)
        elif one.fate == "counts" and one.reason and not one.student.group:
            print(f"Look at {one.entry.shown}: {one.reason}")
    for (_, reason), names in unread.items():
        print(f"Not read: {listed(names, 3)}. {reason}")
    if roster:
        _print_strangers({one.student.student_id: one.student for one in files if one.student.student_id}, roster)
    _print_passed_over(collected)


def _print_strangers(found: Mapping[str, Student], roster: Mapping[str, Student]) -> None:
    """Print who is not on the roster, and where several on it have the name, so that nobody is matched by it."""
    strangers = [one for student_id, one in sorted(found.items()) if student_id not in roster]
    if strangers:
        told = [f"{one.student_id} ({one.name})" if one.name else one.student_id for one in strangers]
        print(f"{len(strangers)} not on the roster, but marked as well: {', '.join(told)}.")
    for key, name in {name_key(one.name): one.name for one in strangers if one.name}.items():
        same = [one.student_id for one in of_name(roster, key)]
        if len(same) > 1:
            print(
                f"  {name} is the name of {len(same)} students on the roster: {', '.join(same)}. The files do not say whose "
                "they are. The platform's own list does, if you give it as --roster: Moodle's grading worksheet, or Canvas' "
                "export of the gradebook."
            )


def print_deadline(deadline: Deadline, handed_in: Sequence[HandedIn], most: float) -> None:
    """Print until when there was time, who came later, and what that costs."""
    rule, due = deadline.rule, deadline.due
    if due:
        off = f"{rule.per_day:g} % of all points are taken off for each day begun, at most {rule.cap:g} %"
        longer = f" Longer for {count_of(len(deadline.extensions), 'student')}." if deadline.extensions else ""
        costs = off if rule.per_day else "nothing is taken off for late work"
        print(f"Due {due:%A %d %B %Y, %H:%M} ({due:%Z}); {costs}.{longer}")
    if due and deadline.copied:
        print("Many files carry the same minute: they were copied, so their times are not used. Give --times CSV.")
    counting = {one.student.student_id: one for one in handed_in if one.fate == "counts"}
    late = {one: found for one, file in counting.items() if (found := deadline.lateness(file, most)).late}
    if late:
        told = [
            f"{one} ({found.by}{f', −{found.penalty:g}' if found.penalty else ''})" for one, found in sorted(late.items())
        ]
        print(f"{len(late)} late, marked like the others: {listed(told, _MAX_NAMES)}.")
    if any(found.penalty and found.known_from == "the time of the file" for found in late.values()):
        print("Some of these times are those of the files, which copying can change. A list is surer: --times CSV.")


def print_what_stays(before: Said, said: Said, deadline: Deadline, *, lists_anew: bool) -> None:
    """Print what of earlier runs holds, or holds no more, where the lines above do not show it."""
    if taken := sorted(before.extensions.keys() - said.extensions.keys()):
        print(f"No more time than the others now: {listed(taken, _MAX_NAMES)}. The list of longer times does not name them.")
    if not deadline.due and (said.extensions or said.rule.per_day or said.rule.last_in_time):
        print("No deadline, so nothing is late. The longer times and the rule that were given are kept for a new one.")
    if deadline.due and (ended := sorted(one for one, at in deadline.extensions.items() if at < deadline.due)):
        print(f"The longer time of {listed(ended, _MAX_NAMES)} ends before the deadline, so the deadline holds for them.")
    if said.times and not lists_anew:
        print(
            f"When the work of {count_of(len(said.times), 'student')} came is known from a list of an earlier run. If work "
            "came since, give the list as it is now: --times CSV, or --times none."
        )


def _print_passed_over(collected: Collected) -> None:
    counting = {one.student.student_id for one in collected.handed_in if one.fate == "counts"}
    beside = [
        one.entry
        for one in collected.handed_in
        if one.fate in ("not looked at", "another assignment")
        or (one.fate == "not a notebook" and one.student.student_id in counting)
    ]
    own = [entry for entry in beside if not of_the_system(entry)]
    if own:
        print(f"{_files(len(own))} not looked at: {listed([entry.shown for entry in own], 20)}. handed_in.csv says why.")
    if len(beside) > len(own):
        print(f"{_files(len(beside) - len(own))} left out that programs made for themselves, such as .DS_Store.")


def missing(collected: Collected, roster: Mapping[str, Student]) -> dict[str, str]:
    """Map who on the roster has no file that could be marked or looked at to what else was found of them, if anything."""
    there = {one.student.student_id for one in collected.handed_in if one.fate in OF_A_STUDENT}
    found = {student_id: "" for student_id in roster if student_id not in there}
    for one in collected.handed_in:
        if one.student.student_id in found:
            found[one.student.student_id] = f"only {one.entry.shown}. {one.reason}"
    return found


def print_missing(collected: Collected, roster: Mapping[str, Student]) -> None:
    """Print by name who on the roster handed in nothing."""
    found = missing(collected, roster)
    names = [f"{one} ({roster[one].name})" if roster[one].name else one for one in found]
    if names:
        print(f"{len(names)} on the roster handed in nothing: {', '.join(names)}.")
    for student_id, reason in found.items():
        if reason:
            print(f"  Of {student_id} there is {reason}")


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"
