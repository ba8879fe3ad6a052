"""Numbers that decide whether work is read, matched or shown, on both sides of their edges. Nothing of a student runs.

The numbers stand here once more, and are not imported: a limit that is changed by accident is found.
"""

from __future__ import annotations

import io
import json
import os
import socket
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.assignments.assignment import read_assignment
from classroom.errors import TeacherError
from classroom.grading import budget, carried
from classroom.grading.equality import same
from classroom.grading.gradebook import Entered
from classroom.sandbox import framing
from classroom.sandbox.messages import Ran
from classroom.submissions.align import AlignedSubmission, PlacedCell, ReleaseCell, align
from classroom.submissions.archive import ArchiveEntry, list_files
from classroom.submissions.dependencies import cells_behind, is_plain, names_of
from classroom.submissions.find import find_submissions
from classroom.submissions.notebook import SubmittedCell, UnreadableError, read_submission
from classroom.submissions.recognise import Signs
from classroom.submissions.roster import clean_name, is_student_id, read_roster
from tests.support.classroom import small


def notebook_of(*sources: str, kind: str = "code") -> bytes:
    return json.dumps({"cells": [{"cell_type": kind, "source": source, "metadata": {}} for source in sources]}).encode()


def with_parts(count: int) -> bytes:
    """A notebook in which so many signs begin a list, a dictionary or an entry."""
    around = sum(notebook_of("").count(sign) for sign in (b"[", b"{", b'":'))
    return notebook_of("[" * (count - around))


@pytest.mark.parametrize(
    ("make", "most", "said"),
    [
        (lambda count: notebook_of(*["a = 1"] * count), 300, "has 301 cells. At most 300"),
        (lambda count: notebook_of("#" * count), 500_000, "has 500,001 characters of code. At most 500,000"),
        (with_parts, 1_000_000, "too much data"),
    ],
    ids=["cells", "code", "parts"],
)
def test_a_notebook_is_read_up_to_its_limit(make: Callable[[int], bytes], most: int, said: str) -> None:
    try:
        assert read_submission(make(most))
    except UnreadableError as problem:  # so many signs in one cell are too much code, but not too much data
        assert make is with_parts and "characters of code" in str(problem)
    with pytest.raises(UnreadableError, match=said):
        read_submission(make(most + 1))


# Folders and zips


def test_a_file_of_twenty_megabytes_is_read_and_no_larger_one(tmp_path: Path) -> None:
    for name, size in (("a", 20_000_000), ("b", 20_000_001)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    read, refused = list_files(tmp_path)
    assert (read.problem, len(read.read())) == ("", 20_000_000)
    assert "at most 20 MB are read" in refused.problem
    with pytest.raises(OSError, match="more than 20 MB"):  # it grew since it was listed
        ArchiveEntry("b", "file", 1, 0.0, "", refused.source).read()


@pytest.mark.parametrize(("folders", "read"), [(7, True), (8, True), (9, False)])
def test_a_file_is_found_in_eight_folders_and_no_deeper(tmp_path: Path, folders: int, read: bool) -> None:
    deep = tmp_path.joinpath(*"abcdefghi"[:folders])
    deep.mkdir(parents=True)
    (deep / "x.ipynb").write_bytes(notebook_of("a"))
    [entry] = list_files(tmp_path)
    assert (entry.path.endswith("x.ipynb"), "more than 8 folders deep" in entry.problem) == (read, not read)


def zip_in_zips(depth: int) -> bytes:
    content = notebook_of("a")
    for number in range(depth):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("x.zip" if number else "x.ipynb", content)
        content = written.getvalue()
    return content


@pytest.mark.parametrize(("zips", "read"), [(1, True), (3, True), (4, False)])
def test_a_zip_is_opened_in_two_others_and_no_deeper(tmp_path: Path, zips: int, read: bool) -> None:
    (tmp_path / "x.zip").write_bytes(zip_in_zips(zips))
    [entry] = list_files(tmp_path)
    assert (entry.path.endswith("x.ipynb"), "a zip inside 3 other zips" in entry.problem) == (read, not read)


def test_a_folder_holds_so_many_files_and_a_zip_in_it_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.submissions.archive.MAX_ENTRIES", 3)
    monkeypatch.setattr("classroom.submissions.archive.MAX_IN_ZIP", 2)
    for name in "abc":
        (tmp_path / name).touch()
    assert len(list_files(tmp_path)) == 3
    (tmp_path / "d").touch()
    with pytest.raises(TeacherError, match="holds more than 3 files"):
        list_files(tmp_path)
    for count, opened in ((2, True), (3, False)):
        folder = tmp_path / f"with {count}" / "one"
        folder.mkdir(parents=True)
        with zipfile.ZipFile(folder / "x.zip", "w") as archive:
            for number in range(count):
                archive.writestr(f"{number}.txt", "x")
        found = list_files(folder.parent)
        assert (len(found) == count and not found[0].problem) == opened


@pytest.mark.parametrize(
    ("name", "leads_out"),
    [
        ("../s1.ipynb", True),
        ("s1/../../s2.ipynb", True),
        ("s1/../s2.ipynb", True),
        ("/s1.ipynb", True),
        ("..", True),
        ("s1/ps1.ipynb", False),
        ("s1..x/ps1.ipynb", False),
        ("...ipynb", False),
    ],
)
def test_no_path_leads_out_of_a_zip(tmp_path: Path, name: str, leads_out: bool) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(name, notebook_of("a"))
    [entry] = list_files(tmp_path / "x.zip")
    assert (entry.kind, entry.source is None, bool(entry.problem)) == (
        ("other", True, True) if leads_out else ("file", False, False)
    )


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its student is not missing without a word, and the others are read."""
    for student in ("s1", "s2"):
        (tmp_path / student / "ps1").mkdir(parents=True)
        (tmp_path / student / "ps1" / "ps1.ipynb").write_bytes(notebook_of("a"))
    scandir = os.scandir

    def refused(path: Path) -> object:
        if Path(path).name == "s2":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("classroom.submissions.archive.os.scandir", refused)
    found = {one.student.student_id: one for one in find_submissions(tmp_path, "ps1", {})}
    assert found["s1"].fate == "counts"
    assert (found["s2"].fate, found["s2"].reason) == ("not a notebook", "The folder cannot be opened: Permission denied.")


# Matching


@pytest.mark.parametrize(("kept", "known"), [(99, True), (75, True), (73, False)])
def test_a_locked_cell_of_which_the_end_was_deleted_is_known(kept: int, known: bool) -> None:
    """2 × 73 of 98 + 73 groups of three letters are 0.854, and 2 × 71 of 98 + 71 are 0.840."""
    text = "".join(chr(0x4E00 + number) for number in range(100))
    release = [ReleaseCell("q1-task", "markdown", text, False, False, 0)]
    work = align([SubmittedCell(1, "markdown", text[:kept], "")], release)
    assert (len(work.cells) == 1) is known


@pytest.mark.parametrize(("others", "found"), [(499, True), (500, False)])
def test_so_many_cells_are_compared(others: int, found: bool) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(100))
    release = [ReleaseCell("q1-task", "markdown", text, False, False, 0)]
    cells = [SubmittedCell(number, "markdown", "x" * 100, "") for number in range(others)]
    work = align([*cells, SubmittedCell(others, "markdown", text + "y", "")], release)
    assert (len(work.cells) == others + 1) is found


def test_half_of_a_notebook_is_enough_and_three_names_are_the_fewest_that_tell() -> None:
    texts, names = frozenset("abcd"), frozenset(f"n{number}" for number in range(6))
    ours = Signs("ours", texts, frozenset(), names)
    assert ours.enough(frozenset("ab"), frozenset()) and not ours.enough(frozenset("a"), frozenset())
    assert ours.enough(frozenset(), frozenset({"n0", "n1", "n2"})) and not ours.enough(frozenset(), frozenset({"n0", "n1"}))
    few = Signs("few", texts, frozenset(), frozenset({"n0", "n1"}))
    assert not few.enough(frozenset(), few.names)  # all of its names, but two


@pytest.mark.parametrize(("length", "read"), [(50_000, True), (50_001, False)])
def test_a_cell_is_analysed_up_to_its_limit(length: int, read: bool) -> None:
    source = "a = 1 #".ljust(length, "x")
    assert (names_of(source).writes == {"a"}, names_of(source).anything, is_plain(source)) == (read, not read, read)


def test_a_cell_that_may_set_any_name_runs_again() -> None:
    cells = [("sets", "exec('a = 1')"), ("other", "b = 2"), ("asked", "c = a")]
    assert cells_behind(["c"], cells) == ("sets", "asked")
    again = [("first", "a = 1"), ("second", "a = a + 1"), ("third", "a = 3"), ("asked", "c = a")]
    assert cells_behind(["c"], again) == ("third", "asked") and cells_behind(["a"], again[:2]) == ("first", "second")


# Numbers


def listed(*values: float) -> dict[str, object]:
    """Return a list in the plain form of the sandbox."""
    return {"type": "list", "items": list(values)}


@pytest.mark.parametrize("whole", [sum([0.1] * 10), 1.0000000001, 0.9999999999])
def test_a_sum_that_should_be_whole_is_whole_in_any_order(whole: float) -> None:
    assert same(listed(whole, 2.5), listed(2.5, 1), "unordered") and same(listed(2.5, 1), listed(whole, 2.5), "unordered")
    given, expected = ({"type": "dict", "items": [[key, "x"]]} for key in (whole, 1))
    assert same(given, expected, "exact")
    assert not same(listed(1.00001, 2.5), listed(2.5, 1), "unordered")


def test_numbers_in_any_order_are_compared_with_nine_digits() -> None:
    for given, expected, right in (
        (2.000000001, 2.0, True),
        (1.2345678901, 1.23456789, True),
        (1.00000001, 1.0, False),
        (2.0**54 + 4, 2.0**54, True),
        (2**54 + 1, 2**54, False),
        (2.0**53 - 1, 2**53 - 1, True),
    ):
        assert same(listed(given, 7), listed(7, expected), "unordered") is right, given


def test_a_tolerance_includes_its_edge() -> None:
    assert same(1.25, 1.0, "exact", 0.25) and same(0.75, 1.0, "exact", 0.25) and not same(1.2500001, 1.0, "exact", 0.25)


@pytest.mark.parametrize(("given", "counts"), [(2.0, 2.0), (2.5, 2.0), (-0.5, 0.0), (0.0, 0.0), (1.25, 1.25)])
def test_points_of_a_cell_are_at_most_what_it_is_worth(given: float, counts: float) -> None:
    assert Entered("q", given, None, 0.0, False, "", 2.0).points == counts
    assert Entered("q", 0.0, given, 0.0, False, "", 2.0).points == counts
    assert Entered("q", 0.0, None, given, False, "", 2.0).points == counts


@pytest.mark.parametrize(
    ("option", "allowed"),
    [
        ("tolerance=0", True),
        ("tolerance=0.999", True),
        ("tolerance=1", False),
        ("tolerance=-0.001", False),
        ("variants=0", True),
        ("variants=5", True),
        ("variants=6", False),
        ("variants=-1", False),
    ],
)
def test_a_hidden_line_says_only_what_is_allowed(tmp_path: Path, option: str, allowed: bool) -> None:
    source = small.small_source()
    cell = next(cell for cell in source.cells if "count_kind(events, 'diplomacy')" in cell.source)
    cell.source = cell.source.replace("'diplomacy')\")", f"'diplomacy')\", {option})")
    course = small.small_course(tmp_path, source)
    if allowed:
        assert read_assignment(course, small.NAME).items[1].hidden
        return
    with pytest.raises(TeacherError, match=f"{option.partition('=')[0]} is .* It must be"):
        read_assignment(course, small.NAME)


# What is kept and shown


def png(width: int, height: int) -> bytes:
    """The head of a picture, which is all that is read before it is decoded."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[..., SimpleNamespace]:
    """Say how many pictures of some cells are kept; each is a megabyte when it is written anew."""
    monkeypatch.setattr(budget, "pictures_of", lambda ran: [bytes(1_000_000) for _ in ran.pictures])

    def keep(*pictures: list[bytes]) -> SimpleNamespace:
        cells = tuple(PlacedCell(f"c{number}", "code", "", None) for number in range(len(pictures)))
        ran = [Ran(f"c{number}", "ok", 0.1, pictures=tuple(drawn)) for number, drawn in enumerate(pictures)]
        kept = budget.within_budget(AlignedSubmission(cells, ()), ran)
        return SimpleNamespace(counts=[len(kept.pictures.get(cell.cell_id, ())) for cell in cells], notes=kept.work.notes)

    return keep


def test_four_megabytes_of_pictures_are_kept_and_no_more(shown: Callable[..., SimpleNamespace]) -> None:
    assert shown([png(1, 1)] * 4).counts == [4] and shown([png(1, 1)] * 4).notes == ()
    assert shown([png(1, 1)] * 3, [png(1, 1)] * 2).counts == [3, 1]
    assert "drew 5 pictures, and 4 of them are shown" in shown([png(1, 1)] * 5).notes[0]


def test_sixty_million_pixels_are_decoded_and_no_more(shown: Callable[..., SimpleNamespace]) -> None:
    assert shown([png(6_000, 5_000)] * 2).counts == [2] and shown([png(6_000, 5_000)] * 2 + [png(1, 1)]).counts == [2]


def test_twenty_pictures_are_looked_at_and_six_of_a_cell(
    shown: Callable[..., SimpleNamespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MAX_PICTURE_BYTES", 10**9)
    assert shown(*[[png(1, 1)] * 7] * 4).counts == [6, 6, 6, 2]


@pytest.mark.parametrize(("length", "cut"), [(200_000, False), (200_001, True)])
def test_two_hundred_thousand_characters_are_kept(length: int, cut: bool) -> None:
    cells = (PlacedCell("c0", "code", "x" * length, None),)
    kept = budget.within_budget(AlignedSubmission(cells, ()), [])
    assert (len(kept.work.cells[0].source) != length, len(kept.work.notes)) == (cut, int(cut))


# Names


@pytest.mark.parametrize(("length", "allowed"), [(1, True), (64, True), (65, False)])
def test_an_id_has_up_to_64_signs(length: int, allowed: bool) -> None:
    assert is_student_id("s" * length) is allowed


def test_a_name_has_up_to_a_hundred_letters() -> None:
    assert (len(clean_name("a" * 100)), len(clean_name("a" * 101))) == (100, 100)


@pytest.mark.parametrize(("before", "found"), [(0, True), (4, True), (5, False)])
def test_the_names_of_the_columns_stand_in_one_of_the_first_five_rows(tmp_path: Path, before: int, found: bool) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Class of 2026\n" * before + "student_id\ns1\n", encoding="utf-8")
    if found:
        assert list(read_roster(path)) == ["s1"]
        return
    with pytest.raises(TeacherError, match="must name the columns"):
        read_roster(path)


@pytest.mark.parametrize(
    ("entries", "letters", "read"), [(2_000, 200, True), (2_001, 1, False), (1, 201, False), (0, 0, False)]
)
def test_a_part_that_is_carried_on_has_up_to_two_thousand_entries(entries: int, letters: int, read: bool) -> None:
    assert (carried._literal({"type": "list", "items": ["x" * letters] * entries}) is not None) is read


@pytest.mark.parametrize(("most", "passes"), [(9, True), (8, False)])
def test_a_frame_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch, most: int, passes: bool) -> None:
    one, other = socket.socketpair()
    with one, other:
        framing.send(one, {"a": 12})  # nine bytes
        monkeypatch.setattr(framing, "MAX_FRAME_BYTES", most)
        with nullcontext() if passes else pytest.raises(framing.FramingError, match="9 bytes is longer than 8"):
            assert framing.receive(other) == b'{"a": 12}'
        with nullcontext() if passes else pytest.raises(framing.FramingError, match="9 bytes is longer than 8"):
            framing.send(one, {"a": 12})
