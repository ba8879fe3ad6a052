"""What was handed in: whose it is, which file counts, and what is not opened."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest

from classroom.csv_files import harmless, write_csv
from classroom.errors import TeacherError
from classroom.grading.csv_export import write_handed_in
from classroom.submissions import notebook
from classroom.submissions.find import find_submissions
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.notebook import MAX_BYTES, UnreadableError, read_submission
from classroom.submissions.roster import Student, clean_name, is_student_id, read_roster
from tests.classroom.trees import write_tree

NESTED = b"[" * 100_000
CELL = b'{"cells": [{"cell_type": "code", "source": ["x = 1\\n", "x"], "metadata": {"nbgrader": {"grade_id": "q1"}}}]}'


def put(folder: Path, *paths: str, time: int = 1_700_000_000) -> None:
    for number, path in enumerate(paths):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(CELL)
        os.utime(file, (time + number, time + number))


def counting(found: list[HandedIn]) -> dict[str, str]:
    return {one.student.student_id: one.entry.path for one in found if one.fate == "counts"}


def test_each_layout_gives_each_student(tmp_path: Path) -> None:
    put(
        tmp_path,
        "s1/ps1/ps1.ipynb",
        "s2.ipynb",
        "s3/ps1.ipynb",
        "Amina Example_4711_assignsubmission_file_/my work.ipynb",
        "Bilal Sample_4712_assignsubmission_file_ps1.ipynb",
        "probedilara_LATE_90210_555_ps1.ipynb",
        "mustereli_90211_556_ps1.ipynb",
    )
    found = find_submissions(tmp_path, "ps1", {})
    assert set(counting(found)) == {"s1", "s2", "s3", "4711", "4712", "90210", "90211"}
    assert [one.student.student_id for one in found if one.late] == ["90210"]
    assert {one.student.student_id: one.student.name for one in found}["4711"] == "Amina Example"


@pytest.mark.parametrize(
    ("honest", "forged", "own_id"),
    [
        ("good_12345_88888_ps1.ipynb", "zeyneve_22222_99999_a_12345_assignsubmission_file_ps1.ipynb", "22222"),
        ("good_12345_88888_ps1.ipynb", "zeyneve_LATE_22222_99999_a_12345_assignsubmission_file_ps1.ipynb", "22222"),
        (
            "Good G_555_assignsubmission_file_ps1.ipynb",
            "Eve E_556_assignsubmission_file_x_555_assignsubmission_file_ps1.ipynb",
            "556",
        ),
    ],
)
def test_the_name_of_a_file_never_chooses_whose_it_is(tmp_path: Path, honest: str, forged: str, own_id: str) -> None:
    put(tmp_path, honest, forged)
    assert counting(find_submissions(tmp_path, "ps1", {})) == {honest.split("_")[1]: honest, own_id: forged}


def test_a_roster_turns_the_names_of_platforms_into_ids(tmp_path: Path) -> None:
    put(tmp_path, "Ana María Núñez_1_assignsubmission_file_/ps1.ipynb", "nunezanamaria_22_333_ps1.ipynb", "S7.ipynb")
    roster = {"u1": Student("u1", "Ana María Núñez"), "s7": Student("s7", "Zed")}
    found = find_submissions(tmp_path, "ps1", roster)
    assert {one.student.student_id for one in found} == {"u1", "s7"}


def test_two_people_of_one_name_never_become_one_student(tmp_path: Path) -> None:
    roster = {"k1": Student("k1", "Ali Khan"), "s2": Student("s2", "Zed Sample")}
    put(tmp_path, *(f"Ali Khan_{number}_assignsubmission_file_/ps1.ipynb" for number in (111, 222)))
    put(tmp_path, "Zed Sample_333_assignsubmission_file_/ps1.ipynb", "Zed Sample_333_assignsubmission_file_/more.ipynb")
    found = find_submissions(tmp_path, "ps1", roster)
    assert set(counting(found)) == {"111", "222", "s2"}
    reasons = {one.student.student_id: one.reason for one in found if one.fate == "counts"}
    assert reasons["s2"] == ""
    for number in ("111", "222"):
        assert "2 numbers (111, 222) for the name 'Ali Khan'" in reasons[number]
        assert f"counts for the number {number}" in reasons[number] and "the student_id as its name" in reasons[number]
    (tmp_path / "Ali Khan_111_assignsubmission_file_").rename(tmp_path / "k1")
    (tmp_path / "Ali Khan_222_assignsubmission_file_").rename(tmp_path / "k2")
    assert set(counting(find_submissions(tmp_path, "ps1", roster))) == {"k1", "k2", "s2"}


def test_of_several_the_last_counts_and_the_others_say_so(tmp_path: Path) -> None:
    put(tmp_path, "s1/ps1/ps1-Copy1.ipynb", "doe_5_71_ps1-2.ipynb", "doe_5_70_ps1-1.ipynb", "doe_5_69_ps1.ipynb", "s1.ipynb")
    found = find_submissions(tmp_path, "ps1", {})
    assert counting(found) == {"5": "doe_5_71_ps1-2.ipynb", "s1": "s1.ipynb"}
    assert sorted(one.entry.path for one in found if one.fate == "older") == [
        "doe_5_69_ps1.ipynb",
        "doe_5_70_ps1-1.ipynb",
        "s1/ps1/ps1-Copy1.ipynb",
    ]


def test_a_file_with_the_right_name_goes_before_a_later_copy(tmp_path: Path) -> None:
    put(tmp_path, "s1/ps1/ps1.ipynb", "s1/ps1/ps1-Copy1.ipynb")
    assert counting(find_submissions(tmp_path, "ps1", {})) == {"s1": "s1/ps1/ps1.ipynb"}


def test_links_pipes_folders_and_giants_are_named_and_never_opened(tmp_path: Path) -> None:
    put(tmp_path, "good.ipynb", "inside/ps1/ps1.ipynb/deeper.txt")
    (tmp_path / "inside/ps1/ps1.ipynb/deeper.txt").write_text("no notebook", encoding="utf-8")
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "folderlink").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.ipynb")
    with (tmp_path / "giant.ipynb").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "empty").mkdir()
    found = {one.student.student_id: one for one in find_submissions(tmp_path, "ps1", {})}
    assert found["good"].fate == "counts"
    assert {name: one.fate for name, one in found.items() if one.fate != "counts"} == {
        "link": "refused",
        "folderlink": "refused",
        "pipe": "refused",
        "giant": "refused",
        "empty": "not a notebook",
        "inside": "not a notebook",
    }


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "s1.ipynb")
    [one] = find_submissions(tmp_path, "ps1", {})
    (tmp_path / "s1.ipynb").unlink()
    (tmp_path / "s1.ipynb").symlink_to("/etc/passwd")
    with pytest.raises(OSError):
        one.entry.read()


def test_a_zip_is_read_in_place_and_cannot_lead_outside(tmp_path: Path) -> None:
    path = tmp_path / "downloads" / "all.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Amina Example_1_assignsubmission_file_/ps1.ipynb", CELL)
        archive.writestr("../../evil.ipynb", CELL)
        archive.writestr("/etc/evil.ipynb", CELL)
        archive.writestr("bomb_2_3_ps1.ipynb", b"0" * (MAX_BYTES + 1))
        link = zipfile.ZipInfo("linked_4_5_ps1.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    found = {one.student.student_id: one for one in find_submissions(path.parent, "ps1", {})}
    assert {name: one.fate for name, one in found.items()} == {"1": "counts", "2": "refused", "4": "refused", "": "refused"}
    assert found["1"].entry.read() == CELL
    assert list(tmp_path.iterdir()) == [path.parent]


def test_a_name_that_is_no_id_and_ids_that_differ_in_capitals_are_refused_by_name(tmp_path: Path) -> None:
    put(tmp_path, "<img src=x>.ipynb", "ok.ipynb")
    fates = {one.entry.path: one.fate for one in find_submissions(tmp_path, "ps1", {})}
    assert fates == {"<img src=x>.ipynb": "refused", "ok.ipynb": "counts"}
    put(tmp_path, "OK/ps1/ps1.ipynb", "other.ipynb")
    found = {one.entry.path: one for one in find_submissions(tmp_path, "ps1", {})}
    assert found["other.ipynb"].fate == "counts"
    for path in ("ok.ipynb", "OK/ps1/ps1.ipynb"):
        assert found[path].fate == "refused" and "OK and ok differ only in capital letters" in found[path].reason


@pytest.mark.parametrize("bad", ["", "..", "a/b", "a\\b", "-rf", ".hidden", "a" * 65, "con", "x\n", "ß", "a..b", "a."])
def test_what_cannot_be_an_id(bad: str) -> None:
    assert not is_student_id(bad)


def test_a_name_loses_what_a_page_could_run() -> None:
    assert clean_name('<img src=x onerror="alert(1)"> O\'Brien\x00') == "img src x onerror alert(1) O’Brien"
    assert clean_name("  زينب   Núñez ") == "زينب Núñez"


def test_the_roster_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("\ufeffStudent_ID;Name;Email\ns1;Amina Example;a@example.org\ns2;;not-an-address\n", encoding="utf-8")
    assert read_roster(path) == {"s1": Student("s1", "Amina Example", "a@example.org"), "s2": Student("s2")}
    path.write_text("student_id\ns1\nS1\n", encoding="utf-8")
    with pytest.raises(TeacherError, match=r"'S1' appears twice \(rows 2 and 3\)"):
        read_roster(path)
    path.write_text("student_id\n../x\n", encoding="utf-8")
    with pytest.raises(TeacherError, match="row 2"):
        read_roster(path)
    path.write_text("name\nx\n", encoding="utf-8")
    with pytest.raises(TeacherError, match="needs student_id"):
        read_roster(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"{",
        b"[]",
        b"null",
        b'{"cells": 3}',
        b'{"cells": []}',
        b'{"cells": [1, null]}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_what_is_no_notebook_has_a_reason(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_submission(content)


def test_odd_notebooks_are_read() -> None:
    [cell] = read_submission(b"\xef\xbb\xbf" + CELL)
    assert (cell.source, cell.grade_id) == ("x = 1\nx", "q1")
    assert read_submission(CELL.decode().encode("utf-16")) == (cell,)
    [half] = read_submission(b'{"cells": [{"cell_type": "code", "source": "\\ud800"}, {"cell_type": 7}, {"source": {}}]}')
    assert half.source == "?" and half.grade_id == ""
    [old] = read_submission(b'{"worksheets": [{"cells": [{"cell_type": "code", "input": "x"}]}]}')
    assert old.source == "x"
    sheet = b'{"cells": [{"cell_type": "code", "input": "%s"}]}'
    sheets = read_submission(b'{"worksheets": [' + sheet % b"x" + b", " + sheet % b"y" + b"]}")
    assert [one.source for one in sheets] == ["x", "y"]  # nothing of a second sheet is lost


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_each_code_of_json_is_read_and_counted_alike(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_submission(CELL.decode().encode(code)) == read_submission(CELL)
    assert read_submission(CELL + b"\0\0\n\0") == read_submission(CELL)  # what a disk that was pulled out leaves
    monkeypatch.setattr(notebook, "_MAX_PARTS", 3)
    with pytest.raises(UnreadableError, match="too much data"):
        read_submission(CELL.decode().encode(code))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty."),
        (b"\0" * 4_000, "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"PK\x03\x04rest", "it is a zip or an Office document, although its name ends in .ipynb."),
        (b"PK\x05\x06" + b"\0" * 18, "it is an empty zip"),
        (b"\x1f\x8b\x08", "it is a packed file (gzip)"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"\n<!DOCTYPE html><html>", "it is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a pointer of git LFS"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "a link to a file on Google Drive"),
        (b"x = 1\n", "it holds other text or data"),
        (CELL[: len(CELL) // 2], "breaks off: its end is missing"),
        (CELL[: CELL.rindex(b"}")], "breaks off: its end is missing"),
        (b"{\n<<<<<<< HEAD\n" + CELL[1:], "Two versions of the notebook were mixed into one file by git"),
        (CELL.replace(b":", b"", 1), "The file is damaged near line 1"),
        (CELL + CELL, "The file is damaged near line 1"),
        ('{"cells": "é"}'.encode("latin-1"), "has letters that cannot be read"),
        (b"[1, 2]", "it holds other data"),
    ],
)
def test_what_is_no_notebook_is_named_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_submission(content)
    assert says in str(refused.value) and str(refused.value).endswith("as .ipynb, and send that file.")


@pytest.mark.parametrize(
    ("name", "content", "fate", "says"),
    [
        ("s1/ps1/ps1.ipynb.txt", CELL, "counts", "its name ends in .txt."),
        ("s1/ps1/ps1.ipynb (1)", CELL, "counts", "its name ends in .ipynb (1)."),
        ("s1.ipynb(1)", CELL, "counts", "its name ends in .ipynb(1)."),
        ("s1", CELL, "counts", "its name has no ending."),
        ("s1/ps1/My homework.ipynb", CELL, "counts", ""),
        ("s1/a.zip", b"", "not a notebook", "it is empty (0 bytes). Ask the student to send it again."),
        ("s1/ps1.pdf", b"%PDF", "not a notebook", "Ask the student for the notebook itself."),
    ],
)
def test_a_file_of_any_name_is_the_students_and_says_what_it_is(
    tmp_path: Path, name: str, content: bytes, fate: str, says: str
) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (tmp_path / "in" / "s2.ipynb").write_bytes(CELL)
    found = find_submissions(tmp_path / "in", "ps1", {one: Student(one) for one in ("s1", "s2")})
    [mine] = [one for one in found if one.student.student_id == "s1"]
    assert mine.fate == fate and mine.reason.endswith(says)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path, text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(-1.5) == -1.5 and harmless(2.0) == 2 and harmless(None) == "" and harmless("plain") == "plain"
    write_csv(tmp_path / "x.csv", ["a"], [[text]])
    assert not (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()[1].lstrip('"').startswith(text[0])


def test_one_zip_cannot_fill_the_memory_or_stop_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.submissions.archive.MAX_IN_ZIP", 20)
    monkeypatch.setattr("classroom.submissions.archive.MAX_OF_ZIPS", (60_000, 60_000))
    many = {f"{number}.txt": b"" for number in range(21)}
    zips = {f"{number}.zip": {"x.txt": "0" * 20_000} for number in range(3)}
    write_tree(
        tmp_path, {"s1": {"ps1.zip": many}, "s2": {"ps1": {"ps1.zip": {"w.zip": b"0" * 50_000, **zips}}}, "s3.ipynb": CELL}
    )
    found = {one.entry.path: one for one in find_submissions(tmp_path, "ps1", {})}
    assert found["s3.ipynb"].fate == "counts"
    assert "more than 20 files" in found["s1/ps1.zip"].reason
    assert "cannot be opened" in found["s2/ps1/ps1.zip/w.zip"].reason
    monkeypatch.setattr("classroom.submissions.archive.MAX_OF_ZIPS", (40_000, 40_000))
    found = {one.entry.path: one for one in find_submissions(tmp_path, "ps1", {})}
    assert "So many zips" in found["s2/ps1/ps1.zip/w.zip"].reason
    monkeypatch.setattr("classroom.submissions.archive.MAX_ENTRIES", 5)
    with pytest.raises(TeacherError, match="more than 5 files, 4 of them in s2"):
        find_submissions(tmp_path, "ps1", {})


def test_names_and_times_in_a_zip_are_read_as_they_were_meant(tmp_path: Path) -> None:
    """Finder writes UTF-8 without saying so; a date of month 0 is no date; a password is named; a name may come twice."""
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("s1/ps1/a.ipynb", CELL)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("s1/ps1/a.ipynb", b"{}")
        archive.writestr("s2/ps1/ps1.ipynb", CELL)
    locked = path.read_bytes().replace(b"s2/ps1/ps1.ipynb", "زين/p.ipynb".encode().ljust(16, b"b")[:16])
    path.write_bytes(locked)
    names = [one.entry.path for one in find_submissions(path, "ps1", {})]
    assert "زين/p.ipynb" in "".join(names) and names.count("s1/ps1/a.ipynb") == 2
    contents = {one.entry.read() for one in find_submissions(path, "ps1", {}) if one.student.student_id == "s1"}
    assert contents == {CELL, b"{}"}
    flagged = bytearray(locked)
    at = flagged.rfind(b"PK\x01\x02")
    flagged[at + 8] |= 1  # locked
    flagged[at + 12 : at + 16] = b"\0\0\0\0"  # no date
    path.write_bytes(flagged)
    assert any("password" in one.reason for one in find_submissions(path, "ps1", {}))


def test_a_name_of_thirty_thousand_letters_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for text in ("a_", " copy", "(1) ", "- ", "1_1_", "a.", "\xa0"):
            archive.writestr(f"s9/{(text * 30_000)[:30_000]}.ipynb", CELL)
            archive.writestr(f"{(text * 30_000)[:30_000]}.txt", b"")
        archive.writestr("s1.ipynb", CELL)
    begin = time.process_time()
    found = find_submissions(path, "ps1", {"s1": Student("s1", "Ana Example")})
    write_handed_in(tmp_path / "handed_in.csv", found)
    assert counting(found)["s1"] == "s1.ipynb" and len(found) == 15
    assert time.process_time() - begin < 10  # 0.1 s; minutes with patterns that take the square
