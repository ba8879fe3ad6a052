"""Every local link and picture can be followed, and every picture has an alternative text."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from tests.support.lesson import ALL

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")


# Folders of the course that hold text. The list asks no git: an archive has none, and a machine may have none.
FOLDERS = (".github", "benchmarks", "classroom", "content", "data", "docs", "helpers", "notebooks", "tests", "tools")


def pages() -> list[Path]:
    found = [*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))]
    built_elsewhere = ROOT / "content" / "translations"  # pages of a language are made of these, in another folder
    kept = (path for path in found if ".ipynb_checkpoints" not in path.parts and path.parent != built_elsewhere)
    return sorted(kept) + ALL


def text_of(path: Path) -> str:
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_pictures_speak(path: Path) -> None:
    text = re.sub(r"```.*?```", "", text_of(path), flags=re.DOTALL)
    for picture, label, target in LINK.findall(text):
        if picture:
            assert len(label) > 20, f"{target} needs an alternative text"
        if re.match(r"[a-z]+:", target):
            assert target.startswith(("https://", "http://", "mailto:")), target
            continue
        file, fragment = urldefrag(unquote(target))
        goal = (path.parent / file).resolve() if file else path
        assert goal.exists(), f"{path.name} links to {target}, which is not there"
        assert ROOT in (goal, *goal.parents), f"{target} leads out of the course"
        if fragment and goal.suffix == ".md":
            assert fragment in anchors(goal), f"{goal.name} has no heading and no anchor for #{fragment}"


def anchors(path: Path) -> set[str]:
    """Return the anchors that are written in a page, and those that GitHub makes of its headings."""
    text = path.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    return made | set(re.findall(r'<a id="([^"]+)"></a>', text))
