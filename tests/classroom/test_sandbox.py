"""The engine, against everything that a submission may do: points deserved, nothing reached, nothing left."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from classroom.sandbox import Cell, Executor, Job, Limits, Probe, Report
from helpers.data import DATA
from tests.support.attacks import EVERY, IMPORTS, RIGHT, Attack
from tests.support.environment import needs_program

LIMITS = Limits(
    cell_seconds=0.7,
    total_seconds=25.0,
    hidden_seconds=25.0,
    memory_bytes=400_000_000,
    processes=16,
    file_bytes=5_000_000,
    output_characters=3_000,
    picture_bytes=500_000,
)
ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ("q1", "q2", "q3")
EVERY_HONEST = next(attack for attack in EVERY if attack.name == "everything right")


def half(rows: bytes) -> bytes:
    """A variant of a table: every second row of it."""
    lines = rows.splitlines(keepends=True)
    return b"".join([lines[0], *lines[1::2]])


READS = {"q1": "treaties", "q2": "counts", "q3": 'count_kind(events, "treaty")'}


def probes() -> tuple[Probe, ...]:
    """Each question: what the cells left, and what they give on the true tables if these were changed, and on a variant."""
    variant = {"events": half((DATA / "events.csv").read_bytes())}
    found = [Probe(f"{question} left", read, after=question) for question, read in READS.items()]
    for question, read in READS.items():
        found.append(Probe(f"{question} true", read, cells=("imports", question), if_changed=True))
        found.append(Probe(f"{question} variant", read, cells=("imports", question), tables=variant))
    return tuple(found)


def job(attack: Attack, paths: dict[str, str]) -> Job:
    answers = dict(RIGHT)
    for question, code in attack.cells.items():
        for name, path in paths.items():
            code = code.replace(f"{{{name}}}", path)
        answers[question] = code
    cells = (Cell("imports", IMPORTS), *(Cell(question, answers[question]) for question in QUESTIONS))
    return Job(attack.name, cells, probes(), replace(LIMITS, cell_seconds=attack.seconds), "imports", ("imports",))


def earned(report: Report, right: Report) -> set[str]:
    """The questions whose every answer is the solution's."""
    expected = {answer.probe_id: answer.value for answer in right.answers}
    given = {answer.probe_id: answer for answer in report.answers}

    def gives(question: str, tables: str, like: str) -> bool:
        answer = given[f"{question} {tables}"]
        return answer.state == "ok" and answer.value == expected[f"{question} {like}"]

    return {
        question
        for question in QUESTIONS
        if gives(question, "variant", "variant") and (gives(question, "left", "left") or gives(question, "true", "left"))
    }


def family(root: int | None = None) -> dict[int, str]:
    """The processes that come from this one, or another, and their commands."""
    parents: dict[int, list[int]] = {}
    names: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, rest = (folder / "stat").read_text().rsplit(")", 1)
        except OSError:  # it has just ended
            continue
        parents.setdefault(int(rest.split()[1]), []).append(int(folder.name))
        names[int(folder.name)] = name.split("(", 1)[1]
    waiting, found = list(parents.get(root or os.getpid(), [])), {}
    while waiting:
        pid = waiting.pop()
        found[pid] = names[pid]
        waiting += parents.get(pid, [])
    return found


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    secret = tmp_path_factory.mktemp("course") / "seed.txt"
    secret.write_text("the seed")
    return {"secret": str(secret), "root": str(ROOT), "home": str(Path.home())}


@dataclass(frozen=True)
class Done:
    """What came of the list, and what ran before and after it."""

    reports: dict[str, Report]
    last: Report
    before: dict[int, str]
    after: dict[int, str]
    opened: tuple[int, int]


@pytest.fixture(scope="module")
def done(outside: dict[str, str]) -> Done:
    """Every attack, then an honest submission, on the same two workers."""
    needs_program("bwrap")
    os.environ["COURSE_SECRET_TOKEN"] = "secret"
    with Executor(workers=2) as executor:
        before, opened = family(), len(os.listdir("/proc/self/fd"))
        reports = {report.job_id: report for report in executor.run(job(attack, outside) for attack in EVERY)}
        after, still_open = family(), len(os.listdir("/proc/self/fd"))
        (last,) = executor.run([job(EVERY_HONEST, outside)])
    del os.environ["COURSE_SECRET_TOKEN"]
    return Done(reports, last, before, after, (opened, still_open))


@pytest.mark.parametrize("attack", EVERY, ids=lambda attack: attack.name)
def test_a_submission_gets_the_points_that_it_deserves(attack: Attack, done: Done) -> None:
    report = done.reports[attack.name]
    got = earned(report, done.reports["everything right"])
    assert got == set(attack.earns.split()), [(a.probe_id, a.state, str(a.value)[:100]) for a in report.answers]
    assert "REACHED" not in "".join(ran.text + ran.error for ran in report.ran)
    first = next((ran for ran in report.ran if ran.cell_id in attack.cells), None)
    if attack.state:
        assert first is not None
        assert first.state == attack.state, first
    if attack.says:
        assert first is not None
        assert attack.says in first.text + first.error


def test_the_list_is_long_enough_and_names_nothing_twice() -> None:
    names = [attack.name for attack in EVERY]
    assert len(names) == len(set(names))
    assert len(names) >= 30


def test_the_honest_submission_earns_everything_and_is_not_empty(done: Done) -> None:
    """Or every comparison above would compare nothing with nothing."""
    report = done.reports["everything right"]
    assert report.isolation == "bubblewrap"
    assert {answer.state for answer in report.answers if not answer.probe_id.endswith("true")} == {"ok"}
    assert {answer.state for answer in report.answers if answer.probe_id.endswith("true")} == {"not run"}
    values = {answer.probe_id: answer.value for answer in report.answers}
    rows = pd.read_csv(DATA / "events.csv")
    assert values["q3 left"] == int((rows["kind"] == "treaty").sum())
    assert values["q3 variant"] == int((rows["kind"][::2] == "treaty").sum())


def test_after_all_attacks_the_engine_marks_as_before(done: Done) -> None:
    assert done.last.answers == done.reports["everything right"].answers


def test_no_attack_leaves_a_process_or_an_open_file(done: Done) -> None:
    assert done.after == done.before
    assert done.opened[0] == done.opened[1]


def test_no_attack_changes_a_file_outside(done: Done, outside: dict[str, str]) -> None:
    assert done.reports, "nothing ran"
    for place in (ROOT, DATA, ROOT / "helpers", Path.home(), Path(sys.prefix), Path(pd.__file__).parent, Path("/")):
        assert not (place / "left_behind").exists(), place
    assert Path(outside["secret"]).read_text() == "the seed"
    listed = json.loads((DATA / "datapackage.json").read_text())["resources"]
    (events,) = (resource for resource in listed if resource["name"] == "events")
    assert events["hash"].removeprefix("sha256:") == hashlib.sha256((DATA / "events.csv").read_bytes()).hexdigest()
