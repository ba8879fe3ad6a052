"""The house: `benchmarks → tools → classroom → helpers`. No import goes up, no cycle, no private name of another package."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "architecture.md"
# From the bottom up. A package may import itself and what stands before it.
LAYERS = ("helpers", "content", "classroom", "tools", "benchmarks")
# The edition in the browser and the sandbox run with less: what they load may need no more than this.
ALONE = {"helpers": set(), "content": {"helpers"}, "classroom.sandbox": {"helpers"}}


@dataclass(frozen=True)
class Import:
    """One imported name: who imports, from which module, in which line, and whether only a type checker reads it."""

    importer: str
    module: str
    name: str
    line: int
    runs: bool


def modules(root: Path, packages: tuple[str, ...] = LAYERS) -> dict[str, Path]:
    """Return the files of the packages by the name under which they are imported."""
    found = {}
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, nodes: list[ast.AST], known: dict[str, Path]) -> Iterator[Import]:
    """Yield what a file imports from the packages, with relative names made whole."""
    for_types = {
        id(inner)
        for node in nodes
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in nodes:
        runs = id(node) not in for_types
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, alias.name, "", node.lineno, runs)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{module}.{alias.name}"
                yield (
                    Import(name, whole, "", node.lineno, runs)
                    if whole in known
                    else Import(name, module, alias.name, node.lineno, runs)
                )


def attributes(name: str, nodes: list[ast.AST], found: list[Import], known: dict[str, Path]) -> Iterator[Import]:
    """Yield each `module._private` that is written out, with the module whole; `found` is what the file imports."""
    named = {one.module.rsplit(".", 1)[-1]: one.module for one in found if one.module in known and not one.name}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in named:
            yield Import(name, named[node.value.id], node.attr, node.lineno, True)


@functools.cache
def all_imports(root: Path) -> list[Import]:
    known, everything = modules(root), list[Import]()
    for name, path in known.items():
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        found = list(imports(name, path, nodes, known))
        everything += [*found, *attributes(name, nodes, found, known)]
    return everything


def upward(found: list[Import]) -> list[str]:
    """Name the imports that go up, or to the tests."""
    wrong = []
    for one in found:
        own, other = one.importer.split(".")[0], one.module.split(".")[0]
        if other == "tests" and own != "benchmarks":  # a benchmark drives the browser as the tests do
            wrong.append(f"{one.importer}:{one.line} imports {one.module}")
        if other in LAYERS and LAYERS.index(other) > LAYERS.index(own):
            wrong.append(f"{one.importer}:{one.line} imports {one.module}")
        for alone, allowed in ALONE.items():
            inside = f"{one.importer}.".startswith(f"{alone}.") and not one.importer.startswith(f"{alone}.outside")
            allowed_here = f"{one.module}.".startswith(f"{alone}.") or other in allowed or other not in LAYERS
            if inside and not allowed_here and not one.module.startswith("classroom.errors"):
                wrong.append(f"{one.importer}:{one.line} imports {one.module}")
    return wrong


def cycles(found: list[Import], known: dict[str, Path]) -> list[list[str]]:
    """Return the groups of files that import each other, also within a function; types alone make no circle."""
    graph: dict[str, set[str]] = {name: set() for name in known}
    for one in found:
        if one.runs and one.module in known and one.module != one.importer:
            graph[one.importer].add(one.module)
    reach = {name: set(near) for name, near in graph.items()}
    for middle in graph:
        for name in graph:
            if middle in reach[name]:
                reach[name] |= reach[middle]
    groups = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in graph if name in reach[name]}
    return [list(group) for group in sorted(groups)]


def private(found: list[Import]) -> list[str]:
    """Name the imports of a private name from another package (a folder is a package)."""
    wrong = []
    for one in found:
        parts = [*one.module.split("."), *([one.name] if one.name else [])]
        hidden = any(part.startswith("_") and not part.startswith("__") for part in parts)
        if hidden and one.module.split(".")[0] in LAYERS and one.module.split(".")[0] != one.importer.split(".")[0]:
            wrong.append(f"{one.importer}:{one.line} imports {'.'.join(parts)}")
    return wrong


def test_imports_go_down_only() -> None:
    assert upward(all_imports(ROOT)) == []


def test_no_two_files_import_each_other() -> None:
    assert cycles(all_imports(ROOT), modules(ROOT)) == []


def test_no_package_uses_a_private_name_of_another() -> None:
    assert private(all_imports(ROOT)) == []


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"helpers/a.py": "from classroom import b", "classroom/b.py": ""}, "helpers.a:1 imports classroom.b"),
        ({"classroom/b.py": "import tools.c", "tools/c.py": ""}, "classroom.b:1 imports tools.c"),
        ({"tools/c.py": "from tests.support import figures"}, "tools.c:1 imports tests.support"),
        (
            {"helpers/a.py": "def f():\n    from .b import c", "helpers/b.py": "from . import a"},
            "['helpers.a', 'helpers.b']",
        ),
        ({"tools/c.py": "from helpers import a\na._d()", "helpers/a.py": "_d = 1"}, "tools.c:2 imports helpers.a._d"),
        ({"tools/c.py": "from helpers.a import _d", "helpers/a.py": "_d = 1"}, "tools.c:1 imports helpers.a._d"),
    ],
)
def test_each_kind_of_wrong_import_is_seen(tmp_path: Path, files: dict[str, str], wrong: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = all_imports(tmp_path)
    assert wrong in map(str, [*upward(found), *cycles(found, modules(tmp_path)), *private(found)])


def test_the_map_names_files_that_are_there() -> None:
    """The pages for whoever changes the code name a file, and a name in it, as they stand in the tree."""
    for page in ("docs/architecture.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        named = re.findall(r"`((?:helpers|classroom|tools|content|tests|data)/[\w/]+\.\w+)`(?:: `(\w+)`)?", text)
        assert len(named) > 8, f"{page} no longer says where things are"
        for path, name in named:
            found = ROOT / path
            example = "lesson_02" in path  # a lesson that somebody is about to add
            assert found.is_file() or example, f"{page} names {path}, which is not there"
            assert name in found.read_text(encoding="utf-8"), f"{page} names {name}, which {path} no longer has"
    text = MAP.read_text(encoding="utf-8")
    inside = re.findall(r"`((?:plotting|submissions|grading|sandbox/outside|assignments)/\w+\.py)`", text)
    assert inside and "## Where do I change" in text
    for path in inside:
        assert (ROOT / "helpers" / path).is_file() or (ROOT / "classroom" / path).is_file(), f"the map names {path}"
