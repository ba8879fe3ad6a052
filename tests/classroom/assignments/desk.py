"""Mark answers to an assignment as the real marking does, but in this process: fast, and for our own answers only."""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

import helpers
from classroom.assignments.assignment import BEGIN_HIDDEN, Assignment, GradedCell, Hidden, read_assignment
from classroom.assignments.hidden_tables import variant_tables
from classroom.course import SAMPLE, Course
from classroom.grading.equality import same
from classroom.sandbox.inside.encode import encode
from classroom.submissions.notebook import nbgrader_metadata
from helpers import data

NAMES = ("ps1", "ps2", "ps3", "review")
FAILED = {"type": "other", "name": "an error"}
SEED = "a seed of the tests"


@functools.cache
def assignment(name: str) -> Assignment:
    """Read one of the course's own assignments."""
    return read_assignment(Course(SAMPLE, SEED, private=False), name)


def visible(source: str) -> str:
    """Return what a student sees of a test cell."""
    return source.split(BEGIN_HIDDEN)[0]


class World:
    """Tables on which answers are run: the real ones, or a variant in a folder of its own."""

    def __init__(self, tables: Mapping[str, bytes], folder: Path) -> None:
        self.folder = folder if tables else data.DATA
        self._loaded: dict[str, pd.DataFrame] = {}
        if not tables:
            return
        for file in [data.DATA / "datapackage.json", *data.DATA.rglob("*.csv")]:
            target = folder / file.relative_to(data.DATA)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(file)
        for name, body in tables.items():
            (folder / f"{name}.csv").unlink()
            (folder / f"{name}.csv").write_bytes(body)

    def table(self, name: str) -> pd.DataFrame:
        """Load a table of this world; read from the disk once."""
        if name not in self._loaded:
            self._loaded[name] = data.load(name)
        return self._loaded[name].copy(deep=False)  # pandas copies what an answer changes, and only that

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Let `load` read this world's tables, each once, and keep quiet what is printed and drawn."""
        before, data.DATA = data.DATA, self.folder
        really, helpers.load = helpers.load, self.table
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                yield
        finally:
            data.DATA, helpers.load = before, really
            plt.close("all")


class Desk:
    """An assignment, the real world, and one variant."""

    def __init__(self, name: str, folder: Path) -> None:
        self.assignment = assignment(name)
        self.sources = {str(nbgrader_metadata(cell)["grade_id"]): cell.source for cell in self.assignment.source.cells}
        self.real = World({}, folder)
        self.folder = folder
        self._compiled: dict[str, CodeType] = {}

    @functools.cached_property
    def variant(self) -> World:
        """Tables that no student sees."""
        made = variant_tables(SEED, self.assignment.name, 1)
        return World({name: made[name] for name in self.assignment.tables if name in made}, self.folder)

    @functools.cached_property
    def given(self) -> dict[str, Any]:
        """The names that the locked cells make."""
        return self._given(self.real)

    @functools.cached_property
    def given_on_variant(self) -> dict[str, Any]:
        """The names that they make on the variant."""
        return self._given(self.variant)

    def _given(self, world: World) -> dict[str, Any]:
        names: dict[str, Any] = {}
        with world.entered():
            for cell in self.assignment.source.cells:
                marks = nbgrader_metadata(cell)
                if cell.cell_type == "code" and not marks["grade"] and not marks["solution"]:
                    self._run(cell.source, names)
        return names

    @functools.cached_property
    def on_real(self) -> dict[tuple[str, str], Any]:
        """What the solutions give to each hidden question, on the real tables."""
        return self._solved(self.real)

    @functools.cached_property
    def on_variant(self) -> dict[tuple[str, str], Any]:
        """What they give on the variant."""
        return self._solved(self.variant)

    def _solved(self, world: World) -> dict[tuple[str, str], Any]:
        return {
            (item.grade_id, hidden.read): self.probe(hidden, self.sources[item.question], {}, world)
            for item in self.assignment.items
            for hidden in item.hidden
        }

    def earns(self, item: GradedCell, answer: str, extra: Mapping[str, Any] | None = None) -> bool:
        """Say whether an answer cell earns the points of a test cell."""
        if self.form(item, answer, extra):
            return False
        return all(self._agrees(item, hidden, answer, extra) for hidden in item.hidden)

    def part(self, item: GradedCell, answer: str, extra: Mapping[str, Any] | None = None) -> float:
        """Return the points that an answer which does not earn all of them earns in part."""
        if not any(hidden.partial for hidden in item.hidden) or self.form(item, answer, extra):
            return 0.0
        return sum(hidden.partial for hidden in item.hidden if hidden.partial and self._agrees(item, hidden, answer, extra))

    def _agrees(self, item: GradedCell, hidden: Hidden, answer: str, extra: Mapping[str, Any] | None) -> bool:
        """Say whether a hidden line gives what the solution gives, on the real tables and on those of the variant."""
        return all(
            same(
                self.probe(hidden, answer, extra or {}, world),
                solved[item.grade_id, hidden.read],
                hidden.compare,
                hidden.tolerance,
            )
            for world, solved in ((self.real, self.on_real), (self.variant, self.on_variant))
        )

    def form(self, item: GradedCell, answer: str, extra: Mapping[str, Any] | None = None) -> str:
        """Return what the visible checks say against an answer; empty if nothing."""
        names = {**self.given, **(extra or {}), "show": lambda figure: None}
        with self.real.entered():
            try:
                self._run(answer, names)
                self._run(visible(self.sources[item.grade_id]), names)
            except Exception as problem:
                return f"{type(problem).__name__}: {problem}"
        return ""

    def probe(self, hidden: Hidden, answer: str, extra: Mapping[str, Any], world: World) -> Any:
        """Begin with the locked cells, run the answer, read one value: as the engine does, but without its walls."""
        return self.probes([hidden], answer, extra, world)[0]

    def probes(self, asked: Sequence[Hidden], answer: str, extra: Mapping[str, Any], world: World) -> list[Any]:
        """Run an answer once, and read several values of what it left."""
        given = self.given if world is self.real else self.given_on_variant
        names = {k: value.copy(deep=False) if isinstance(value, pd.DataFrame) else value for k, value in given.items()}
        names.update(extra)
        with world.entered():
            try:
                self._run(answer, names)
            except Exception:
                return [FAILED] * len(asked)
            return [self._read(hidden, names) for hidden in asked]

    def _read(self, hidden: Hidden, names: dict[str, Any]) -> Any:
        try:
            return encode(eval(hidden.read, names))
        except Exception:
            return FAILED

    def _run(self, source: str, names: dict[str, Any]) -> None:
        if source not in self._compiled:
            self._compiled[source] = compile(source, "<cell>", "exec")
        exec(self._compiled[source], names)
