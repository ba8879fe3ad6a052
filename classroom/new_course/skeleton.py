"""The beginning of a course on another article: empty tables with their schema, the shared module, a first lesson.

The tables are the contract: whoever fills them gets timelines, words, the explorer, feedback, plans and printed kits. The
new folder stands alone: it holds a copy of the code, so that it never breaks when this course changes.
"""

from __future__ import annotations

import copy
import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import TeacherError

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("skeleton_files")
# Whole packages: a file that is added here, or renamed, is there too. What belongs to our lessons stays behind.
PACKAGES = ("helpers", "classroom", "tools")
OURS = ("helpers/exercises/lesson_", "helpers/exercises/solutions/lesson_")
LOCKS = tuple(f"requirements{part}.txt" for part in ("", "-classroom", "-site", "-test"))
TOP = ("LICENSE", "environment.yml", ".gitattributes", *LOCKS)
# The pattern of each file that is written for a course, and where it goes.
PATTERNS = {
    "lesson_01.py.txt": "helpers/exercises/lesson_01.py",
    "first_lesson.ipynb": "notebooks/01_first_lesson.ipynb",
    "first_assignment.ipynb.txt": "notebooks/assignments/source/ps1/ps1.ipynb",
    "assignments.md.txt": "notebooks/assignments/README.md",
    "solutions.py.txt": "content/lessons/__init__.py",
    "solutions_01.py.txt": "content/lessons/lesson_01.py",
    "test_course.py.txt": "tests/test_course.py",
    "pyproject.toml.txt": "pyproject.toml",
    "CITATION.cff.txt": "CITATION.cff",
    "README.md.txt": "README.md",
    "Makefile": "Makefile",
}
IGNORED = (
    *(
        ".venv/",
        "__pycache__/",
        ".ipynb_checkpoints/",
        ".pytest_cache/",
        "build/",
        "dist/",
        "my_notebooks/",
        "data/article.txt",
    ),
    *("submissions/", "!classroom/submissions/", "handed_in/", "roster*.csv", "release/", "gradebook.db", "marked/"),
)
# How the tables are changed on which answers are asked again: a beginning, which the author of an exercise may change.
HIDDEN: dict[str, list[dict[str, Any]]] = {
    "events": [
        {"resample": ["date", "earliest", "latest"]},
        {"deal": ["paragraph", "checked"]},
        {"relabel": ["kind", "effect", "level"]},
    ],
    "event_actors": [{"exchange": "event_id"}],
    "event_sources": [{"exchange": "event_id"}],
    "claims": [{"relabel": ["support"]}],
    "claim_events": [{"exchange": "event_id"}],
    "sources": [{"relabel": ["country", "kind", "access"]}],
    "spans": [{"deal": ["actor_id", "group"]}],
    "reports": [{"scale": ["low", "high"], "within": "unit"}],
}
# Values that belong to this course's story, so that another may use its own.
FREE = {("spans", "group"), ("reports", "unit")}
MOST_ERAS = 98  # the lesson of an era has a number of two digits
# What our descriptions of the tables say of our story is said anew; the second name is a column, or empty for the table.
WORDS = {
    ("events", ""): "One row an event that bears on what the article tells. Our selection, not a count of history.",
    ("events", "effect"): "What the event did between the two sides of the story; none if it was no act between them.",
    ("events", "level"): "Who acted: a government, society (publics, groups, persons), or a third party.",
    ("events", "paragraph"): "Paragraph of the article that speaks of the event; empty when the article is silent.",
    (
        "claims",
        "",
    ): "One row a claim of the article, in our own words and in the order of its text. A verdict is a start "
    "for a class, not the last word. It judges the claim by what could be known on the day of the article.",
    ("claims", "paragraph"): "Paragraph of the article's body, counted from 1.",
    ("claim_events", ""): "One row for each event that speaks for or against a claim and began by the day of the article.",
    ("spans", ""): "One row is something that lasted: a membership, a war, an office. Context for the timelines.",
    ("forecasts", ""): "One row is one expectation of the article with one criterion, taken from its words alone, and what "
    "came of it. Leave out event_id and the columns that begin with outcome when students judge criteria.",
    ("forecasts", "outcome_note"): "Why the outcome is judged so, and what we do not know.",
}


@dataclass(frozen=True)
class Article:
    """What a new course must know of its article."""

    title: str  # of the course
    address: str
    paragraphs: int
    between: str = "the two governments"
    languages: tuple[str, ...] = ()
    authors: str = "The authors of this course"

    @property
    def name(self) -> str:
        """The course's title as a name for a data package: small letters, digits and hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or "course"


def begin(target: Path, article: Article, *, dry_run: bool = False) -> list[Path]:
    """Make the folder of a new course, in one step.

    Parameters
    ----------
    target : pathlib.Path
        The folder; it must be empty or not be there.
    article : Article
        What the course is about.
    dry_run : bool, default False
        Make nothing.

    Returns
    -------
    list of pathlib.Path
        What it holds (or would hold), relative to the folder.

    Raises
    ------
    TeacherError
        If the folder holds something, is a file, or lies in this course.
    """
    target = target.expanduser().resolve()
    _check_free(target)
    content = dict(_content(article))
    if not dry_run:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            for path, data in content.items():
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_bytes(data)
            made.chmod(0o755)
            if target.exists():
                target.rmdir()
            os.replace(made, target)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    return sorted(content)


def _check_free(target: Path) -> None:
    if ROOT in (target, *target.parents):
        raise TeacherError(f"{target} lies in the folder of this course. Choose a place outside it, such as ../my_course.")
    if target.is_file():
        raise TeacherError(f"{target} is a file. Give the name of a folder that is empty or not there yet.")
    if target.is_dir() and any(target.iterdir()):
        raise TeacherError(f"{target} is not empty, and nothing in it is overwritten. Give the name of a new folder.")


def _content(article: Article) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of a new course, with its content."""
    for name in TOP:
        yield Path(name), (ROOT / name).read_bytes()
    for path in _code():
        yield path.relative_to(ROOT), path.read_bytes()
    yield Path("helpers/__init__.py"), _public_names(article).encode()
    for pattern, name in PATTERNS.items():
        yield Path(name), _filled((OWN / pattern).read_text(encoding="utf-8"), article).encode()
    yield Path("content/__init__.py"), b'"""What the course knows of each lesson beside its notebook."""\n'
    yield Path(".gitignore"), "".join(f"{name}\n" for name in IGNORED).encode()
    package = data_package(article)
    yield Path("data/datapackage.json"), (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()
    yield Path("data/README.md"), codebook(package).encode()
    for resource in package["resources"]:
        yield Path("data") / resource["path"], _header(resource)


def _filled(pattern: str, article: Article) -> str:
    """Fill a pattern with what is known of the course; a text in quotation marks may hold any sign."""
    values = {
        "{title}": article.title,
        '"{title}"': json.dumps(article.title, ensure_ascii=False),
        "{address}": article.address,
        '"{authors}"': json.dumps(article.authors, ensure_ascii=False),
        "{name}": article.name,
        "{today}": dt.date.today().isoformat(),
    }
    for sign in sorted(values, key=len, reverse=True):
        pattern = pattern.replace(sign, values[sign])
    return pattern


def _public_names(article: Article) -> str:
    """Return the shared module's own file under the course's name, without the names that our lessons bring."""
    text = (ROOT / "helpers" / "__init__.py").read_text(encoding="utf-8")
    ours = [line for line in text.splitlines() if "exercises.lesson_" in line]
    names = re.findall(r'^ +"(\w+)":', "\n".join(ours), flags=re.MULTILINE)
    kept = "\n".join(line for line in text.splitlines() if line not in ours)
    for name in names:
        kept = re.sub(rf",? \b{name}\b(?=$|,)", "", kept, flags=re.MULTILINE)
    rest = kept.partition("\n")[2]
    return f'"""The shared module of the course: {json.dumps(article.title, ensure_ascii=False)[1:-1]}\n{rest}\n'


def _code() -> Iterator[Path]:
    """Yield the code that another course needs: whole packages, without our lessons' exercises."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and not name.startswith(OURS):
                yield path


def data_package(article: Article) -> dict[str, Any]:
    """Return the data package of a new course: the same tables, empty, with the rules that any article needs."""
    ours = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    resources = [_emptied(resource, article) for resource in ours["resources"] if "/" not in resource["name"]]
    return {
        "profile": ours["profile"],
        "name": article.name,
        "title": f"{article.title}: the tables",
        "description": "Events, actors and sources from which the course is taught. The codebook is README.md here.",
        "version": "0.1.0",
        "article": {"address": article.address, "paragraphs": article.paragraphs, "between": article.between},
        "licenses": ours["licenses"],
        "resources": resources,
    }


def _emptied(resource: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """Return a table's entry for an empty file, without what belongs to our story."""
    made: dict[str, Any] = copy.deepcopy(dict(resource))
    name = made["name"]
    made["description"] = WORDS.get((name, ""), made["description"])
    if name in HIDDEN:
        made["hidden"] = HIDDEN[name]
    if name == "glossary":
        made["schema"]["fields"] = _in_languages(made["schema"]["fields"], article.languages)
    for field in made["schema"]["fields"]:
        field["description"] = WORDS.get((name, field["name"]), field["description"])
        rules = field.get("constraints", {})
        if (name, field["name"]) in FREE:
            rules.pop("enum", None)
        if field["name"] == "paragraph":
            rules["maximum"] = article.paragraphs
        if (name, field["name"]) == ("eras", "number"):
            rules["maximum"] = MOST_ERAS
    header = _header(made)
    made["bytes"], made["hash"] = len(header), f"sha256:{hashlib.sha256(header).hexdigest()}"
    return made


def _in_languages(fields: list[dict[str, Any]], languages: Sequence[str]) -> list[dict[str, Any]]:
    """Return the columns of the glossary with a column for each other language in which it gives a name."""
    own = [field for field in fields if not re.fullmatch("[a-z]{2}", field["name"])]
    spoken = [
        {"name": code, "type": "string", "description": f"The name in the language {code} (ISO 639-1)."}
        for code in languages
    ]
    return [*own[:-1], *spoken, own[-1]]


def _header(resource: Mapping[str, Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(field["name"] for field in resource["schema"]["fields"])
    return text.getvalue().encode()


def codebook(package: Mapping[str, Any]) -> str:
    """Return the codebook of a data package, in Markdown: each table, each column, and which values it may have."""
    parts = [
        "# Codebook",
        "What the tables hold. The types, allowed values and keys stand in [datapackage.json](datapackage.json), which the "
        "code reads; what you change there, change here too. Add below each table the rules by which you decided.",
    ]
    for resource in package["resources"]:
        parts += [f"## [{resource['path']}]({resource['path']}): {resource['title']}", resource["description"]]
        rows = [
            f"| `{field['name']}` | {field['description']} | {_rules(field).replace('|', chr(92) + '|')} |"
            for field in resource["schema"]["fields"]
        ]
        parts.append("\n".join(["| column | holds | allowed |", "| --- | --- | --- |", *rows]))
    return "\n\n".join(parts) + "\n"


def _rules(field: Mapping[str, Any]) -> str:
    """Say in words what a column allows."""
    rules = field.get("constraints", {})
    kind = {"string": "text", "date": "a day, YYYY-MM-DD", "integer": "a whole number", "number": "a number"}
    words = [kind.get(field["type"], field["type"]) if "enum" not in rules else f"one of: {', '.join(rules['enum'])}"]
    if "maxLength" in rules:
        words.append(f"at most {rules['maxLength']} characters")
    if "pattern" in rules:
        words.append(f"of the form `{rules['pattern']}`")
    if "minimum" in rules or "maximum" in rules:
        words.append(f"from {rules.get('minimum', '…')} to {rules.get('maximum', '…')}")
    words.append("never empty" if rules.get("required") else "may be empty")
    return "; ".join(words)
