"""Comparing values in the engine's plain form: honest differences of form pass, everything else does not."""

from __future__ import annotations

import json
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from classroom.grading.equality import same
from classroom.sandbox.inside.encode import encode
from classroom.sandbox.values import dumps, parse


def plain(value: Any) -> Any:
    return parse(dumps(encode(value)).encode())


TABLE = pd.DataFrame({"kind": ["a", "b", "b"], "n": [1, 2, 3]})


@pytest.mark.parametrize(
    ("given", "expected", "comparison"),
    [
        (3, 3.0, "exact"),
        (0.1 + 0.2, 0.3, "exact"),
        (0.3000001, 0.3, "close"),
        (" Baghdad\n", "Baghdad", "exact"),
        ((1, 2), [1, 2], "exact"),
        ({"b": 1, "a": 2.0}, {"a": 2, "b": 1}, "exact"),
        ({3, 1}, {1, 3}, "exact"),
        ([2, 1, 1], [1, 2, 1], "unordered"),
        ([(1, 2), (3,)], [[3], [1, 2]], "unordered"),
        (float("nan"), pd.NA, "exact"),
        (TABLE[["n", "kind"]], TABLE, "exact"),
        (TABLE.iloc[1:].reset_index(drop=True), TABLE.iloc[1:], "exact"),
        (TABLE, TABLE[["n", "kind"]], "exact"),
        (TABLE.iloc[::-1], TABLE, "unordered"),
        (TABLE["n"].iloc[1:].astype(float), TABLE["n"].iloc[1:], "exact"),
        (TABLE["kind"].iloc[1:].reset_index(drop=True), TABLE["kind"].iloc[1:], "exact"),
        (TABLE["kind"].value_counts()[["a", "b"]], TABLE["kind"].value_counts(), "unordered"),
        (TABLE["kind"].astype("category"), TABLE["kind"], "exact"),
        (pd.Timestamp("1955-02-24"), pd.Timestamp("1955-02-24 00:00"), "exact"),
    ],
)
def test_what_counts_as_the_same(given: Any, expected: Any, comparison: Any) -> None:
    assert same(plain(given), plain(expected), comparison)


@pytest.mark.parametrize(
    ("given", "expected", "comparison"),
    [
        (True, 1, "exact"),
        (1, True, "exact"),
        ("1", 1, "exact"),
        (10**16 + 1, 10**16, "exact"),
        (0.301, 0.3, "close"),
        ([1, 2], [2, 1], "exact"),
        ([1, 1, 2], [1, 2, 2], "unordered"),
        ([1, 2], [1, 2, 3], "unordered"),
        ({"a": 1}, {"a": 1, "b": 2}, "exact"),
        ({1, 2}, [1, 2], "exact"),
        (None, 0, "exact"),
        (0, None, "exact"),
        ([1, 2], [1, None], "exact"),
        ("Basra", "Baghdad", "exact"),
        ([1, 2], {1, 2}, "exact"),
        ({"a": 1, "b": 3}, {"a": 1, "b": 2}, "exact"),
        (float("inf"), float("-inf"), "exact"),
        (TABLE[["kind"]], TABLE, "exact"),
        (TABLE.assign(n=[1, 3, 3]), TABLE, "unordered"),
        (TABLE["kind"].value_counts().reset_index(drop=True), TABLE["kind"].value_counts(), "exact"),
        (TABLE["n"].iloc[1:].reset_index(drop=True), TABLE["n"].iloc[1:], "exact"),
        (TABLE["kind"], TABLE, "exact"),
        (pd.Series([1.5, None]), pd.Series([1.5, None], index=[1, 2]), "exact"),  # one number: the labels count
        (TABLE["kind"], TABLE["kind"].set_axis([*"xyz"]), "exact"),
        (TABLE, TABLE.set_axis([*"xyz"]), "exact"),
        (TABLE.set_axis([*"xyw"]), TABLE.set_axis([*"xyz"]), "exact"),
        (len, len, "exact"),
        (..., ..., "exact"),
    ],
)
def test_what_does_not(given: Any, expected: Any, comparison: Any) -> None:
    assert not same(plain(given), plain(expected), comparison)


@pytest.mark.parametrize(
    "forged", [{}, [], {"type": "frame"}, {"type": "list", "items": 3}, {"type": ["list"]}, {"type": "figure"}]
)
def test_a_forged_shape_is_a_wrong_answer_and_no_crash(forged: Any) -> None:
    expected = [TABLE, [1], {"a": 1}, TABLE["n"], 3, "x"]
    assert not any(same(forged, plain(value), how) for value in expected for how in ("exact", "unordered", "figure"))  # type: ignore[arg-type]


def test_a_table_with_a_cell_too_many_is_none() -> None:
    forged = {**plain(TABLE), "rows": [[*row, 0] for row in plain(TABLE)["rows"]]}
    assert not same(forged, plain(TABLE), "exact") and same(plain(TABLE), plain(TABLE), "exact")


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("size", [1.0, 0.3, 2_500.0])
def test_close_is_a_millionth_and_exact_a_thousandth_of_that(size: float, sign: int) -> None:
    for part, close, exact in (
        (0, True, True),
        (5e-10, True, True),
        (2e-9, True, False),
        (9e-7, True, False),
        (1.1e-6, False, False),
    ):
        given = size * (1 + sign * part)
        assert same(given, size, "close") is close, part
        assert same(given, size, "exact") is exact, part


def test_beside_nothing_a_difference_counts_in_full() -> None:
    assert same(9e-10, 0, "close") and not same(1.1e-9, 0, "close")
    assert same(9e-13, 0.0, "exact") and not same(1.1e-12, 0.0, "exact")


@pytest.mark.parametrize("sign", [1, -1])
def test_a_tolerance_lets_a_number_be_rounded_and_no_more(sign: int) -> None:
    for apart, right in ((0.0, True), (0.00050001, True), (0.00059, True), (0.00061, False), (0.001, False)):
        assert same(0.4 + sign * apart, 0.4, "close", 0.0006) is right, apart
    assert not same(True, 1, "close", 0.0006)
    assert not same("0.4", 0.4, "close", 0.0006)
    assert same(0, 0.0002, "close", 0.0006)


def test_a_label_of_one_column_is_that_of_its_name() -> None:
    one, other = TABLE["kind"].value_counts(), TABLE[["kind"]].value_counts()
    assert same(plain(other), plain(one), "unordered") and same(plain(other.to_dict()), plain(one.to_dict()), "exact")
    assert not same(plain(TABLE.value_counts().to_dict()), plain(one.to_dict()), "exact")


def drawn(
    *heights: int, kind: str = "bar", words: bool = True, line: bool = False, rule: bool = False, shade: bool = False
) -> Any:
    figure, ax = plt.subplots()
    getattr(ax, kind)(range(len(heights)), heights)
    if line:
        ax.plot([1, 2, 3], [4, 5, 6])
    if shade:
        ax.axvspan(0.5, 1.5, alpha=0.2)
        ax.fill_between([0, 1], 0, 3, alpha=0.2)
    if rule:
        ax.axhline(2)
    if words:
        ax.set(title="A title", ylabel="rows")
    plt.close(figure)
    return json.loads(dumps(encode(ax)))


def test_a_figure_is_told_by_what_is_drawn_and_by_having_words() -> None:
    right = drawn(3, 1, 2)
    assert same(drawn(1, 2, 3), right, "figure")  # in another order
    assert same(drawn(3, 1, 2, kind="barh"), right, "figure")  # lying
    assert same(drawn(3, 1, 2, rule=True), right, "figure")  # with a rule for the eye
    assert same(drawn(3, 1, 2, shade=True), right, "figure")  # the years of a war behind the bars
    assert not same(drawn(3, 1, shade=True), right, "figure")
    assert not same(drawn(3, 1, 2, words=False), right, "figure")
    [axes] = right["axes"]
    assert not same({**right, "axes": [{**axes, "ylabel": " "}]}, right, "figure")  # a title alone does not say all
    assert not same(drawn(3, 1), right, "figure")
    assert not same(drawn(3, 1, 1), right, "figure")
    assert not same(drawn(3, 1, 2, line=True), right, "figure")
    assert not same(drawn(3, 1, 2), drawn(3, 1, 2, line=True), "figure")
