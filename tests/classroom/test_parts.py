"""The parts of a class: everybody in one, the same on every machine, about equally many."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import TeacherError
from classroom.grading.parts import parse_part, part_of, take_over, write_facts


@given(st.text(max_size=20), st.integers(1, 1000))
def test_everybody_is_in_one_part_whatever_the_capitals(student: str, count: int) -> None:
    assert 1 <= part_of(student, count) <= count
    assert part_of("S001", count) == part_of("s001", count)


def test_parts_are_the_same_everywhere_and_about_equal() -> None:
    assert [part_of(f"s{number:03}", 4) for number in range(8)] == [1, 3, 3, 4, 1, 1, 1, 4]
    sizes = [sum(part_of(f"s{number}", 4) == part for number in range(4000)) for part in (1, 2, 3, 4)]
    assert sum(sizes) == 4000 and all(900 < size < 1100 for size in sizes)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/0", "a/b", "1/1001", "-1/3", ""])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(TeacherError, match="no part of a class"):
        parse_part(text)
    assert parse_part("3/16") == (3, 16) and parse_part("1000/1000") == (1000, 1000)


def test_other_versions_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "part" / ".kept").mkdir(parents=True)
    with pytest.raises(TeacherError, match="is no folder into which a part was marked"):
        take_over(tmp_path / "out", [tmp_path / "part"], {})
    write_facts(tmp_path / "part" / ".kept", {"Python": "3.12.1", "pandas": "3.0.2", "seed": "a" * 64})
    with pytest.raises(TeacherError, match=r"Python: 3\.12\.1 there, 3\.13\.5 here; seed: aaaaaaaa… there, bbbbbbbb… here"):
        take_over(tmp_path / "out", [tmp_path / "part"], {"Python": "3.13.5", "pandas": "3.0.2", "seed": "b" * 64})
