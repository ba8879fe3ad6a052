"""Whose course an edition is, which version, and how to cite it: read from CITATION.cff, the one place where it stands.

What is not known is not said. An institution is an ``affiliation`` of the authors there, an address to write to is the
``email`` of a ``contact``, and ``url`` is the address at which the reading edition is published. A logo is a file
``tools/editions/logo.svg``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
CITATION = ROOT / "CITATION.cff"


@dataclass(frozen=True)
class Colophon:
    """What an edition says of itself; an empty text is a thing that is not known."""

    # title and abstract: The course, and what it is in two sentences.
    title: str
    abstract: str = ""
    # authors and institutions: Who made it, and for whom they work.
    authors: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    # version and doi: The version, and its identifier.
    version: str = ""
    doi: str = ""
    date: dt.date | None = None  # the day of the version
    contact: str = ""  # an address to write to, such as ``"mailto:…"``
    repository: str = ""  # where the sources of the course are
    address: str = ""  # where the reading edition is published, ending in ``/``

    @property
    def name(self) -> str:
        """The title without its form of publication: what stands before ", in eleven notebooks"."""
        return re.sub(r", in [\w-]+ notebooks$", "", self.title)

    @property
    def short(self) -> str:
        """The name as a bar has room for it: as far as the first question mark, colon or full stop."""
        return re.split(r"(?<=\?)|[:.]", self.name, maxsplit=1)[0].strip()

    @property
    def rest(self) -> str:
        """What follows the short name."""
        return self.name.removeprefix(self.short).lstrip("?:. ")

    @property
    def slug(self) -> str:
        """The short name as the name of a folder: small letters, digits and hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.short.lower()).strip("-") or "course"

    @property
    def day(self) -> str:
        """The day of the version in words, or ""."""
        return f"{self.date.day} {self.date:%B %Y}" if self.date else ""

    def citation(self) -> str:
        """Return one line with which to cite the course."""
        year = f" ({self.date.year})" if self.date else ""
        version = f" (version {self.version})" if self.version else ""
        where = f"https://doi.org/{self.doi}" if self.doi else self.address or self.repository
        return f"{'; '.join(self.authors) or 'Anonymous'}{year}. {self.title}{version}.{f' {where}' if where else ''}"

    def bibtex(self) -> str:
        """Return an entry for a bibliography of BibTeX."""
        fields = {
            "author": " and ".join(f"{{{name}}}" for name in self.authors),
            "title": f"{{{self.title}}}",
            "year": str(self.date.year) if self.date else "",
            "version": self.version,
            "doi": self.doi,
            "url": self.address or self.repository,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join(["@misc{course,", *lines, "}"])


def colophon(citation: Path = CITATION) -> Colophon:
    """Read what an edition says of itself.

    Parameters
    ----------
    citation : pathlib.Path, default CITATION.cff
        A file in the Citation File Format; ``pyproject.toml`` beside it holds the addresses of repository and contact.

    Returns
    -------
    Colophon
    """
    given = yaml.safe_load(citation.read_text(encoding="utf-8"))
    urls = _urls(citation.with_name("pyproject.toml"))
    people: list[Mapping[str, Any]] = given.get("authors", [])
    mail = next((str(person["email"]) for person in given.get("contact", []) if "email" in person), "")
    day = given.get("date-released")
    address = str(given.get("url", ""))
    return Colophon(
        title=str(given["title"]),
        abstract=" ".join(str(given.get("abstract", "")).split()),
        authors=tuple(filter(None, map(_name, people))),
        institutions=tuple(dict.fromkeys(str(person["affiliation"]) for person in people if person.get("affiliation"))),
        version=str(given.get("version", "")),
        doi=str(given.get("doi", "")),
        date=dt.date.fromisoformat(str(day)) if day else None,
        contact=f"mailto:{mail}" if mail else urls.get("Contact", ""),
        repository=str(given.get("repository-code", "")) or urls.get("Repository", ""),
        address=f"{address.rstrip('/')}/" if address else "",
    )


def _name(person: Mapping[str, Any]) -> str:
    """Return the name of a person or of a body, as the format has it."""
    parts = (person.get("given-names"), person.get("name-particle"), person.get("family-names"), person.get("name-suffix"))
    return str(person.get("name") or " ".join(str(part) for part in parts if part))


def _urls(project: Path) -> dict[str, str]:
    if not project.exists():
        return {}
    urls: dict[str, str] = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {}).get("urls", {})
    return urls
