"""Marks of whole submissions of ps1, in the engine: each question gets what it deserves, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from classroom.course import SAMPLE, Course
from classroom.grading.grade_one import SubmissionGrader
from classroom.grading.points import Score
from classroom.sandbox import Executor, Limits
from classroom.submissions.notebook import cells_of, nbgrader_metadata
from tests.classroom.assignments.desk import SEED, assignment
from tests.support.classroom.made_class import answered
from tests.support.environment import needs_program

ALL = {"q1-checks", "q2-checks", "q3-checks", "q3-checks-b", "q4-checks", "q4-checks-b", "q5-checks", "q6-checks"}
MASK = 'period["earliest"] == period["latest"]'
RIGHT, WRONG = f"period[{MASK}]", "period.head(3)"


class Class:
    """Marks one notebook after another."""

    def __init__(self, executor: Executor, limits: Limits) -> None:
        self.executor = executor
        self.marker = SubmissionGrader(Course(SAMPLE, SEED, private=False), assignment("ps1"), limits)
        self.marker.learn(executor)

    def marks(self, notebook: NotebookNode) -> dict[str, Score]:
        job, opened = self.marker.open("one", cells_of(notebook))
        (report,) = self.executor.run([job])
        return {mark.grade_id: mark for mark in self.marker.mark(opened, report).scores if mark.grade_id in ALL}

    def lost(self, notebook: NotebookNode) -> set[str]:
        return {grade_id for grade_id, mark in self.marks(notebook).items() if not mark.points}


@pytest.fixture(scope="module")
def marked() -> Iterator[Class]:
    needs_program("bwrap")
    with Executor(workers=1) as executor:
        yield Class(executor, Limits(cell_seconds=5.0))


def work(answers: dict[str, str] | None = None, **own: str) -> NotebookNode:
    """The solution with other answers, and with cells of the student's own before some of them: q1="…"."""
    notebook = answered(assignment("ps1"), lambda grade_id, right, stub: (answers or {}).get(grade_id, right))
    for grade_id, source in own.items():
        place = next(at for at, cell in enumerate(notebook.cells) if nbgrader_metadata(cell).get("grade_id") == grade_id)
        notebook.cells.insert(place, new_code_cell(source))
    return notebook


def test_the_solution_earns_everything(marked: Class) -> None:
    assert not marked.lost(work())


SEATO = 'reports[reports["event_id"] == "seato-signed-1954"]'
LINKS = 'claim_events[claim_events["claim_id"].isin(disputed["claim_id"])]'
DISPUTED = 'disputed = claims[(claims["support"] == "contested") & (claims["paragraph"] <= 3)]\n'


@pytest.mark.parametrize(
    ("answers", "own"),
    [
        (
            {
                "q6": f'sources.set_index("source_id", inplace=True)\nleft = {SEATO}\n'
                'speakers = sources[sources.index.isin(left["source_id"])].reset_index()'
            },
            {},
        ),
        ({"q6": f'sources = sources[sources["source_id"].isin({SEATO}["source_id"])]\nspeakers = sources'}, {}),
        (
            {
                "q3": f"{DISPUTED}links = {LINKS}\n"
                'period = period[period["event_id"].isin(links["event_id"])]\nevidence = period'
            },
            {},
        ),
        (
            {
                "q3": f"{DISPUTED}claim_events = {LINKS}\n"
                'evidence = period[period["event_id"].isin(claim_events["event_id"])]'
            },
            {},
        ),
        ({"q1": f"period = {RIGHT}\nexact = period"}, {}),
        (
            {
                "q1": f"exact = {RIGHT}\nevents.drop(columns='title', inplace=True)\n"
                "period.sort_values('event_id', inplace=True)"
            },
            {},
        ),
        ({"q1": f'period["day"] = {MASK}\nexact = period[period["day"]]\nperiod.loc[:, "effect"] = "none"'}, {}),
        (
            {
                "q2": 'period.dropna(inplace=True)\nperiod = events[events["earliest"] <= "1978-12-31"]\n'
                'whose = period[period["effect"] == "none"]["level"].value_counts()'
            },
            {},
        ),
        (
            {
                "q5": 'spans["group"] = spans["group"].str.strip()\nspans = spans[spans["actor_id"].isin(["PAK", "IRQ"])]\n'
                'spans = spans[spans["group"].isin(["Baghdad Pact / CENTO", "SEATO", "RCD", "Islamic Conference (OIC)"])]\n'
                'ax = plot_spans(spans, title="Pakistan and Iraq")'
            },
            {},
        ),
        ({}, {"q2": "del events, claims"}),
        ({"q1": "exact = period[mask]"}, {"q1": f"%matplotlib inline\nmask = {MASK}"}),
        ({"q1": f"%%time\nexact = {RIGHT}"}, {}),
        ({"q1": "exact = period[mask]"}, {"q1": f"%%capture\nmask = {MASK}"}),
        ({"q1": "exact = period[mask]"}, {"q1": f"!pip install seaborn\nmask = {MASK}\nperiod?"}),
        ({"q1": "exact = period[mask]"}, {"q1": f"%time mask = {MASK}"}),
        ({"q1": "exact = period[mask]"}, {"q1": f'exec("""mask = {MASK}""")'}),
        ({"q1": 'exact = period[period["same"]]'}, {"q1": f'def add(table):\n    table["same"] = {MASK}\nadd(period)'}),
        ({"q1": f"from tqdm.auto import tqdm\nfor _ in tqdm(period.index):\n    pass\nexact = {RIGHT}"}, {}),
        ({"q1": f"import threading\nthreading.Timer(60, print).start()\nexact = {RIGHT}"}, {}),
        (
            {
                "q1": "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\n"
                f"list(pool.map(str, range(9)))\nexact = {RIGHT}"
            },
            {},
        ),
        ({"q2": 'whose = period[period["effect"] == "none"][["level"]].value_counts()'}, {}),
        (
            {
                "q4": "import numpy as np\n"
                + 'pair = votes[(votes["country_a"] == "IRQ") & (votes["country_b"] == "EGY")]\n'
                'old, new = pair[pair["year"].between(1955, 1957)], pair[pair["year"].between(1959, 1962)]\n'
                'kingdom = np.float32(round((old["agreement"] * old["votes"]).sum() / old["votes"].sum(), 4))\n'
                'republic = np.average(new["agreement"], weights=new["votes"])'
            },
            {},
        ),
        (
            {
                "q6": 'speakers = sources[sources["source_id"].isin(found["source_id"])]',
                "q5": f"found = {SEATO}\n" + "ax = ...",
            },
            {},
        ),
    ],
)
def test_right_answers_keep_their_points(marked: Class, answers: dict[str, str], own: dict[str, str]) -> None:
    notebook = work(answers, **own)
    expected = {"q5-checks"} if answers.get("q5", "").endswith("...") else set()
    assert marked.lost(notebook) == expected, {k: (m.reason, m.sentence) for k, m in marked.marks(notebook).items()}


ONCE = f"exact = ({RIGHT}) if {{}} else ({WRONG})"
TWO_ANSWERS = {
    "a list": ("box = []", "box.append(1)\n" + ONCE.format("len(box) > 1")),
    "a dictionary": ("box = {'n': 0}", "box['n'] += 1\n" + ONCE.format("box['n'] > 1")),
    "an attribute of a table": ("period.attrs['n'] = 0", "period.attrs['n'] += 1\n" + ONCE.format("period.attrs['n'] > 1")),
    "a mark on a table": ("setattr(period, 'flag', 1)", ONCE.format("not hasattr(period, 'flag')")),
    "a class": ("class Box:\n    n = 0", "Box.n += 1\n" + ONCE.format("Box.n > 1")),
    "a generator": ("count = iter(range(9))", ONCE.format("next(count) > 0")),
    "a closure": (
        "def make():\n    n = 0\n    def step():\n        nonlocal n\n        n += 1\n        return n\n"
        "    return step\nstep = make()",
        ONCE.format("step() > 1"),
    ),
    "a name that is missing at first": (
        "",
        f"try:\n    seen\n    exact = {RIGHT}\nexcept NameError:\n    seen = 1\n    exact = {WRONG}",
    ),
    "a mutable default": ("def f(seen=[]):\n    seen.append(1)\n    return len(seen)", ONCE.format("f() > 1")),
    "globals": ("", "globals()['n'] = globals().get('n', 0) + 1\n" + ONCE.format("globals()['n'] > 1")),
    "an attribute of a function": ("def f(): pass\nf.n = 0", "f.n += 1\n" + ONCE.format("f.n > 1")),
    "a file": ("", "import os\nn = os.path.exists('seen')\nopen('seen', 'w').close()\n" + ONCE.format("n")),
    "a file that an own cell makes": (
        "open('/tmp/first', 'w').close()",
        "import os\n" + ONCE.format("not os.path.exists('/tmp/first')"),
    ),
    "an attribute of a module": ("", "n = getattr(pd, 'n', 0)\npd.n = 1\n" + ONCE.format("n")),
    "a method of all tables": ("pd.DataFrame.seen = True", ONCE.format("not hasattr(pd.DataFrame, 'seen')")),
    "the clock": ("import time\nbegun = time.time()\ntime.sleep(0.3)", ONCE.format("time.time() - begun < 0.3")),
    "a process": ("import os\nwho = os.getpid()", "import os\n" + ONCE.format("os.getpid() != globals().get('who', 0)")),
    "an environment variable": (
        "import os\nos.environ['SEEN'] = '1'",
        "import os\n" + ONCE.format("'SEEN' not in os.environ"),
    ),
    "a name that only the real run has": ("here = 1", ONCE.format("'here' not in globals()")),
    "a value of the settings": ("pd.set_option('display.width', 77)", ONCE.format("pd.get_option('display.width') != 77")),
    "a thread": (
        "import threading\nt = threading.Timer(30, print)\nt.start()",
        "import threading\n" + ONCE.format("threading.active_count() < 2"),
    ),
}


@pytest.mark.parametrize("how", TWO_ANSWERS)
def test_an_answer_that_shows_something_wrong_earns_nothing(marked: Class, how: str) -> None:
    own, answer = TWO_ANSWERS[how]
    found = marked.lost(work({"q1": answer}, q1=own) if own else work({"q1": answer}))
    assert "q1-checks" in found
    assert found == {"q1-checks"}, "the other answers are right"


def test_slow_answers_earn_their_points() -> None:
    """Each needs seven tenths of what a cell may take; there are six of them, and each runs more than once."""
    needs_program("bwrap")
    slow = {f"q{n}" for n in range(1, 7)}
    notebook = answered(
        assignment("ps1"),
        lambda grade_id, right, stub: f"import time\ntime.sleep(0.7)\n{right}" if grade_id in slow else right,
    )
    with Executor(workers=1) as executor:
        patient = Class(executor, Limits(cell_seconds=1.0, total_seconds=30.0, hidden_seconds=40.0))
        assert not patient.lost(notebook)


def test_the_reason_says_what_stopped_and_tells_nothing_of_other_tables(marked: Class) -> None:
    here = 'events.loc[events["event_id"] == "seato-signed-1954", "date"].iloc[0] == "1954-09-08"'
    code = f"if not ({here}):\n    raise {{}}\nexact = {RIGHT}"
    said = {
        how: marked.marks(work({"q1": code.format(error)}))["q1-checks"]
        for how, error in {
            "key": "KeyError('source_id')",
            "tells": "ValueError(events['title'].iloc[0])",
            "name": "NameError(\"name 'maske' is not defined\")",
        }.items()
    }
    assert {mark.reason for mark in said.values()} == {"stopped on other tables"}
    assert said["key"].sentence == "`KeyError: source_id`"
    assert said["tells"].sentence == "`ValueError`"
    assert said["name"].sentence == "`NameError: maske`"


@pytest.mark.parametrize(("kept", "lost"), [("q3", "q4"), ("q2", "q1"), ("q6", "q3")])
def test_merged_cells_keep_their_points(marked: Class, kept: str, lost: str) -> None:
    """Shift+M in JupyterLab: the text of q4 stands in q3, and q4 is gone; its three dots must not wipe it out."""
    notebook = work()
    cells = {nbgrader_metadata(cell).get("grade_id"): cell for cell in notebook.cells}
    cells[kept].source += f"\n\n{cells[lost].source}"
    notebook.cells.remove(cells[lost])
    assert not marked.lost(notebook)


def test_a_wrong_answer_in_another_cell_is_not_called_unanswered(marked: Class) -> None:
    notebook = work()
    cells = {nbgrader_metadata(cell).get("grade_id"): cell for cell in notebook.cells}
    cells["q2"].source += "\n\nexact = period.head(2)"
    notebook.cells.remove(cells["q1"])
    assert marked.marks(notebook)["q1-checks"].reason == "differs"
