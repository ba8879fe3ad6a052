"""The parts that build the edition in the browser: what they refuse, and what they say then."""

from __future__ import annotations

import importlib.util
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.plotting import theme
from tests.support.stand_ins import a_wheel
from tools.editions.site import assemble, audit, contents, fonts, kernel, lite, lock, proof, pyodide, wheels
from tools.editions.site.__main__ import main
from tools.editions.site.errors import SiteError
from tools.editions.site.in_page import course_page


def known(name: str, version: str, file: Path | None = None) -> dict[str, Any]:
    """A package as Pyodide's own lock describes it."""
    sha256 = wheels.sha256(file) if file else "0" * 64
    entry = {"name": name, "version": version, "sha256": sha256, "depends": [], "imports": [name]}
    return {**entry, "file_name": file.name if file else f"{name}-{version}-wasm32.whl"}


@pytest.fixture
def big(tmp_path: Path) -> dict[str, Any]:
    """The five big packages, as files with other content, and Pyodide's lock of them."""
    packages = {}
    for name in wheels.BIG_FIVE:
        file = tmp_path / f"{name}-1-wasm32.whl"
        file.write_text(f"stands for {name}")
        packages[name] = known(name, "1", file)
    return packages


# Pyodide, from npm


def test_without_npm_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SiteError, match=r"npm is missing.*Node\.js"):
        pyodide.fetch(tmp_path)


def test_another_file_under_pyodides_name_is_refused_and_deleted(tmp_path: Path) -> None:
    archive = tmp_path / f"pyodide-{pyodide.VERSION}.tgz"
    archive.write_bytes(b"not Pyodide")
    with pytest.raises(SiteError, match="sha512 differs"):
        pyodide.fetch(tmp_path)
    assert not archive.exists()


def test_a_kernel_made_for_another_pyodide_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyodide, "PYODIDE_VERSION", "400.0.0")
    with pytest.raises(SiteError, match=r"wants Pyodide 400\.0\.0.*PACKAGE"):
        pyodide.fetch(tmp_path)


# The packages


def test_by_default_exactly_five_packages_come_from_the_content_network(big: dict[str, Any]) -> None:
    places = wheels.big_five(big, None)
    assert sorted(places) == ["kiwisolver", "matplotlib", "numpy", "pandas", "pillow"]
    assert all(str(place).startswith("https://") and str(place).endswith("-1-wasm32.whl") for place in places.values())


def test_a_folder_with_the_five_files_replaces_the_content_network(big: dict[str, Any], tmp_path: Path) -> None:
    places = wheels.big_five(big, tmp_path)
    assert set(places.values()) == {tmp_path / entry["file_name"] for entry in big.values()}
    ours = lock.site_lock({"packages": big}, all_needs(tmp_path / "more"), places)
    assert not [entry for entry in ours["packages"].values() if "//" in entry["file_name"]]


def test_a_missing_file_of_the_five_is_named(big: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / big["numpy"]["file_name"]).unlink()
    with pytest.raises(SiteError, match=r"lacks 1 of the five packages:\s+numpy-1-wasm32\.whl"):
        wheels.big_five(big, tmp_path)


def test_a_file_of_the_five_that_was_changed_is_refused(big: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / big["pandas"]["file_name"]).write_text("something else")
    with pytest.raises(SiteError, match=r"pandas-1-wasm32\.whl is not the file that Pyodide knows"):
        wheels.big_five(big, tmp_path)


def all_needs(folder: Path) -> list[Path]:
    """Wheels of what the helpers need beside the five."""
    folder.mkdir()
    return [a_wheel(folder / name) for name in ("ipywidgets-8.1.8-py3-none-any.whl", "fontpkg_fira_sans-4-py3-none-any.whl")]


def test_a_package_in_another_version_than_pyodides_is_refused(big: dict[str, Any], tmp_path: Path) -> None:
    packages, older = {**big, "six": known("six", "1.17.0")}, a_wheel(tmp_path / "six-1.16.0-py3-none-any.whl")
    with pytest.raises(SiteError, match=r"six-1\.16\.0.*Pyodide's lock names six 1\.17\.0"):
        lock.site_lock({"packages": packages}, [older, *all_needs(tmp_path / "more")], wheels.big_five(big, None))


def test_a_need_that_the_site_does_not_carry_is_refused(big: dict[str, Any], tmp_path: Path) -> None:
    needs = ("absent>=2", "pexpect; sys_platform != 'emscripten'", "more; extra == 'x'")
    needy = a_wheel(tmp_path / "needy-1-py3-none-any.whl", needs=needs)
    with pytest.raises(SiteError, match=r"^needy needs absent, which"):
        lock.site_lock({"packages": big}, [needy, *all_needs(tmp_path / "more")], wheels.big_five(big, None))


def test_of_a_typeface_the_page_carries_the_files_that_figures_use_and_the_licence(tmp_path: Path) -> None:
    """Each as it came from its makers, the same bytes at each build; a package without fonts stays as it is."""
    package = Path(importlib.util.find_spec("fontpkg_fira_sans").origin).parent  # type: ignore[union-attr,arg-type]
    whole, info = tmp_path / "fontpkg_fira_sans-4.203-py3-none-any.whl", "fontpkg_fira_sans-4.203.dist-info"
    names = [str(path.relative_to(package.parent)) for path in sorted(package.rglob("*.*")) if path.suffix != ".pyc"]
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ["fontpkg_fira_sans/LICENSE", *names]:
            archive.write(package.parent / name, name)
        archive.writestr(f"{info}/RECORD", "".join(f"{name},sha256=x,1\n" for name in names) + f"{info}/RECORD,,\n")
    smaller = fonts.fitted(whole, tmp_path / "fonts")
    assert smaller.name == whole.name and smaller.read_bytes() == fonts.fitted(whole, tmp_path / "again").read_bytes()
    with zipfile.ZipFile(smaller) as archive:
        kept = {Path(name).stem for name in archive.namelist() if name.endswith(".ttf")}
        assert kept == set(theme.FONT_FILES[theme.LATIN][1]) and "fontpkg_fira_sans/LICENSE" in archive.namelist()
        same = set(names) & set(archive.namelist())
        assert all(archive.read(name) == (package.parent / name).read_bytes() for name in same)
        listed = {line.split(",")[0] for line in archive.read(f"{info}/RECORD").decode().splitlines()}
        assert listed == set(archive.namelist()) - {"fontpkg_fira_sans/LICENSE"}
    assert smaller.stat().st_size < 800_000
    plain = a_wheel(tmp_path / "six-1.17.0-py3-none-any.whl")
    assert fonts.fitted(plain, tmp_path / "fonts") == plain


def test_the_kernels_packages_must_all_be_there(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="not as expected"):
        wheels.of_the_kernel(tmp_path)


def test_the_greeting_package_is_the_same_at_every_build_and_another_after_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kernel.wheel(tmp_path / "a")
    again = kernel.wheel(tmp_path / "b")
    assert (first.name, first.read_bytes()) == (again.name, again.read_bytes())
    changed = tmp_path / "course_page.py"
    changed.write_text(kernel.MODULE.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    monkeypatch.setattr(kernel, "MODULE", changed)
    assert kernel.wheel(tmp_path / "c").name != first.name


# What goes in


def test_only_what_is_meant_for_students_goes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A teacher's folder holds more: the article, marks, exercises with solutions, notes of an evening."""
    root = tmp_path / "course"
    for name in ("data", "helpers", "notebooks"):
        shutil.copytree(contents.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(contents.ROOT / "LICENSE", root)
    for name in ("data/article.txt", "data/marks.csv", "gradebook.db", "notebooks/assignments/source/ps1/secret.ipynb"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("not for students")
    monkeypatch.setattr(contents, "ROOT", root)
    files = contents.collect(tmp_path / "page")
    assert {"notebooks/00_start_here.ipynb", "data/events.csv", "helpers/data.py", "LICENSE"} <= set(files)
    assert not [name for name in files if "article.txt" in name or "marks.csv" in name or "gradebook" in name]
    assert not [name for name in files if "/assignments/" in name or "/teaching/" in name or "/classroom/" in name]
    assert not [name for name in files if "template" in name]


def test_a_lesson_waits_for_its_student_without_outputs_and_with_the_pages_kernel() -> None:
    lesson = json.loads(contents.for_the_page(contents.lessons()[0]))
    code = [cell for cell in lesson["cells"] if cell["cell_type"] == "code"]
    assert code and all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert lesson["metadata"]["kernelspec"]["name"] == "python"


def test_a_link_to_a_file_that_stays_at_home_becomes_plain_words() -> None:
    kept = "[codes](events.csv), {}, [home](https://example.org), [below](#end), [era](../notebooks/01.ipynb#a)"
    there = {"data/events.csv", "notebooks/01.ipynb"}
    text = kept.format("[rules](../CONTRIBUTING.md)")
    assert contents.without_dead_links(text, Path("data/README.md"), there) == kept.format("rules")


# JupyterLite, without its patience


class Broken:
    """An addon that does not start."""

    __all__ = ("pre_status",)

    def __init__(self, **_: Any) -> None:
        raise RuntimeError("out of order")


class Stumbling(Broken):
    """An addon that starts and then fails."""

    def __init__(self, **_: Any) -> None:
        pass

    def pre_status(self, manager: Any) -> Any:
        raise RuntimeError("stumbled here")


def with_addon(monkeypatch: pytest.MonkeyPatch, addon: type) -> None:
    entries, implementations = lite.get_addon_entry_points(), lite.get_addon_implementations()
    monkeypatch.setattr(lite, "get_addon_entry_points", lambda: {**entries, "extra": None})
    monkeypatch.setattr("jupyterlite_core.manager.get_addon_implementations", lambda: {**implementations, "extra": addon})


def build_with(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "course").mkdir()
    lite.build(tmp_path / "work", tmp_path / "course", tmp_path / "site", [])


def test_an_addon_that_does_not_start_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_addon(monkeypatch, Broken)
    with pytest.raises(SiteError, match="do not start: extra"):
        build_with(tmp_path)


def test_an_addon_that_fails_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_addon(monkeypatch, Stumbling)
    with pytest.raises(SiteError, match="could not build the site"):
        build_with(tmp_path)


# The last look


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A site with one lesson, as `audit` sees it."""
    site = tmp_path / "site"
    lesson = site / "files" / "notebooks" / "01.ipynb"
    lesson.parent.mkdir(parents=True)
    lesson.write_text('{"cells": []}')
    listing = {"content": [{"path": "notebooks/01.ipynb", "type": "notebook"}]}
    (site / "api" / "contents" / "notebooks").mkdir(parents=True)
    (site / "api" / "contents" / "notebooks" / "all.json").write_text(json.dumps(listing))
    assert audit.check(site, ["notebooks/01.ipynb"]) > 0
    return site


@pytest.mark.parametrize(
    "name",
    [
        "build/lab/bundle.js.map",
        "files/tests/solutions/lesson_01.py",
        "files/notebooks/assignments/source/ps1/ps1.ipynb",
        "files/notebooks/teaching/rubric.md",
        "files/helpers/classroom/verbs.py",
        "files/data/article.txt",
        "files/gradebook.db",
        "files/notebooks/lesson_template.ipynb",
    ],
)
def test_a_forbidden_file_stops_the_build(small_site: Path, name: str) -> None:
    (small_site / name).parent.mkdir(parents=True, exist_ok=True)
    (small_site / name).write_text("x")
    with pytest.raises(SiteError, match="it must not hold"):
        audit.check(small_site, [])


def test_a_solution_a_missing_file_and_too_much_stop_the_build(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_site / "files" / "notebooks" / "01.ipynb").write_text('{"source": "### BEGIN SOLUTION"}')
    (small_site / "api" / "contents" / "notebooks" / "all.json").write_text('{"content": []}')
    monkeypatch.setattr(audit, "LARGEST", 10)
    with pytest.raises(SiteError) as caught:
        audit.check(small_site, ["notebooks/01.ipynb", "data/events.csv"])
    words = str(caught.value)
    assert "lacks data/events.csv" in words and "list of files lacks notebooks/01.ipynb" in words
    assert "holds a solution" in words and "are the most" in words


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(SiteError, match="something that is not a site"):
        assemble.build(tmp_path, tmp_path / "cache")
    assert (tmp_path / "thesis.txt").exists()


# What the page says


@pytest.mark.parametrize(
    ("module", "name"), [("pandas", "pandas"), ("PIL.Image", "pillow"), ("matplotlib.dates", "matplotlib")]
)
def test_a_package_that_did_not_arrive_is_named_with_what_to_do(module: str, name: str) -> None:
    words = course_page.advice(module)
    assert words and words.startswith(f"This page could not load {name}.") and "Restart Kernel" in words
    assert max(map(len, words.splitlines())) <= course_page.COLUMNS


def test_several_packages_are_named_together_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_page, "_is_there", lambda module: module in ("PIL", "kiwisolver"))
    words = course_page.advice("matplotlib")
    assert words and words.startswith("This page could not load pandas, matplotlib and numpy.")


def test_other_errors_are_pythons_own() -> None:
    assert course_page.advice("scipy") is None
    assert course_page.advice(None) is None


def test_a_page_without_files_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(course_page, "DRIVE", tmp_path / "absent")
    words = course_page.advice("helpers")
    assert words and "https://" in words and words.startswith("This page could not load the tools")
    monkeypatch.setattr(course_page, "DRIVE", tmp_path)
    assert course_page.advice("helpers.data") is None


def test_the_proof_compares_text_and_that_pictures_are_there_not_their_dots() -> None:
    def lesson(*outputs: Any) -> Any:
        return new_notebook(cells=[new_code_cell("x", id="one", outputs=list(outputs))])

    table = new_output("display_data", {"text/html": "<table>42</table>", "text/plain": "42"})
    stored = lesson(table, new_output("display_data", {"image/png": "AAAA", "text/plain": "<Figure>"}))
    same = lesson(table, new_output("display_data", {"image/png": "BBBB", "text/plain": "<Figure at 0x7f>"}))
    assert proof.differences(stored, same) == []
    (fault,) = proof.differences(stored, lesson(new_output("error", ename="NameError", evalue="no x", traceback=[])))
    assert fault.startswith("cell one: stored '<table>42</table> | image/png', in the browser 'NameError: no x'")
    taught = [
        lesson(new_output("error", ename=name, evalue="e", traceback=[])) for name in ("NameError", "<class 'NameError'>")
    ]
    assert proof.differences(*taught) == []
    assert proof.differences(stored, new_notebook()) == ["cell one: it is not in the notebook that was saved"]
    assert not proof.Proof("03", 2, (fault,), 1, 1, 9, 0).holds and not proof.Proof("03", 2, (), 2, 1, 9, 0).holds
    assert proof.Proof("03", 2, (), 1, 1, 9, 0).holds


def test_the_proof_says_which_packages_are_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*_: object) -> None:
        raise SiteError("lacks 5 of the five packages")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof.assemble, "build", refuse)
        assert proof.main(["--wheels", str(tmp_path)]) == 1
    assert "lacks 5 of the five packages" in capsys.readouterr().err


def test_what_is_installed_is_found_before_the_folder_of_the_course(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = str(Path(json.__file__).parent.parent)
    monkeypatch.setattr(course_page.InstalledFirst, "folders", [folder])
    found = course_page.InstalledFirst.find_spec("json")
    assert found and found.origin and Path(found.origin).is_relative_to(folder)
    assert course_page.InstalledFirst.find_spec("a_file_of_a_student") is None
    monkeypatch.setattr(course_page.InstalledFirst, "folders", [str(tmp_path)])
    (tmp_path / "helpers.py").write_text("", encoding="utf-8")
    assert course_page.InstalledFirst.find_spec("helpers") is None
    assert course_page.InstalledFirst.find_spec("json", ["somewhere"]) is None


def test_the_versions_in_the_page_are_those_of_the_course() -> None:
    """Where Pyodide leaves the choice to us; what it decides, `lock` compares at each build."""
    wanted = dict(line.split("==") for line in pins(contents.ROOT / "tools/editions/site/wheels.in"))
    course = {line.split("==")[0]: line.split("==")[1] for line in pins(contents.ROOT / "requirements.txt")}
    for name in ("comm", "fontpkg-fira-sans", "ipywidgets"):
        assert wanted[name] == course[name], name


def pins(file: Path) -> list[str]:
    lines = (line.split(" ")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if "==" in line and not line.startswith(("#", "--"))]


def test_the_errors_reach_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    assert main(["--to", str(tmp_path)]) == 1
    assert "not a site" in capsys.readouterr().err
