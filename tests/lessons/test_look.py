"""A lesson that draws with matplotlib or pandas itself takes on the course's look first."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9][0-9]_*.ipynb"))
LOOK = "helpers.course"
# What draws: pyplot's own functions, and the methods of tables that call them.
PYPLOT = {"subplots", "figure", "plot", "bar", "barh", "scatter", "hist", "pie", "hlines", "step", "subplot", "axes", "gca"}
OF_TABLES = {"plot", "hist", "boxplot"}


def without_look(cells: Sequence[str]) -> Iterator[str]:
    """Yield the calls that draw before the course's look is set."""
    for cell in cells:
        for node in ast.walk(
            ast.parse(cell)
        ):  # statements of one cell may come in any order: a look that is set in it holds
            if isinstance(node, ast.Call) and _sets_look(node):
                return
        yield from (ast.unparse(node) for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Call) and _draws(node))


def _sets_look(call: ast.Call) -> bool:
    named = ast.unparse(call.func).endswith("style.use")
    return named and any(isinstance(value, ast.Constant) and value.value == LOOK for value in call.args)


def _draws(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner = call.func.attr, ast.unparse(call.func.value)
    if owner in ("plt", "matplotlib.pyplot"):
        return name in PYPLOT
    return name in OF_TABLES or owner.endswith(".plot")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_no_lesson_draws_without_the_courses_look(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert list(without_look(cells)) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["import matplotlib.pyplot as plt", "fig, ax = plt.subplots()"], ["plt.subplots()"]),
        (["plt.style.use('ggplot')", "plt.plot([1, 2])"], ["plt.plot([1, 2])"]),
        (["events['kind'].value_counts().plot.bar()"], ["events['kind'].value_counts().plot.bar()"]),
        (["events.plot(kind='bar')"], ["events.plot(kind='bar')"]),
        (["plt.bar([1], [2])", "plt.style.use('helpers.course')"], ["plt.bar([1], [2])"]),
        (["plt.style.use('helpers.course')", "plt.bar([1], [2])", "table.plot()"], []),
        (["plot_timeline(events)", "plt.close(ax.figure)", "show(plot_lines(votes, 'year', 'agreement'))"], []),
    ],
)
def test_the_rule_itself(cells: list[str], found: list[str]) -> None:
    assert list(without_look(cells)) == found
