"""What a wrong result is told: how it differs, never what is right, and on hidden tables no number."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.grading.difference import difference, of_calls


def items(*values: object, kind: str = "list") -> dict[str, object]:
    return {"type": kind, "items": list(values)}


def series(**values: object) -> dict[str, object]:
    return {"type": "series", "index": list(values), "values": list(values.values())}


def numbered(*values: object) -> dict[str, object]:
    return {"type": "series", "index": list(range(len(values))), "values": list(values)}


def counts(**values: object) -> dict[str, object]:
    return {"type": "dict", "items": [list(pair) for pair in values.items()]}


def places(**values: object) -> dict[str, object]:
    return {"type": "dict", "items": [[items(*name, kind="tuple"), value] for name, value in values.items()]}


def frame(columns: list[str], *rows: list[object]) -> dict[str, object]:
    return {"type": "frame", "columns": columns, "index": list(range(len(rows))), "rows": list(rows)}


RIGHT = items("a", "b", "c")


@pytest.mark.parametrize(
    ("mine", "right", "said", "of_hidden"),
    [
        (items("a", "b"), RIGHT, "1 row too few; those that are there belong there.", "It has too few rows."),
        (items("a", "b", "c", "d", "e"), RIGHT, "2 rows too many; no other is missing.", "It has too many rows."),
        (items("c", "b", "a"), RIGHT, "their order is not the one", "their order is not the one"),
        (
            items("a", "b", "x"),
            RIGHT,
            "1 row is missing, and 1 does not belong.",
            "Some rows are missing, and some do not belong.",
        ),
        (
            items("a", "x"),
            RIGHT,
            "2 rows are missing, and 1 does not belong. It has too few in all.",
            "It has too few in all.",
        ),
        (items("x"), RIGHT, "none of the rows", "other rows than those"),
        (items("a", "b", kind="tuple"), RIGHT, "1 row too few", "too few rows"),
        (3, RIGHT, "", ""),
        (counts(a=1), RIGHT, "What is asked for is a list; you gave labels with values.", "you gave labels"),
        (RIGHT, 0.5, "A single number is asked for.", "A single number"),
        (50.0, 0.5, "a percentage where a share", "a percentage where a share"),
        (0.5, 50.0, "a share where a percentage", "a share where a percentage"),
        (7, 0.5, "a whole where a share", "a whole where a share"),
        (7, 1, "a whole where a share", "a whole where a share"),  # all of it, or nothing, is a share, too
        (7, 0, "a whole where a share", "a whole where a share"),
        (1, 0.5, "It is too large.", "It is too large."),
        (-0.5, 0.5, "Only the sign", "Only the sign"),
        (0.505, 0.5, "It is close.", "It is close."),
        (0.9, 0.5, "It is too large.", "It is too large."),
        (float("nan"), 0.5, "", ""),
        (counts(a=1, b=2, All=3), counts(a=1, b=2), "1 label too many; no other is missing.", "too many labels"),
        (counts(a=1, x=2), counts(a=1, b=2), "Its labels are others", "Its labels are others"),
        (counts(a=0.25, b=0.75), counts(a=1, b=3), "times one number", "times one number"),
        (counts(a=1.01, b=3.03), counts(a=1, b=3), "times one number", "times one number"),
        (counts(a=1.0000001, b=4.0), counts(a=1.0, b=3.0), "1 of 2 values are not", "some values are not."),
        (counts(a=1, b=4), counts(a=1, b=3), "1 of 2 values are not", "some values are not."),
        (counts(a=1, b=2, c=4), counts(a=1, b=2, c=3), "1 of 3 values are not", "some values are not."),
        (counts(a=1, b=1), counts(a=1, b=-1), "1 of 2 values are not", "some values are not."),  # their sum is nothing
        (counts(a="x", b=2), counts(a=1, b=3), "some values are not", "some values are not"),
        (numbered("a", "x"), numbered("a", "b"), "1 row is missing, and 1 does not belong.", "Some rows are missing"),
        (counts(a=-1, b=-3), counts(a=1, b=3), "Only the sign", "Only the sign"),
        (counts(a=-1, b=3), counts(a=1, b=3), "1 of 2 values are not", "some values are not."),
        (places(xa=1, yb=2), places(ax=1, by=2), "Rows and columns are exchanged", "Rows and columns are exchanged"),
        (places(xa=1, yb=2, yc=1), places(ax=1, by=2), "Its labels are others", "Its labels are others"),
        (series(a="x", b="y"), series(a="x", b="z"), "some values are not", "some values are not"),
        (frame(["a"], [1]), frame(["a", "b"], [1, 2]), "1 column too few", "too few columns"),
        (frame(["a", "x"], [1, 2]), frame(["a", "b"], [1, 2]), "other names", "other names"),
        (frame(["b", "a"], [2, 1]), frame(["a", "b"], [1, 2], [3, 4]), "1 row too few", "too few rows"),
    ],
)
def test_a_wrong_result_is_told_how_it_differs(mine: object, right: object, said: str, of_hidden: str) -> None:
    seen, hidden = difference(mine, right, hidden=False), difference(mine, right, hidden=True)
    assert said in seen and of_hidden in hidden and bool(said) == bool(seen)
    assert not re.search(r"\d", hidden.replace("between 0 and 1", ""))


@pytest.mark.parametrize(
    ("mine", "right", "said", "of_hidden"),
    [
        (items(1, 2, 3), items(1, 2, 4), "2 of 3 results are right.", "some of the results are right, and some are not."),
        (items(items(1), items(2)), items(items(1), items(3)), "1 of 2 results are right.", "and some are not."),
        (items(9, 9), items(1, 2), "none of the results is right.", "none of the results is right."),
        (items(1), items(1, 2), "", ""),
        (items(1.0000001, 2), items(1, 2), "", ""),
        ("text", items(1, 2), "", ""),
    ],
)
def test_results_of_a_function_are_called_that_and_no_rows(mine: object, right: object, said: str, of_hidden: str) -> None:
    for hidden, expected in ((False, said), (True, of_hidden)):
        told = difference(mine, right, hidden=hidden, calls=True)
        assert told.endswith(expected) and bool(told) == bool(expected) and "row" not in told


@pytest.mark.parametrize(
    ("read", "calls"),
    [
        ("[share_of(n, v) for n in [1, 2] for v in ['a']]", True),
        ("[voices(event)['source_id'].tolist() for event in ['x']]", True),
        ("[row for row in table]", False),
        ("more_than['report_id'].tolist()", False),
        ("{bar.span for bar in ax.findobj()}", False),
    ],
)
def test_a_line_that_calls_a_function_is_known(read: str, calls: bool) -> None:
    assert of_calls(read) is calls


def test_a_figure_is_said_to_be_drawn() -> None:
    drawn = {"type": "figure", "axes": []}
    assert difference(drawn, {**drawn, "axes": [1]}, hidden=False) == "What is drawn is not what the task asks for."


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["list", "set", "dict", "series", "frame", "figure", "missing", ""])},
            optional={name: st.lists(inner, max_size=4) for name in ("items", "index", "values", "columns", "rows")},
        )
    ),
    max_leaves=12,
)


@given(
    PLAIN,
    st.sampled_from([RIGHT, counts(secret=41975, other=2), series(secret=41975, b=2), frame(["secret"], [41975]), 0.41975]),
)
def test_whatever_a_process_sends_the_answer_is_a_sentence_that_tells_nothing(mine: object, right: object) -> None:
    for hidden, calls in product((False, True), repeat=2):
        said = difference(mine, right, hidden=hidden, calls=calls)
        assert isinstance(said, str) and len(said) < 200
        assert not any(secret in said for secret in ("secret", "41975"))
