"""Values between a student's process and the marker: true for what is honest, refused for what is not in the plain form."""

from __future__ import annotations

import datetime as dt
import gc
import json
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import dates

import helpers
from classroom.sandbox.inside import worker
from classroom.sandbox.inside.encode import encode
from classroom.sandbox.values import MISSING, VALUE_BYTES, ValueProblem, dumps, loads, parse

MOMENT = {"type": "timestamp", "iso": "2021-03-13T00:00:00"}


def sent(value: object) -> Any:
    """The whole way: into the plain form, over the channel, and out of it."""
    return parse(dumps(encode(value)).encode())


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.int64(3), 3),
        (np.float32(0.5), 0.5),
        (np.bool_(True), True),
        (-0.0, -0.0),
        (float("nan"), MISSING),
        (pd.NA, MISSING),
        (pd.NaT, MISSING),
        (None, None),
        (float("-inf"), {"type": "float", "name": "-inf"}),
        (2**63 - 1, 2**63 - 1),
        (2**70, {"type": "int", "digits": str(2**70)}),
        (pd.Timestamp("2021-03-13"), MOMENT),
        (dt.date(2021, 3, 13), MOMENT),
        (np.datetime64("2021-03-13"), MOMENT),
        (pd.Timedelta(days=1), {"type": "timedelta", "seconds": 86400.0}),
        ((1, [2]), {"type": "tuple", "items": [1, {"type": "list", "items": [2]}]}),
        ({"b", "a"}, {"type": "set", "items": ["a", "b"]}),
        ({1: "x"}, {"type": "dict", "items": [[1, "x"]]}),
        (range(2), {"type": "list", "items": [0, 1]}),
        (np.array([[1, 2]]), {"type": "list", "items": [{"type": "list", "items": [1, 2]}]}),
        (len, {"type": "other", "name": "builtin_function_or_method"}),
    ],
)
def test_a_value_arrives_as_it_was(value: object, plain: object) -> None:
    assert sent(value) == plain
    assert type(sent(value)) is type(plain)


def test_a_series_of_categories_arrives_as_its_labels() -> None:
    labels = pd.Series(["a", None, "b"], index=[5, 6, 7], name="kind", dtype=pd.CategoricalDtype(["b", "a"], ordered=True))
    assert sent(labels) == {"type": "series", "name": "kind", "index": [5, 6, 7], "values": ["a", MISSING, "b"]}


def test_a_frame_arrives_with_its_missing_cells_alike_whatever_the_column() -> None:
    frame = pd.DataFrame(
        {"n": pd.array([1, None], dtype="Int64"), "x": [None, 0.5], "day": pd.to_datetime(["2021-03-13", None])}
    )
    assert sent(frame) == {
        "type": "frame",
        "columns": ["n", "x", "day"],
        "index": [0, 1],
        "rows": [[1, MISSING, MOMENT], [MISSING, 0.5, MISSING]],
    }


def test_an_index_of_several_levels_arrives_as_tuples() -> None:
    pairs = pd.Series([1], index=pd.MultiIndex.from_tuples([("a", 1950)]))
    assert sent(pairs)["index"] == [{"type": "tuple", "items": ["a", 1950]}]


def test_a_figure_arrives_as_what_stands_on_its_axes() -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2], [3, 4], label="votes")
    ax.bar(["a", "b"], [5, 6], label="trade")
    ax.set(title="Votes", xlabel="year", ylabel="share")
    ax.legend()
    (axes,) = sent(ax)["axes"]
    plt.close("all")
    assert (axes["title"], axes["xlabel"], axes["ylabel"]) == ("Votes", "year", "share")
    assert axes["lines"] == [{"label": "votes", "x": [1, 2], "y": [3, 4]}]
    assert [(bar["label"], bar["height"]) for bar in axes["bars"]] == [("trade", 5), ("trade", 6)]


def test_a_value_that_is_too_large_or_too_deep_is_refused_where_it_is_made() -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    for value in (deep, list(range(1_000_000)), "x" * (VALUE_BYTES + 1)):
        with pytest.raises(ValueProblem):
            encode(value)


_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(_PLAIN)
def test_whatever_is_encoded_is_in_the_plain_form_and_stays_the_same(value: object) -> None:
    assert sent(value) == encode(value)


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_an_answer_or_a_problem_and_never_a_crash(body: bytes) -> None:
    try:
        parse(body)
    except ValueProblem:
        return


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"type": "list", "items": ' * 1_000 + "1" + "}" * 1_000,
        "9" * 5_000,
        str(2**63),
        "1e999",
        "NaN",
        "-Infinity",
        '"\\ud800"',
        '{"type": "missing", "type": "missing"}',
        '{"type": "missing", "more": 1}',
        '{"type": "unknown"}',
        '{"type": ["list"], "items": []}',
        '{"kind": "list"}',
        "[1, 2]",
        '{"type": "list", "items": {"a": 1}}',
        '{"type": "dict", "items": [[1]]}',
        '{"type": "int", "digits": "12e5"}',
        '{"type": "int", "digits": 5}',
        '{"type": "float", "name": "nan"}',
        '{"type": "timedelta", "seconds": true}',
        '{"type": "series", "name": null, "index": [], "values": [1]}',
        '{"type": "frame", "columns": ["a"], "index": [0], "rows": [[1, 2]]}',
        '{"type": "figure", "axes": [{"title": "x"}]}',
        "",
        "\x00",
    ],
    ids=lambda text: text[:30] or "nothing",
)
def test_what_is_not_in_the_plain_form_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        parse(text.encode("utf-8", "surrogatepass"))


def test_more_bytes_than_the_limit_are_not_read() -> None:
    with pytest.raises(ValueProblem, match="more than"):
        loads(json.dumps("x" * 100).encode(), 50)


def test_a_message_may_hold_a_hundred_and_eighty_lists_in_a_list() -> None:
    loads(b"[" * 181 + b"]" * 181, VALUE_BYTES)
    with pytest.raises(ValueProblem, match="too deep or too large"):
        loads(b"[" * 182 + b"]" * 182, VALUE_BYTES)


def test_what_is_drawn_ahead_leaves_day_0_to_the_student(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what the first of a class may choose would be an error for all that come later."""
    monkeypatch.setattr(dates, "_epoch", None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    for name in ("plot_spans", "plot_timeline"):
        monkeypatch.setattr(helpers, name, lambda _: plt.figure().add_subplot().plot(dates.num2date([0, 1]), [0, 1])[0].axes)
    worker.draw_ahead()
    dates.set_epoch("2000-01-01")
    assert dates.get_epoch() == "2000-01-01"
