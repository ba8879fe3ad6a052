"""A class in every shape in which one arrives: whose each file is, which counts, and that none of them vanishes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.errors import TeacherError
from classroom.submissions.find import collect_submissions, find_submissions
from classroom.submissions.handed_in import HandedIn
from classroom.submissions.roster import Student
from tests.classroom.trees import DAMAGED, PDF, WORDS, Tree, leaves, notebook, tree_of, write_tree, zipped

CLASS = {
    "s001": Student("s001", "Ana María Núñez"),
    "s002": Student("s002", "Bilal Sample"),
    "s003": Student("s003", "زينب Example"),
    "s004": Student("s004", "Zoë Probe"),
}
NOBODY: dict[str, Student] = {}
MOODLE = "{}_{}_assignsubmission_file_/{}".format


@dataclass(frozen=True)
class Layout:
    """What is handed in; which file counts for whom; what becomes of the rest ("owner fate" by path)."""

    name: str
    tree: Tree
    counts: dict[str, str]
    rest: dict[str, str] = field(default_factory=dict)
    roster: dict[str, Student] = field(default_factory=lambda: CLASS)
    look: tuple[str, ...] = ()  # counting files of which the list says why a person should look


def same(*paths: str, **counts: str) -> tuple[dict[str, bytes], dict[str, str]]:
    return tree_of(*paths, *counts.values()), counts


LAYOUTS = [
    # the four layouts
    Layout("nbgrader", *same(s001="s001/ps1/ps1.ipynb", s002="s002/ps1.ipynb")),
    Layout("flat", *same(s001="s001.ipynb", s002="s002.ipynb")),
    Layout("flat, no roster", *same(a="a.ipynb", b="b.ipynb"), roster=NOBODY),
    Layout(
        "Moodle", *same(s001=MOODLE("Ana María Núñez", 11, "ps1.ipynb"), s002=MOODLE("Bilal Sample", 12, "my work.ipynb"))
    ),
    Layout("Moodle, one name", *same(s002="Bilal Sample_12_assignsubmission_file_ps1.ipynb")),
    Layout("Moodle 4 without the last sign", *same(s002="Bilal Sample_12_assignsubmission_file/ps1.ipynb")),
    Layout("Moodle, last name first", *same(s001=MOODLE("Núñez Ana María", 11, "ps1.ipynb"))),
    Layout(
        "Moodle, no roster", *same(**{"11": MOODLE("Ana", 11, "ps1.ipynb"), "12": MOODLE("B", 12, "x.ipynb")}), roster=NOBODY
    ),
    Layout("Canvas", *same(s001="nunezanamaria_11_900_ps1.ipynb", s004="probezoe_LATE_14_901_ps1-1.ipynb")),
    # a class inside folders and zips (A4)
    Layout("a folder around it", *same(s001="handed_in/s001.ipynb", s002="handed_in/s002.ipynb")),
    Layout("two folders around it", *same(s001="a/b/s001/ps1/ps1.ipynb", s002="a/b/s002/ps1/ps1.ipynb")),
    Layout("three folders around it", *same(s001="a/b/c/s001.ipynb", s002="a/b/c/s002.ipynb")),
    Layout(
        "a zipped folder",
        {"wf.zip": {"handed_in": tree_of("s001.ipynb", "s002.ipynb")}},
        {"s001": "wf.zip/handed_in/s001.ipynb", "s002": "wf.zip/handed_in/s002.ipynb"},
    ),
    Layout(
        "a zipped folder, no roster",
        {"wf.zip": {"handed_in": tree_of("s001.ipynb", "s002.ipynb", "s003.ipynb")}},
        {one: f"wf.zip/handed_in/{one}.ipynb" for one in ("s001", "s002", "s003")},
        roster=NOBODY,
    ),
    Layout(
        "README's layout in its folder, no roster",
        *same(s1="handed_in/s1/ps1/ps1.ipynb", s2="handed_in/s2/ps1/ps1.ipynb"),
        roster=NOBODY,
    ),
    Layout("one student of README's layout in its folder", *same(s1="handed_in/s1/ps1/ps1.ipynb"), roster=NOBODY),
    Layout("folders in a folder, no roster", *same(s1="in/s1/ps1.ipynb", s2="in/s2/my work.ipynb"), roster=NOBODY),
    Layout(
        "Moodle's zip unpacked by Windows",
        *same(
            s001=f"course-ps1-123/{MOODLE('Ana María Núñez', 11, 'ps1.ipynb')}",
            s002=f"course-ps1-123/{MOODLE('Bilal Sample', 12, 'ps1.ipynb')}",
        ),
    ),
    Layout(
        "the same without a roster",
        *same(
            **{
                "11": f"course-ps1-123/{MOODLE('Ana', 11, 'ps1.ipynb')}",
                "12": f"course-ps1-123/{MOODLE('B', 12, 'ps1.ipynb')}",
            }
        ),
        roster=NOBODY,
    ),
    Layout(
        "Windows' folder in a folder of the same name",
        *same(
            s001=f"c-1/c-1/{MOODLE('Ana María Núñez', 11, 'ps1.ipynb')}",
            s002=f"c-1/c-1/{MOODLE('Bilal Sample', 12, 'a.ipynb')}",
        ),
    ),
    Layout("the assignment's folder around the students", *same(s001="ps1/s001.ipynb", s002="ps1/s002.ipynb")),
    Layout(
        "the assignment's folder around the students' folders", *same(s001="ps1/s001/ps1.ipynb", s002="ps1/s002/ps1.ipynb")
    ),
    Layout(
        "a student's own folder is no wrapper",
        *same("s001/s002.ipynb", s001="s001/ps1.ipynb"),
        {"s001/s002.ipynb": "s001 older"},
    ),
    Layout(
        "a stranger's folder takes nobody's place",
        *same("x9/ps1/s002.ipynb", s001="s001/ps1.ipynb", s002="s002.ipynb", x9="x9/ps1/ps1.ipynb"),
        {"x9/ps1/s002.ipynb": "x9 older"},
    ),
    Layout(
        "a stranger's folder beside those whose names it uses",
        *same("x9/s001.ipynb", s001="s001/ps1.ipynb", s002="s002.ipynb", x9="x9/s002.ipynb"),
        {"x9/s001.ipynb": "x9 older"},
    ),
    Layout(
        "those who were late, in a folder beside", *same(s001="s001.ipynb", s002="late/s002.ipynb", s003="late/s003.ipynb")
    ),
    Layout(
        "a roster and a note beside the folder",
        {"in": tree_of("s001.ipynb", "s002.ipynb"), "roster.csv": "student_id", "note.txt": WORDS},
        {"s001": "in/s001.ipynb", "s002": "in/s002.ipynb"},
        {"roster.csv": " not looked at", "note.txt": " not looked at"},
    ),
    # zips (A7)
    Layout(
        "two platforms' zips beside folders",
        {
            "moodle.zip": tree_of(MOODLE("Ana María Núñez", 11, "ps1.ipynb"), MOODLE("Nobody Known", 77, "ps1.ipynb")),
            "canvas.zip": tree_of("samplebilal_12_900_ps1.ipynb", "otherone_78_901_ps1.ipynb"),
            "s004": tree_of("ps1/ps1.ipynb"),
        },
        {
            "s001": f"moodle.zip/{MOODLE('Ana María Núñez', 11, 'ps1.ipynb')}",
            "77": f"moodle.zip/{MOODLE('Nobody Known', 77, 'ps1.ipynb')}",
            "s002": "canvas.zip/samplebilal_12_900_ps1.ipynb",
            "78": "canvas.zip/otherone_78_901_ps1.ipynb",
            "s004": "s004/ps1/ps1.ipynb",
        },
    ),
    Layout(
        "the same without a roster",
        {
            "moodle.zip": tree_of(MOODLE("A", 11, "ps1.ipynb"), MOODLE("B", 12, "ps1.ipynb")),
            "canvas.zip": tree_of("c_13_900_ps1.ipynb", "d_14_901_ps1.ipynb"),
        },
        {
            "11": f"moodle.zip/{MOODLE('A', 11, 'ps1.ipynb')}",
            "12": f"moodle.zip/{MOODLE('B', 12, 'ps1.ipynb')}",
            "13": "canvas.zip/c_13_900_ps1.ipynb",
            "14": "canvas.zip/d_14_901_ps1.ipynb",
        },
        roster=NOBODY,
    ),
    Layout(
        "both zips in a zip",
        {
            "all.zip": {
                "moodle.zip": tree_of(MOODLE("Ana María Núñez", 11, "ps1.ipynb"), MOODLE("Bilal Sample", 12, "a.ipynb"))
            }
        },
        {
            "s001": f"all.zip/moodle.zip/{MOODLE('Ana María Núñez', 11, 'ps1.ipynb')}",
            "s002": f"all.zip/moodle.zip/{MOODLE('Bilal Sample', 12, 'a.ipynb')}",
        },
    ),
    Layout(
        "a student's zip with one notebook",
        {
            "s001.zip": tree_of("ps1/ps1.ipynb"),
            "s002": {"ps1": {"ps1.zip": {"deep/er/work.ipynb": notebook("x"), "a.csv": "1"}}},
        },
        {"s001": "s001.zip/ps1/ps1.ipynb", "s002": "s002/ps1/ps1.zip/deep/er/work.ipynb"},
        {"s002/ps1/ps1.zip/a.csv": "s002 not a notebook"},
    ),
    Layout(
        "a student's zip in Moodle's zip",
        {"m.zip": {"Bilal Sample_12_assignsubmission_file_": {"ps1.zip": tree_of("ps1/ps1.ipynb")}}},
        {"s002": "m.zip/Bilal Sample_12_assignsubmission_file_/ps1.zip/ps1/ps1.ipynb"},
    ),
    Layout(
        "a student's zip in Moodle's and Canvas' flat form",
        {
            "Bilal Sample_12_assignsubmission_file_ps1.zip": tree_of("ps1.ipynb"),
            "nunezanamaria_11_900_work.zip": tree_of("x/ps1.ipynb"),
        },
        {
            "s002": "Bilal Sample_12_assignsubmission_file_ps1.zip/ps1.ipynb",
            "s001": "nunezanamaria_11_900_work.zip/x/ps1.ipynb",
        },
    ),
    Layout(
        "a student's zip with several notebooks",
        {"s001.zip": tree_of("a.ipynb", "b.ipynb"), "s002.ipynb": notebook("2")},
        {"s002": "s002.ipynb"},
        {"s001.zip/a.ipynb": "s001 refused", "s001.zip/b.ipynb": "s001 refused"},
    ),
    Layout(
        "after a person has decided",
        {"s001.zip": tree_of("a.ipynb", "b.ipynb"), "s001": tree_of("ps1/ps1.ipynb")},
        {"s001": "s001/ps1/ps1.ipynb"},
        {"s001.zip/a.ipynb": "s001 older", "s001.zip/b.ipynb": "s001 older"},
    ),
    Layout(
        "a Mac's zip",
        {
            "s001.zip": {
                **tree_of("ps1.ipynb"),
                "__MACOSX/._ps1.ipynb": b"\0\5\x16\7",
                "~$note.docx": b"",
                ".DS_Store": b"\0",
            }
        },
        {"s001": "s001.zip/ps1.ipynb"},
        {f"s001.zip/{name}": " not looked at" for name in ("__MACOSX/._ps1.ipynb", "~$note.docx", ".DS_Store")},
    ),
    Layout(
        "what nbgrader's exchange puts beside the work",
        {"s001": {**tree_of("ps1/ps1.ipynb"), "ps1/timestamp.txt": "2026-11-20", "ps1/submission_secret.txt": "5f0c"}},
        {"s001": "s001/ps1/ps1.ipynb"},
        {"s001/ps1/timestamp.txt": " not looked at", "s001/ps1/submission_secret.txt": " not looked at"},
    ),
    Layout(
        "damaged and empty zips",
        {"s001.zip": b"PK\3\4", "s002.zip": {}, "s003.ipynb": notebook("3")},
        {"s003": "s003.ipynb"},
        {"s001.zip": "s001 not a notebook", "s002.zip": "s002 not a notebook"},
    ),
    Layout(
        "four zips in each other",
        {"a.zip": {"s001": {"b.zip": {"c.zip": {"d.zip": b"PK"}}}, "s002.ipynb": notebook("2")}},
        {"s002": "a.zip/s002.ipynb"},
        {"a.zip/s001/b.zip/c.zip/d.zip": "s001 not a notebook"},
    ),
    # endings (A5)
    Layout(
        "endings that browsers and desktops add",
        tree_of("s001.ipynb.txt", "s002.ipynb.json", "s003.json", "s004.IPYNB"),
        {"s001": "s001.ipynb.txt", "s002": "s002.ipynb.json", "s003": "s003.json", "s004": "s004.IPYNB"},
    ),
    Layout(
        "the same without a roster",
        tree_of("s001.ipynb.txt", "s002.txt", "s003.json"),
        {"s001": "s001.ipynb.txt", "s002": "s002.txt", "s003": "s003.json"},
        roster=NOBODY,
    ),
    Layout(
        "the same in platforms' and nbgrader's names",
        tree_of("s001/ps1/ps1.ipynb.txt", MOODLE("Bilal Sample", 12, "ps1.json"), "probezoe_14_901_ps1.txt"),
        {
            "s001": "s001/ps1/ps1.ipynb.txt",
            "s002": MOODLE("Bilal Sample", 12, "ps1.json"),
            "s004": "probezoe_14_901_ps1.txt",
        },
    ),
    Layout(
        "no notebooks",
        {"s001.html": "<html>", "s002.py": "x = 1", "s003.docx": b"PK", "s004.pdf": PDF, "notes.txt": WORDS},
        {},
        {
            "s001.html": "s001 not a notebook",
            "s002.py": "s002 not a notebook",
            "s003.docx": "s003 not a notebook",
            "s004.pdf": "s004 not a notebook",
            "notes.txt": " not looked at",
        },
    ),
    Layout(
        "no notebooks in folders",
        {"s001/ps1/essay.pdf": PDF, MOODLE("Bilal Sample", 12, "ps1.html"): "<html>", "probezoe_14_901_ps1.py": "x"},
        {},
        {
            "s001/ps1/essay.pdf": "s001 not a notebook",
            MOODLE("Bilal Sample", 12, "ps1.html"): "s002 not a notebook",
            "probezoe_14_901_ps1.py": "s004 not a notebook",
        },
    ),
    Layout(
        "a page beside the notebook",
        {**tree_of("s001.ipynb"), "s001.html": "<html>"},
        {"s001": "s001.ipynb"},
        {"s001.html": "s001 not a notebook"},
    ),
    Layout(
        "a typed text and a file",
        {
            **tree_of(MOODLE("Bilal Sample", 12, "ps1.ipynb")),
            "Bilal Sample_12_assignsubmission_onlinetext_/onlinetext.html": "<p>",
        },
        {"s002": MOODLE("Bilal Sample", 12, "ps1.ipynb")},
        {"Bilal Sample_12_assignsubmission_onlinetext_/onlinetext.html": "s002 not a notebook"},
    ),
    # copies
    *(
        Layout(f"a copy: {name}", tree_of(name), {"s004": name}, look=(name,))
        for name in (
            "s004 (1).ipynb",
            "s004(2).ipynb",
            "s004-Copy1.ipynb",
            "s004 - Copy.ipynb",
            "s004 - Copy (2).ipynb",
            "s004 copy.ipynb",
            "s004 copy 2.ipynb",
            "Copy of s004.ipynb",
            "s004_1.ipynb",
            "s004 - Kopie.ipynb",
            "Copie de s004.ipynb",
            "S004-1.ipynb",
            "s004 (1).ipynb.txt",
            "s004_final.ipynb",
            "ps1_s004.ipynb",
            "s004-PS1 (1).ipynb",
            "Zoë Probe.ipynb",
            "probe_zoe_ps1.ipynb",
        )
    ),
    Layout("copies without a roster", *same(a="a (1).ipynb", b="b-Copy1.ipynb", c="Copy of c.ipynb"), roster=NOBODY),
    Layout("a copy and the first", *same("s004.ipynb", s004="s004 (1).ipynb"), {"s004.ipynb": "s004 older"}),
    Layout(
        "a number that is an id is no copy",
        *same(s1="s1.ipynb", s1_1="s1_1.ipynb"),
        roster={"s1": Student("s1"), "s1_1": Student("s1_1")},
    ),
    Layout(
        "ids that Excel took the zeros of",
        *same(**{"12": "0012.ipynb", "7": "007/ps1.ipynb"}),
        roster={"12": Student("12"), "7": Student("7")},
    ),
    Layout(
        "digits of another script",
        *same(**{"12": "١٢.ipynb", "13": "۱۳/ps1.ipynb"}),
        roster={"12": Student("12"), "13": Student("13")},
    ),
    Layout(
        "ids with a slash",
        *same(**{"2024-001": "2024-001.ipynb", "2024-002": "2024_002/ps1.ipynb", "2024-003": "2024003.ipynb"}),
        roster={f"2024-00{n}": Student(f"2024-00{n}", school_id=f"2024/00{n}") for n in (1, 2, 3)},
    ),
    # capitals, folders of other names (A6)
    Layout("capitals", *same(s001="S001/PS1/PS1.IPYNB", s002="S002.ipynb")),
    Layout(
        "another folder's name",
        *same(s001="s001/mine/ps1.ipynb", s002="s002/ps1/mine/ps1.ipynb", s003="s003/ps2/x.ipynb"),
        look=("s001/mine/ps1.ipynb", "s002/ps1/mine/ps1.ipynb", "s003/ps2/x.ipynb"),
    ),
    Layout(
        "where it belongs goes before elsewhere",
        *same("s001/old/ps1.ipynb", s001="s001/ps1/ps1.ipynb"),
        {"s001/old/ps1.ipynb": "s001 not looked at"},
    ),
    Layout(
        "of several elsewhere the one with the name",
        *same("s001/mine/draft.ipynb", s001="s001/mine/ps1.ipynb"),
        {"s001/mine/draft.ipynb": "s001 older"},
    ),
    Layout(
        "of several elsewhere a person decides",
        tree_of("s001/a/x.ipynb", "s001/a/y.ipynb", "s002.ipynb"),
        {"s002": "s002.ipynb"},
        {"s001/a/x.ipynb": "s001 refused", "s001/a/y.ipynb": "s001 refused"},
    ),
    Layout(
        "another assignment of the course",
        *same("s001/ps2/ps2.ipynb", s002="s002/ps1/ps1.ipynb"),
        {"s001/ps2/ps2.ipynb": "s001 another assignment"},
    ),
    Layout(
        "a copy that Jupyter saved by itself",
        *same(
            "s002/ps1/.ipynb_checkpoints/ps1-checkpoint.ipynb",
            s001="s001/ps1/.ipynb_checkpoints/ps1-checkpoint.ipynb",
            s002="s002/ps1/ps1.ipynb",
        ),
        {"s002/ps1/.ipynb_checkpoints/ps1-checkpoint.ipynb": "s002 not looked at"},
        look=("s001/ps1/.ipynb_checkpoints/ps1-checkpoint.ipynb",),
    ),
    # which of several (C4)
    Layout(
        "handed in together: the assignment's name",
        *same(MOODLE("Bilal Sample", 12, "ps1 (1).ipynb"), s002=MOODLE("Bilal Sample", 12, "ps1.ipynb")),
        {MOODLE("Bilal Sample", 12, "ps1 (1).ipynb"): "s002 older"},
    ),
    Layout(
        "handed in together: the later",
        *same("s001/ps1/b.ipynb", s001="s001/ps1/a.ipynb"),
        {"s001/ps1/b.ipynb": "s001 older"},
    ),
    Layout("at two times: the later", *same("s001/ps1/ps1.ipynb", s001="s001.ipynb"), {"s001/ps1/ps1.ipynb": "s001 older"}),
    Layout(
        "what can be read goes before what cannot",
        {"s001/ps1/work.ipynb": notebook("1"), "s001/ps1/ps1.ipynb": DAMAGED},
        {"s001": "s001/ps1/work.ipynb"},
        {"s001/ps1/ps1.ipynb": "s001 not a notebook"},
    ),
    Layout("a damaged notebook alone", {"s001.ipynb": DAMAGED}, {"s001": "s001.ipynb"}),
    # names (C6)
    Layout(
        "ids that differ in capitals",
        tree_of("ALICE.ipynb", "alice.ipynb", "bob.ipynb"),
        {"bob": "bob.ipynb"},
        {"ALICE.ipynb": " refused", "alice.ipynb": " refused"},
        roster=NOBODY,
    ),
    Layout(
        "a name of other letters, no roster",
        tree_of("zoë.ipynb", "bob.ipynb"),
        {"bob": "bob.ipynb"},
        {"zoë.ipynb": " refused"},
        roster=NOBODY,
    ),
    Layout(
        "a name in two forms of Unicode",
        *same(s004="Zoe\u0308 Probe.ipynb", s001=MOODLE("Ana Mari\u0301a Nu\u0301n\u0303ez", 11, "ps1.ipynb")),
    ),
    Layout(
        "called like the assignment",
        tree_of("ps1.ipynb", "ps1 (1).ipynb", "s001.ipynb"),
        {"s001": "s001.ipynb"},
        {"ps1.ipynb": " refused", "ps1 (1).ipynb": " refused"},
    ),
    Layout("a stranger is marked too", *same(s001="s001.ipynb", s999="s999.ipynb")),
    Layout("Moodle's groups", *same(s002=MOODLE("Group 3-Bilal Sample", 12, "ps1.ipynb"))),
    Layout(
        "Moodle's number is not another person's id",
        *same(s001=MOODLE("Ana María Núñez", 12, "ps1.ipynb")),
        roster={"s001": CLASS["s001"], "12": Student("12", "Bilal Sample")},
    ),
    Layout(
        "Moodle's number from its grading worksheet",
        *same(s002=MOODLE("Participant", 4711, "ps1.ipynb")),
        roster={"s002": Student("s002", moodle_number="4711")},
    ),
    Layout(
        "Canvas' number from its own list",
        *same(s002="somebody_4711_900_ps1.ipynb"),
        roster={"s002": Student("s002", canvas_id="4711")},
    ),
    # other platforms, and what students make of the rule for names
    Layout(
        "Blackboard",
        *same(
            s001="Problem Set_s001_attempt_2026-11-20-10-11-12_s002.ipynb",
            s002="Problem Set_s002_attempt_2026-11-20-10-11-12_ps1.ipynb",
        ),
        {},
    ),
    Layout("Brightspace", *same(s002="1234-5678 - Bilal Sample - Nov 20, 2026 1011 AM/ps1.ipynb")),
    Layout("Google Classroom", *same(s002="Bilal Sample - ps1.ipynb", s001="Ana María Núñez - Copy of ps1.ipynb")),
    Layout(
        "GitHub Classroom",
        {**tree_of("ps1-s001/ps1.ipynb"), "ps1-s001/.git/config": "x", "ps1-s001/README.md": WORDS},
        {"s001": "ps1-s001/ps1.ipynb"},
        {"ps1-s001/.git/config": " not looked at", "ps1-s001/README.md": "s001 not a notebook"},
    ),
    Layout(
        "nbgrader's exchange",
        *same(s001="s001+ps1+2026-11-20 10:11:12 UTC+abc/ps1.ipynb", s002="s002+ps1+2026-11-20 10:11:12.1234 UTC/ps1.ipynb"),
    ),
    Layout(
        "nbgrader's course folder",
        *same("release/ps1/ps1.ipynb", "source/ps1/ps1.ipynb", s001="submitted/s001/ps1/ps1.ipynb"),
        {"release/ps1/ps1.ipynb": " not looked at", "source/ps1/ps1.ipynb": " not looked at"},
    ),
    Layout("groups", *same(s001="groupA/s001/ps1/ps1.ipynb", s002="groupB/s002/ps1/ps1.ipynb")),
    Layout("groups, no roster", *same(a="groupA/a/ps1/ps1.ipynb", b="groupB/b/ps1/ps1.ipynb"), roster=NOBODY),
    Layout(
        "a folder for each assignment",
        *same("ps2/s001.ipynb", "ps2/s002.ipynb", s001="ps1/s001.ipynb"),
        {"ps2/s001.ipynb": "s001 another assignment", "ps2/s002.ipynb": "s002 another assignment"},
    ),
    Layout("id and name", *same(s001="Ana_Nunez_s001.ipynb", s002="s002 Bilal/ps1.ipynb", s003="ps1s003.ipynb")),
    Layout("two ids in one name are nobody's", *same(s001="s001.ipynb", s001_on_s002="s001_on_s002.ipynb")),
    Layout(
        "archives that are no zip",
        {"s001.tar.gz": b"x", "s002.rar": b"Rar", "s003.7z": b"7z", "s004.ipynb": notebook("4")},
        {"s004": "s004.ipynb"},
        {"s001.tar.gz": "s001 not a notebook", "s002.rar": "s002 not a notebook", "s003.7z": "s003 not a notebook"},
    ),
    Layout(
        "a zip of folders beside files, one of them again",
        {
            "wf.zip": {"submissions": tree_of("s001/ps1/ps1.ipynb", "s002/ps1/ps1.ipynb")},
            "s002.ipynb": notebook("again"),
            "s003.pdf": PDF,
        },
        {"s001": "wf.zip/submissions/s001/ps1/ps1.ipynb", "s002": "wf.zip/submissions/s002/ps1/ps1.ipynb"},
        {"s002.ipynb": "s002 older", "s003.pdf": "s003 not a notebook"},
    ),
    Layout(
        "what a person put right beside Moodle's zip",
        {
            "m.zip": {
                **{MOODLE("Bilal Sample", 12, "work.zip"): tree_of("a.ipynb", "b.ipynb")},
                **tree_of(MOODLE("Ana María Núñez", 11, "ps1.ipynb")),
            },
            "s002": tree_of("ps1/ps1.ipynb"),
        },
        {"s001": f"m.zip/{MOODLE('Ana María Núñez', 11, 'ps1.ipynb')}", "s002": "s002/ps1/ps1.ipynb"},
        {
            f"m.zip/{MOODLE('Bilal Sample', 12, 'work.zip')}/a.ipynb": "s002 older",
            f"m.zip/{MOODLE('Bilal Sample', 12, 'work.zip')}/b.ipynb": "s002 older",
        },
    ),
    Layout(
        "a zip of folders beside files, no roster",
        {"wf.zip": {"submissions": tree_of("a/ps1/ps1.ipynb", "b/ps1/ps1.ipynb")}, "c.ipynb": notebook("c")},
        {"a": "wf.zip/submissions/a/ps1/ps1.ipynb", "b": "wf.zip/submissions/b/ps1/ps1.ipynb", "c": "c.ipynb"},
        roster=NOBODY,
    ),
    Layout(
        "addresses, logins and escaped names",
        *same(s001="ana%40x.edu.ipynb", s002="bilal (1).ipynb", s003="z77/ps1.ipynb", s004="Zo%C3%AB%20Probe.ipynb"),
        roster={
            "s001": Student("s001", email="ana@x.edu"),
            "s002": Student("s002", email="bilal@x.edu"),
            "s003": Student("s003", canvas_login="z77"),
            "s004": Student("s004", "Zoë Probe"),
        },
    ),
    Layout(
        "one address before the @ that two have",
        *same(ana="ana.ipynb", s002="s002.ipynb"),
        roster={"s001": Student("s001", email="ana@x.edu"), "s002": Student("s002", email="ana@y.edu")},
    ),
    Layout(
        "an id with a slash as two folders",
        *same(**{"2024-001": "2024/001/ps1/ps1.ipynb", "2024-002": "2024/002/ps1.ipynb"}),
        roster={f"2024-00{n}": Student(f"2024-00{n}", school_id=f"2024/00{n}") for n in (1, 2)},
    ),
    Layout(
        "signs that nobody sees",
        *same(s001="s001\u202e.ipynb", s002="s002..ipynb", s003="ｓ００３.ipynb", s004=" s004 .ipynb"),
    ),
    Layout("what programs leave half done", *same(s001="s001.ipynb~", s002="s002.ipynb.bak", s003="s003.ipynb.download")),
    Layout(
        "a folder called like the assignment",
        tree_of("ps1/ps1.ipynb", "s001.ipynb"),
        {"s001": "s001.ipynb"},
        {"ps1/ps1.ipynb": " refused"},
    ),
    Layout("one who was late, in a folder beside", *same(s001="s001.ipynb", s002="late/s002/ps1/ps1.ipynb")),
    Layout(
        "a platform's zip of one student beside folders",
        {"m.zip": tree_of(MOODLE("Bilal Sample", 12, "ps1.ipynb")), "s001": tree_of("ps1/ps1.ipynb")},
        {"s001": "s001/ps1/ps1.ipynb", "s002": f"m.zip/{MOODLE('Bilal Sample', 12, 'ps1.ipynb')}"},
    ),
    Layout("a folder for each computer", *same(s001="pc01/s001.ipynb", s002="pc02/s002/ps1.ipynb")),
    Layout(
        "the handed-out file beside the class, no roster",
        *same("ps1.ipynb", a="in/a.ipynb", b="in/b.ipynb"),
        {"ps1.ipynb": " refused"},
        roster=NOBODY,
    ),
    # what is a class, and what a student's own folder
    Layout("three folders around one student", *same(s001="a/b/c/s001.ipynb")),
    Layout("four folders around it", *same(s001="a/b/c/d/s001.ipynb", s002="a/b/c/d/s002.ipynb"), roster=NOBODY),
    Layout("one student in the assignment's folder, no roster", *same(a="ps1/a.ipynb"), roster=NOBODY),
    Layout(
        "a Mac's folder beside the class, no roster",
        {"in": tree_of("a.ipynb", "b.ipynb"), "__MACOSX": {"in": {"._a.ipynb": b"\0\5\x16\7"}}},
        {"a": "in/a.ipynb", "b": "in/b.ipynb"},
        {"__MACOSX/in/._a.ipynb": " not looked at"},
        roster=NOBODY,
    ),
    Layout(
        "a stranger's folder that is built like a class",
        *same(s001="s001.ipynb", s002="s002.ipynb", x9="x9/s002/ps1/ps1.ipynb"),
    ),
    Layout(
        "a student's folder beside another's file, no roster",
        *same("a1/x.ipynb", a1="a1/ps1.ipynb", b="b.ipynb"),
        {"a1/x.ipynb": "a1 older"},
        roster=NOBODY,
    ),
    Layout("one student's deep folder, no roster", *same(a1="a1/deep/er/work.ipynb"), roster=NOBODY),
    Layout(
        "a student's folder with copies, no roster",
        *same("a1/ps1 (1).ipynb", a1="a1/ps1-Copy1.ipynb"),
        {"a1/ps1 (1).ipynb": "a1 older"},
        roster=NOBODY,
    ),
    Layout(
        "a student's folder with an older folder in it, no roster",
        *same("a1/old/work.ipynb", a1="a1/work.ipynb"),
        {"a1/old/work.ipynb": "a1 not looked at"},
        roster=NOBODY,
    ),
    Layout(
        "a student's folder with tables beside the work, no roster",
        {"a1": {"work.ipynb": notebook("1"), "a.csv": "1", "b.csv": "2"}},
        {"a1": "a1/work.ipynb"},
        {"a1/a.csv": "a1 not a notebook", "a1/b.csv": "a1 not a notebook"},
        roster=NOBODY,
    ),
    Layout(
        "a zip in the layout beside a file, no roster",
        {"all.zip": tree_of("a/ps1/ps1.ipynb", "b/ps1/ps1.ipynb"), "c.ipynb": notebook("c")},
        {"a": "all.zip/a/ps1/ps1.ipynb", "b": "all.zip/b/ps1/ps1.ipynb", "c": "c.ipynb"},
        roster=NOBODY,
    ),
    Layout(
        "a student's own zip in the layout beside a file, no roster",
        {"x9.zip": tree_of("mine/ps1/ps1.ipynb"), "c.ipynb": notebook("c")},
        {"x9": "x9.zip/mine/ps1/ps1.ipynb", "c": "c.ipynb"},
        roster=NOBODY,
    ),
    Layout(
        "a name with a number is another person",
        *same(**{"Ali_Khan_2": "Ali_Khan_2.ipynb", "k1": "Ali Khan.ipynb"}),
        roster={"k1": Student("k1", "Ali Khan")},
    ),
    Layout(
        "a notebook under another name beside the notebook",
        *same("s001/ps1/draft.json", s001="s001/ps1/work.ipynb"),
        {"s001/ps1/draft.json": "s001 not a notebook"},
    ),
]


def rows(found: list[HandedIn]) -> dict[str, tuple[str, str]]:
    listed = [one.entry.path for one in found]
    assert len(listed) == len(set(listed)), "a file is listed twice"
    return {one.entry.path: (one.student.student_id, one.fate) for one in found}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_each_file_is_listed_with_its_student_and_what_became_of_it(tmp_path: Path, layout: Layout) -> None:
    write_tree(tmp_path, layout.tree)
    found = find_submissions(tmp_path, "ps1", layout.roster, others=["ps2"])
    expected = {path: (student, "counts") for student, path in layout.counts.items()}
    for path, owner_and_fate in layout.rest.items():
        owner, _, fate = owner_and_fate.partition(" ")
        expected[path] = (owner, fate)
    assert rows(found) == expected
    texts = dict(leaves(layout.tree))
    assert set(texts) == set(expected), "the table forgets a file"
    for one in found:
        assert one.fate == "counts" or one.reason, one
        if one.fate == "counts":
            assert one.entry.read() == texts[one.entry.path]
        if one.entry.path in layout.look:
            assert one.reason


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_zip_of_it_gives_the_same(tmp_path: Path, layout: Layout) -> None:
    """As the zip that is given, and as a zip in the folder that is given; four zips deep is too deep and says so."""
    (tmp_path / "all.zip").write_bytes(zipped(layout.tree))
    found = rows(find_submissions(tmp_path / "all.zip", "ps1", layout.roster, others=["ps2"]))
    if "zip" in layout.name or layout.name == "the same without a roster":
        return  # these hold zips of their own, or depend on where they lie
    write_tree(tmp_path / "plain", layout.tree)
    assert {name: owner for name, (owner, _) in found.items()} == {
        name: owner for name, (owner, _) in rows(find_submissions(tmp_path / "plain", "ps1", layout.roster, ["ps2"])).items()
    }


@pytest.mark.parametrize(
    "tree",
    [
        {"wf.zip": {"handed_in": tree_of("x1.ipynb", "x2.ipynb")}},
        tree_of("ana.ipynb", "bilal.ipynb"),
        tree_of(MOODLE("Somebody Else", 5, "ps1.ipynb")),
        {"note.txt": WORDS, "x.ipynb": DAMAGED},
    ],
)
def test_a_class_that_matches_nobody_stops_the_run(tmp_path: Path, tree: Tree) -> None:
    write_tree(tmp_path, tree)
    with pytest.raises(TeacherError, match="Nobody on the roster was found.*s001"):
        find_submissions(tmp_path, "ps1", CLASS)


def test_several_places_are_one_class(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {"m.zip": tree_of(MOODLE("Ana María Núñez", 11, "ps1.ipynb")), "c.zip": tree_of("samplebilal_12_9_ps1.ipynb")},
    )
    write_tree(tmp_path / "a" / "in", tree_of("s003.ipynb"))
    write_tree(tmp_path / "b" / "in", tree_of("s004.ipynb"))
    places = [tmp_path / "m.zip", tmp_path / "c.zip", tmp_path / "a" / "in", tmp_path / "b" / "in", tmp_path / "m.zip"]
    found = rows(find_submissions(places, "ps1", CLASS))
    assert {student for student, fate in found.values() if fate == "counts"} == set(CLASS) and len(found) == 4
    with pytest.raises(TeacherError, match="found twice"):
        find_submissions([tmp_path, tmp_path / "a" / "in"], "ps1", CLASS)


def test_it_says_into_what_it_stepped(tmp_path: Path) -> None:
    write_tree(tmp_path, {"wf.zip": {"handed_in": tree_of("s001.ipynb", "s002.ipynb")}})
    assert collect_submissions(tmp_path, "ps1", CLASS).stepped_into == ("wf.zip", "wf.zip/handed_in")


NAMES = st.sampled_from(
    [
        *CLASS,
        "S001",
        "x9",
        "ps1",
        "PS1",
        "ps2",
        "work",
        "in",
        "s001 (1)",
        "Zoë Probe",
        "zoe\u0308",
        "a b",
        "con",
        "=1+1",
        ".git",
        "Bilal Sample_12_assignsubmission_file_",
        "Bilal Sample_13_assignsubmission_file_x",
        "nunezanamaria_11_900_ps1-1",
        "__MACOSX",
    ]
)
FILES = st.tuples(NAMES, st.sampled_from([".ipynb", ".IPYNB", ".ipynb.txt", ".json", ".pdf", ".txt", ""])).map("".join)
CONTENTS = st.sampled_from([notebook("a"), DAMAGED.encode(), PDF, b""])
TREES = st.recursive(
    st.dictionaries(FILES, CONTENTS, min_size=1, max_size=4),
    lambda inner: st.dictionaries(st.one_of(NAMES, NAMES.map(lambda name: f"{name}.zip")), inner, min_size=1, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tree=TREES, with_roster=st.booleans())
def test_whatever_is_handed_in_each_file_is_listed_once(
    tmp_path_factory: pytest.TempPathFactory, tree: Tree, with_roster: bool
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    write_tree(folder, tree)
    try:
        found = find_submissions(folder, "ps1", CLASS if with_roster else NOBODY, ["ps2"])
    except TeacherError:
        return
    listed = rows(found)
    counting = [student for student, fate in listed.values() if fate == "counts"]
    assert len(counting) == len(set(map(str.casefold, counting))) and "" not in counting
    for path, content in leaves(tree):
        # A zip that cannot be opened stands in the list for what it holds.
        assert path in listed or any(path.startswith(f"{other}/") for other in listed), (path, content)
