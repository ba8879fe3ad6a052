"""What comes from npm is the package that is meant, or is not used; a stand-in for npm brings it here."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from tools.editions.npm import NpmError, Package, integrity, parts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for npm is a shell script")
# npm pack NAME@VERSION --pack-destination FOLDER …
BRINGS = 'cp "$HERE/package.tgz" "$4/thing-1.0.tgz"; echo "$@" >>"$HERE/asked"'


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a package, and an npm that brings it."""
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as archive:
        for name, content in (("dist/thing.js", b"run()"), ("LICENSE", b"free")):
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    an_npm(tmp_path, BRINGS)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HERE", str(tmp_path))
    return tmp_path


def an_npm(folder: Path, lines: str) -> None:
    program = folder / "bin" / "npm"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    program.chmod(0o755)


def thing(registry: Path, **other: object) -> Package:
    known = {"integrity": integrity(registry / "package.tgz"), "parts": {"thing.js": "dist/thing.js", "LICENSE": "LICENSE"}}
    return Package("thing", "1.0", **(known | other))  # type: ignore[arg-type]


def test_a_package_is_fetched_once_and_no_program_of_it_runs(registry: Path) -> None:
    kept = registry / "kept"
    for _ in range(2):
        assert parts(thing(registry), kept) == {"thing.js": b"run()", "LICENSE": b"free"}
    (asked,) = (registry / "asked").read_text(encoding="utf-8").splitlines()
    assert asked.startswith("pack thing@1.0 ") and "--ignore-scripts" in asked
    assert [path.name for path in kept.iterdir()] == ["thing-1.0.tgz"]


def test_a_package_that_was_put_there_by_hand_needs_no_npm(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (registry / "kept").mkdir()
    (registry / "package.tgz").rename(registry / "kept" / "thing-1.0.tgz")
    package = Package("thing", "1.0", integrity(registry / "kept" / "thing-1.0.tgz"), {"a": "LICENSE"})
    monkeypatch.setenv("PATH", "")
    assert parts(package, registry / "kept") == {"a": b"free"}


def test_another_package_under_its_name_is_refused_and_deleted(registry: Path) -> None:
    with pytest.raises(NpmError, match="sha512 differs"):
        parts(thing(registry, integrity="sha512-other"), registry / "kept")
    assert list((registry / "kept").iterdir()) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("echo 'npm error code ENOTFOUND' >&2; exit 1", r"could not fetch thing 1\.0\. It says:\nnpm error code ENOTFOUND"),
        ("exit 0", r"thing-1\.0\.tgz could not be kept"),
    ],
)
def test_an_npm_that_brings_nothing_is_heard_and_nothing_is_left(registry: Path, lines: str, words: str) -> None:
    an_npm(registry, lines)
    with pytest.raises(NpmError, match=words):
        parts(thing(registry), registry / "kept")
    assert list((registry / "kept").iterdir()) == []


def test_a_part_that_is_not_in_the_package_is_named(registry: Path) -> None:
    with pytest.raises(NpmError, match="no dist/other.js"):
        parts(thing(registry, parts={"a": "dist/other.js"}), registry / "kept")


def test_a_place_that_cannot_be_written_is_one_sentence(registry: Path) -> None:
    (registry / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(NpmError, match="could not be kept in"):
        parts(thing(registry), registry / "kept")
