"""Lists of a class as teachers have them: by hand, from a spreadsheet, from Moodle and from Canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.errors import TeacherError
from classroom.submissions.owners import Owners, platform_of, stem_of
from classroom.submissions.roster import Student, folder_id, is_student_id, keep_roster, kept_roster, read_roster

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,ps1 (4711),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,30,(read only)
"Núñez, Ana",901,u1,ana@x.edu,History A,,
"Sample, Bilal",902,,bilal,History A,12,
"Probe, Zoë",903,,,History B,,
"Student, Test",999,,a0b1c2,History A,,
"""
LISTS: dict[str, tuple[str | bytes, dict[str, Student]]] = {
    "by hand": ("student_id,name,email\ns1,Ana,a@x.org\n", {"s1": Student("s1", "Ana", "a@x.org")}),
    "rows that Excel emptied": ("student_id,name\ns1,Ana\n,\n ,\n,,\n\n", {"s1": Student("s1", "Ana")}),
    "tabs": ("student_id\tname\ns1\tNúñez, Ana\n", {"s1": Student("s1", "Núñez, Ana")}),
    "semicolons, more commas in a title": (
        '"student_id";"name, as written, in full";name\ns1;x;Ana\n',
        {"s1": Student("s1", "Ana")},
    ),
    "Excel's separator line": ("sep=;\nstudent_id;name\ns1;Ana\n", {"s1": Student("s1", "Ana")}),
    "Excel's Unicode text": ("student_id\tname\ns1\tزينب\n".encode("utf-16"), {"s1": Student("s1", "زينب")}),
    "UTF-16 without a mark": ("student_id\tname\ns1\tAna\n".encode("utf-16-le"), {"s1": Student("s1", "Ana")}),
    "UTF-16, the other order": ("\ufeffstudent_id,name\ns1,Ana\n".encode("utf-16-be"), {"s1": Student("s1", "Ana")}),
    "an old Mac's lines": ("student_id,name\rs1,Ana\rs2,Bo\r", {"s1": Student("s1", "Ana"), "s2": Student("s2", "Bo")}),
    "a line break in a name": (
        'student_id,name\ns1,"Ana\nNúñez"\ns2,Bo\n',
        {"s1": Student("s1", "Ana Núñez"), "s2": Student("s2", "Bo")},
    ),
    "other signs that end a line": (
        "student_id,name\ns1,A\u2028B\x0bC\x85D\x1cE\ns2,Bo\n",
        {"s1": Student("s1", "A B C D E"), "s2": Student("s2", "Bo")},
    ),
    "quotes in a name": ('student_id,name\ns1,"Ana ""Nan"" Núñez"\n', {"s1": Student("s1", "Ana Nan Núñez")}),
    "ids kept as text": (
        'student_id,name\n="0012",A\n\'0013,B\n',
        {"0012": Student("0012", "A"), "0013": Student("0013", "B")},
    ),
    "an address that is none": ("student_id,email\ns1,none\n", {"s1": Student("s1")}),
    "two columns of one title": ("student_id,email,email\ns1,a@x.org,b@x.org\n", {"s1": Student("s1", "", "a@x.org")}),
    "invisible signs": ("student_id,name\n\u200es1\u200b,Ana\n", {"s1": Student("s1", "Ana")}),
    "an id with a slash": ("student_id\n2024/001\n", {"2024-001": Student("2024-001", school_id="2024/001")}),
    "digits of other scripts": (
        "student_id\n١٢٣\n۴۵۶\n",
        {"123": Student("123", school_id="١٢٣"), "456": Student("456", school_id="۴۵۶")},
    ),
    "an id of the school beside ours": ("student_id,school_id\nz1,زینب\n", {"z1": Student("z1", school_id="زینب")}),
    "Moodle's participants": (
        '\ufeff"First name","Last name","ID number","Email address",Groups\n'
        'Ana,Núñez,u1,ana@x.edu,"A, B"\nBo,Sample,,bo@x.edu,\n',
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu"), "bo@x.edu": Student("bo@x.edu", "Bo Sample", "bo@x.edu")},
    ),
    "Moodle's participants, few columns": (
        "First name,Surname,Email address\nAna,Núñez,ana@x.edu\n",
        {"ana@x.edu": Student("ana@x.edu", "Ana Núñez", "ana@x.edu")},
    ),
    "Moodle's grades": (
        "First name,Last name,ID number,Institution,Department,Email address,Course total (Real),Last downloaded\n"
        "Ana,Núñez,u1,,,ana@x.edu,-,1764400000\n",
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu")},
    ),
    "Moodle's grading worksheet": (
        'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade"\n'
        "Participant 4711,Ana Núñez,u1,ana@x.edu,x,,30\n",
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu", moodle_number="4711")},
    ),
    "Canvas' gradebook": (
        CANVAS,
        {
            "u1": Student("u1", "Núñez, Ana", canvas_id="901", canvas_login="ana@x.edu", section="History A"),
            "bilal": Student("bilal", "Sample, Bilal", canvas_id="902", canvas_login="bilal", section="History A"),
            "903": Student("903", "Probe, Zoë", canvas_id="903", section="History B"),
        },
    ),
    "Canvas' gradebook without SIS": (
        'Student,ID,Section,ps1 (1)\n    Points Possible,,,30\n"Núñez, Ana",901,A,\n',
        {"901": Student("901", "Núñez, Ana", canvas_id="901", section="A")},
    ),
    "Canvas' gradebook, two columns for a name": (
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,ps1 (4711)\n"
        ",,,,,,,,Manual Posting\n"
        "    Points Possible,,,,,,,,30\n"
        "Núñez,Ana (Nan),901,u1,ana,,x.edu,History A,\n"
        "Sample,Bilal,902,,bilal,,x.edu,A and B,EX\n"
        "Student,Test,999,,a0b1,,,A,\n",
        {
            "u1": Student("u1", "Ana (Nan) Núñez", canvas_id="901", canvas_login="ana", section="History A"),
            "bilal": Student("bilal", "Bilal Sample", canvas_id="902", canvas_login="bilal", section="A and B"),
        },
    ),
    "Canvas' gradebook with semicolons": (
        '\ufeffStudent;ID;SIS Login ID;Section;ps1 (4711)\n    Points Possible;;;;30,00\n"Núñez, Ana";901;ana;A;12,50\n',
        {"ana": Student("ana", "Núñez, Ana", canvas_id="901", canvas_login="ana", section="A")},
    ),
    "Moodle's participants in German": (
        "\ufeffVorname;Nachname;ID-Nummer;E-Mail-Adresse;Gruppen\nAna;Núñez;u1;ana@x.edu;A\nBo;Muster;;bo@x.edu;\n",
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu"), "bo@x.edu": Student("bo@x.edu", "Bo Muster", "bo@x.edu")},
    ),
    "Moodle's participants in French": (
        "Prénom,Nom de famille,Numéro d'identification,Adresse de courriel\nAna,Núñez,u1,ana@x.edu\n",
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu")},
    ),
    "Moodle's participants in Spanish": (
        "Nombre,Apellido(s),Número de ID,Dirección de correo\nAna,Núñez,u1,ana@x.edu\n",
        {"u1": Student("u1", "Ana Núñez", "ana@x.edu")},
    ),
    "Moodle's participants in Arabic": (
        '"الاسم الأول","اسم العائلة","رقم المُعرَّف","عنوان البريد الإلكتروني"\nزينب,مثال,u1,z@x.edu\n',
        {"u1": Student("u1", "زينب مثال", "z@x.edu")},
    ),
    "a title above, other words": ("Class of 2026,\nStudent No.,Full Name\ns1,Ana\n", {"s1": Student("s1", "Ana")}),
    "Moodle's newer titles": (
        "First name / Last name,Email address\nAna Núñez,o'b@x.org\n",
        {"o-b@x.org": Student("o-b@x.org", "Ana Núñez", "o'b@x.org", school_id="o'b@x.org")},
    ),
    "Moodle's worksheet for blind marking": (
        "Identifier,Status,Grade\nParticipant 12,x,\n",
        {"12": Student("12", moodle_number="12")},
    ),
    "Moodle's grading worksheet in German": (
        'ID,"Vollständiger Name",ID-Nummer,E-Mail-Adresse,Status,Bewertung,Bestwertung\n'
        'Teilnehmer/in4711,Ana Núñez,u1,ana@x.edu,x,,"30,00"\nTeilnehmer/in4712,Bo Muster,,bo@x.edu,x,,"30,00"\n',
        {
            "u1": Student("u1", "Ana Núñez", "ana@x.edu", moodle_number="4711"),
            "bo@x.edu": Student("bo@x.edu", "Bo Muster", "bo@x.edu", moodle_number="4712"),
        },
    ),
    "Moodle's grading worksheet in Spanish": (
        'Identificador,"Nombre completo","Número de ID"\nParticipante 4711,Ana Núñez,u1\n',
        {"u1": Student("u1", "Ana Núñez", moodle_number="4711")},
    ),
    "the row of highest points under other titles": (
        'Studierende,ID,SIS-Login-ID,ps1 (4711)\n"    Points Possible",,,30\n"Núñez, Ana",901,ana,\n',
        {"ana": Student("ana")},
    ),
    "commas and lines of other keyboards": ("student_id،name\ns1،زينب\n", {"s1": Student("s1", "زينب")}),
    "Excel's Unicode text, few Latin letters": (
        f"student_id\tname\ns1\t{'زینب' * 20}\n".encode("utf-16"),
        {"s1": Student("s1", "زینب" * 20)},
    ),
    "Canvas' gradebook, somebody without a name": (
        "Student,ID,SIS User ID,Section\n,904,,A\nTest Student,999,,A\n",
        {"904": Student("904", canvas_id="904", section="A")},
    ),
    "sections that are not Canvas'": (
        "Last name,First name,Section,Email address\nStudent,Test,A,t@x.edu\n",
        {"t@x.edu": Student("t@x.edu", "Test Student", "t@x.edu", section="A")},
    ),
    "nbgrader's list": (
        "id,first_name,last_name,email\ns1,Ana,Núñez,a@x.org\n",
        {"s1": Student("s1", "Ana Núñez", "a@x.org")},
    ),
    "Brightspace's list": (
        "OrgDefinedId,Username,Last Name,First Name,Email\n#s1,#ana,Núñez,Ana,a@x.org\n",
        {"s1": Student("s1", "Ana Núñez", "a@x.org")},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_it_is(tmp_path: Path, name: str) -> None:
    content, students = LISTS[name]
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert read_roster(path) == students


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("student_id,name\nx,A\ny,B\n\n,\nz,C\nX,D\n", r"student_id 'X' appears twice \(rows 2 and 7\)"),
        ("student_id\n2024/1\n2024-1\n", r"'2024-1' appears twice \(rows 2 and 3\)"),
        ("student_id\n12345.0\n", r"row 2: the id '12345\.0' is what a spreadsheet makes.*format Text"),
        ("student_id\n12345,0\n", "row 2: it has more cells"),
        ('student_id\n"12345,00"\n', "what a spreadsheet makes"),
        ("student_id\n1.23E+05\n", "what a spreadsheet makes"),
        ("student_id;name\n1,23E+05;A\n", "what a spreadsheet makes"),
        ("student_id,name\n,Ana\n", "row 2: 'Ana' has no student_id. Fill it in"),
        ("name,email,student_id\nAna,a@x.org\n", "row 2: 'a@x.org, Ana' has no student_id. Fill it in"),
        ("student_id,name\nCON,Ana\n", "row 2: 'CON' cannot be a student_id.*no name that Windows keeps for itself"),
        ("student_id,name\nزينب,Ana\n", "row 2: 'زينب' cannot be a student_id.*school_id"),
        ("student_id,name\n../x,Ana\n", "row 2.*cannot be"),
        ('student_id,name\ns1,"Ana\ns2,Bo\n', "quotation mark"),
        ('student_id,name\ns1,"Ana\ns2,Bo\ns3,"Cid"\n', "quotation mark"),
        ("student_id\nMar-24\n", "what a spreadsheet makes.*date"),
        ('student_id\n"12,345"\n', "what a spreadsheet makes"),
        (b"PK\x03\x04\x14\x00", "is a workbook.*CSV"),
        ("s1,Ana\ns2,Bo\n", "must name the columns"),
        ("name\nAna\n", "needs student_id.*Moodle.*Canvas"),
        ("", "is empty.*needs student_id"),
        ("student_id,name\n", "no student under it"),
        ("پہلا نام,شناختی نمبر\nعلی,s1\n", "has the columns پہلا نام · شناختی نمبر.*--column student_id='TITLE'"),
        ("<!DOCTYPE html><title>Log in</title>", "is a web page, and no list"),
        ("name,student_id\nAna Núñez,s1\n".encode("cp1252"), "save it as “CSV UTF-8"),
    ],
)
def test_what_cannot_be_read_says_what_and_where(tmp_path: Path, content: str | bytes, says: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(TeacherError, match=says):
        read_roster(path)


def test_a_teacher_names_columns_whose_titles_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Class 5b\nپہلا نام,شناختی نمبر,ID,ای میل\nعلی,u1,7,ali@x.org\n", encoding="utf-8")
    columns = ["student_id=شناختی نمبر", "name = پہلا  نام", "email=ای میل"]
    assert read_roster(path, columns) == {"u1": Student("u1", "علی", "ali@x.org")}
    with pytest.raises(TeacherError, match="Not all titles that --column gives are among them"):
        read_roster(path, ["student_id=Matrikelnummer"])
    for unclear in ("Matrikelnummer", "student_id=", "id=ID", "=ID"):
        with pytest.raises(TeacherError, match="--column .* cannot be understood.*It can be: student_id, name"):
            read_roster(path, [unclear])
    path.write_text("Number\nu1\n", encoding="utf-8")  # no other column
    assert list(read_roster(path, ["student_id=Number"])) == ["u1"]
    # What the teacher names goes before a column that would have been known.
    path.write_text("student_id,Number,name\ns1,u1,Ana\n", encoding="utf-8")
    assert list(read_roster(path, ["student_id=Number"])) == ["u1"]


@given(st.text(max_size=20))
def test_an_id_for_folders_is_an_id_or_refused_and_stays_what_it_is(text: str) -> None:
    made = folder_id(text)
    assert folder_id(made) == made
    assert not is_student_id(made) or not set(made) & set("/\\: '")


def test_a_class_is_kept_beside_its_marks(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(CANVAS, encoding="utf-8")
    roster = read_roster(tmp_path / "roster.csv")
    keep_roster(tmp_path / "kept.txt", roster)
    assert kept_roster(tmp_path / "kept.txt") == roster
    (tmp_path / "kept.txt").write_text('[{"student_id": "../x"}]', encoding="utf-8")
    assert kept_roster(tmp_path / "kept.txt") == {} == kept_roster(tmp_path / "nothing.txt")


def test_a_roster_that_is_not_there_is_not_said_to_be_badly_saved(tmp_path: Path) -> None:
    with pytest.raises(TeacherError, match=r"cannot be read: No such file or directory\.$"):
        read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize(
    ("student_id", "found"),
    [("a1", False), ("a12", True), ("24-hist-7", True)],
    ids=["two signs", "three signs", "three parts"],
)
def test_an_id_among_words_tells_from_three_signs_on_and_has_up_to_three_parts(student_id: str, found: bool) -> None:
    owner, _ = Owners({student_id: Student(student_id)}, "ps1").called(f"my work {student_id} for the teacher")
    assert (owner is not None) is found


def test_an_owner_is_known_for_certain_or_by_a_name_that_was_interpreted() -> None:
    ana = Student("s001", "Ana Núñez", "ana@x.edu", canvas_id="901")
    owners, ana_by_number = Owners({"s001": ana}, "ps1"), Student("901", "Ana Núñez")
    assert owners.called("S001") == (ana, False) and owners.called("s001 (1)") == (ana, True)
    assert owners.by_email("ANA@x.edu") is ana and owners.by_email("ana") is None  # what stands before the @ is no address
    name = "nunezana_901_900_ps1.ipynb"
    canvas = platform_of(name, folder=False)
    assert canvas and owners.of_platform(canvas) == (ana, False) and not canvas.late and not canvas.typed
    assert platform_of(name, folder=True) is None
    # A number that is an id on the roster is certain where the name says nothing else.
    assert Owners({"901": ana_by_number}, "ps1").of_platform(canvas) == (ana_by_number, False)
    assert stem_of(".ipynb") == ".ipynb" and stem_of("s1.ipynb.txt") == "s1"


@pytest.mark.parametrize(("length", "found"), [(300, True), (301, False)])
def test_the_longest_name_that_is_looked_at(length: int, found: bool) -> None:
    owner, _ = Owners({"s1": Student("s1")}, "ps1").called("s1".rjust(length))
    assert (owner is not None) is found


@pytest.mark.parametrize(
    ("on_roster", "as_file"),
    [
        ("علی خان", "علي خان"),  # yeh of Urdu and of Arabic
        ("کریم", "كريم"),  # and kaf
        ("ہاشم", "هاشم"),  # three letters for h
        ("فاطمہ", "فاطمة"),  # a marked t at the end
        ("محمد", "محـمد"),  # made longer
        ("مُحَمَّد", "محمد"),  # with vowels and without
    ],
)
def test_a_name_is_found_from_any_keyboard(on_roster: str, as_file: str) -> None:
    students = {one: Student(one, name) for one, name in (("007", on_roster), ("08", "Sana Bibi"))}
    owner, _ = Owners(students, "ps1").called(as_file)
    assert owner is students["007"]
    assert Owners({**students, "9": Student("9", as_file)}, "ps1").called(as_file) == (
        None,
        False,
    )  # two of one name: nobody
