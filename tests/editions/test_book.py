"""The reading edition holds every lesson whole, opens without a network, and can be read by anybody."""

from __future__ import annotations

import functools
import io
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import nbformat
import pandas as pd
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from classroom.colophon import Colophon, colophon
from classroom.lesson_files import LESSONS, languages, lessons
from helpers import load
from helpers.exercises import exercise_ids
from helpers.plotting.claims import claim_boxes
from helpers.progress_page import printed
from helpers.table import html_table
from tests.support.browser import ENGINES, axe, chromium, engine, serve, watched_page
from tests.support.environment import from_npm
from tools.content.gallery import SHARP, emblem
from tools.editions import npm
from tools.editions.binder import Course
from tools.editions.book import __main__ as command
from tools.editions.book import build as build_module
from tools.editions.book import claims_links, margin, marks
from tools.editions.book.build import ENTRIES, MINISEARCH, OUTSIDE, Doors, build
from tools.editions.book.dress import Pictures, dress
from tools.editions.book.folder import replaced
from tools.editions.book.links import Links
from tools.editions.book.pages import ROOT, WITHHELD, pages
from tools.editions.book.render import html_of_markdown, read, rendered
from tools.editions.book.roles import with_roles
from tools.editions.book.search import entries
from tools.editions.book.start import card
from tools.editions.redraw import redrawn

PUBLISHED = Course("https://github.com/a-school/a-course", "v1.2.3")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
# One of each kind of page: a lesson (with an error and a very wide figure), long tables, a guide, the start, the search.
AT_A_DESK = ("index.html", "00_start_here.html", "teaching/index.html")
MOST_BYTES = 300_000  # of the start page, with all that it takes
ON_A_PHONE = ("search.html?q=desk", "01_founding_years.html", "glossary.html")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Links]:
    """The book as it is when every edition can be had."""
    out = tmp_path_factory.mktemp("host") / "course" / "book"
    return out, build(out, Doors("../site/", "../slides/", PUBLISHED), from_npm(MINISEARCH), phone=False)


@pytest.fixture(scope="module")
def sheets(book: tuple[Path, Links]) -> dict[str, BeautifulSoup]:
    out = book[0]
    found = sorted(out.rglob("*.html"))
    return {
        path.relative_to(out).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in found
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(book: tuple[Path, Links]) -> Iterator[str]:
    """The book in a sub-folder of a host of static files."""
    with serve(book[0].parent.parent) as host:
        yield f"{host}/course/book"


def of_lesson(path: Path) -> str:
    return f"{path.stem}.html"


# What is in it


def test_every_lesson_and_page_is_there_and_what_is_marked_is_not(sheets: dict[str, BeautifulSoup]) -> None:
    assert {of_lesson(path) for path in lessons()} | {"index.html", "search.html", "codebook.html"} <= set(sheets)
    guide = [path for path in (ROOT / "notebooks/teaching").rglob("*.md") if not any(word in path.name for word in WITHHELD)]
    assert sum(name.startswith("teaching/") for name in sheets) == len(guide)
    assert not any(word in name for name in sheets for word in ("assignments", *WITHHELD))


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_a_lesson_keeps_its_text_its_code_and_its_figures_with_their_words(
    path: Path, sheets: dict[str, BeautifulSoup]
) -> None:
    sheet = sheets[of_lesson(path)].find("article")
    assert sheet is not None
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    alts = [output.metadata["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})]
    assert [image["alt"] for image in sheet.select("figure img")] == alts and alts
    assert all(caption.get_text().startswith("In words.") for caption in sheet.select("figcaption"))
    assert len(sheet.select("figcaption")) == len(alts)
    shown = " ".join(sheet.get_text().split())
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert " ".join(cell.source.split()) in shown
    assert len(sheet.select("div.answer")) == sum(c.metadata.get("role") == "answer" for c in with_roles(notebook).cells)
    assert "Not answered yet" not in shown  # what `check` says to a student who has not begun
    assert shown.count("This picture moves in JupyterLab") == 1


def test_every_link_of_a_lesson_is_still_a_link(sheets: dict[str, BeautifulSoup]) -> None:
    """Also in a table: there the addresses were once lost with the tables' colours."""
    for path in lessons():
        text = "".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
        wanted = len(re.findall(r"(?<!!)\]\((?!#)", text))
        article = sheets[of_lesson(path)].find("article")
        assert article is not None
        assert len(article.select(".text a[href]")) >= wanted, path.name


def test_every_picture_speaks(sheets: dict[str, BeautifulSoup]) -> None:
    for name, sheet in sheets.items():
        for image in sheet.find_all("img"):
            assert len(str(image.get("alt", ""))) > 20, name


def test_local_links_resolve_and_outside_ones_are_listed(book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]) -> None:
    out = book[0]
    ids = {name: [str(tag["id"]) for tag in sheet.select("[id]")] for name, sheet in sheets.items()}
    listed = set((out / OUTSIDE).read_text(encoding="utf-8").split())
    for name, sheet in sheets.items():
        assert len(ids[name]) == len(set(ids[name])), f"{name}: an id stands twice"
        for anchor in sheet.select("a[href], link[href]"):
            target, fragment = urldefrag(str(anchor["href"]))
            if re.match(r"[a-z]+:", target):
                assert str(anchor["href"]) in listed or "mybinder.org" in target, (name, target)
                continue
            if target.startswith(("../site/", "../slides/", "../../site/", "../../slides/")):
                continue  # beside the book, if they were built
            goal = ((out / name).parent / unquote(target)).resolve() if target else out / name
            assert goal.is_file(), f"{name} links to {target}, which is not there"
            if fragment and goal.suffix == ".html":
                assert unquote(fragment) in ids[goal.relative_to(out).as_posix()], f"{name}: {target}#{fragment}"


def test_nothing_is_fetched_from_elsewhere(book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]) -> None:
    for name, sheet in sheets.items():
        for tag in sheet.select("script[src], img[src], link[rel=stylesheet], iframe"):
            source = str(tag.get("src") or tag.get("href"))
            assert ((book[0] / name).parent / source).is_file(), (name, source)
    for style in (book[0] / "assets").glob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text, style.name
        for address in re.findall(r"url\(\"?(.*?)\"?\)", text):  # letters, which lie beside the style
            assert (style.parent / address).is_file(), (style.name, address)


def test_headings_go_down_one_step_at_a_time(sheets: dict[str, BeautifulSoup]) -> None:
    for name, sheet in sheets.items():
        levels = [int(heading.name[1]) for heading in sheet.select("main :is(h1, h2, h3, h4, h5, h6)")]
        assert levels.count(1) == 1 and levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_arabic_and_urdu_run_from_right_to_left(sheets: dict[str, BeautifulSoup]) -> None:
    texts = [text for sheet in sheets.values() for text in sheet.find_all(string=re.compile("[\u0600-\u06ff]"))]
    assert texts
    assert [text for text in texts if text.find_parent(attrs={"dir": "rtl"}) is None] == []


def test_a_bare_arabic_name_and_a_column_of_urdu_are_marked() -> None:
    soup = BeautifulSoup(html_of_markdown("Read النجف now.\n\n| ur | x |\n| --- | --- |\n| چہلم | 1 |"), "html.parser")
    dress(soup, Pictures("", ""))
    bare = soup.select("p bdi")[0]
    assert (bare["dir"], bare["lang"], bare.get_text()) == ("rtl", "ar", "النجف")
    assert (soup.select("tbody td")[0]["lang"], soup.select("tbody td")[0]["dir"]) == ("ur", "rtl")
    assert soup.get_text().startswith("Read النجف now.")


def test_the_search_holds_each_text_once_under_its_heading() -> None:
    html = "<h1 id='a'>A</h1><ul><li><p>One.</p></li><li>Two<ul><li>Three</li></ul></li></ul><h2 id='b'>B</h2><p>Four.</p>"
    found = entries(BeautifulSoup(html, "html.parser"), pages()[0], 7)
    assert [(one["id"], one["heading"], one["text"]) for one in found] == [(7, "A", "One. Two Three"), (8, "B", "Four.")]


def test_dollars_do_not_become_formulas() -> None:
    assert "US$<strong>9</strong>, then US$<strong>36</strong>" in html_of_markdown("It cost US$**9**, then US$**36**.")


def test_a_table_of_results_has_heads_that_name_rows_and_columns() -> None:
    html = (
        '<table border="1"><thead><tr><th></th><th>n</th></tr></thead><tbody><tr><th>a</th><td>1</td></tr></tbody></table>'
    )
    soup = BeautifulSoup(html, "html.parser")
    dress(soup, Pictures("", ""))
    assert [tag.get("scope") for tag in soup.find_all("th")] == ["col", "row"]
    assert "border" not in soup.select("table")[0].attrs


def test_a_cross_table_tells_each_cell_its_column_and_keeps_its_groups() -> None:
    events = load("events")
    made = html_table(pd.crosstab([events["kind"], events["level"]], events["effect"]), "Kinds", rows=2)
    soup = BeautifulSoup(f"<main>{made}</main>", "html.parser")
    dress(soup, Pictures("", ""))
    labels = [[cell["data-label"] for cell in row.find_all(["th", "td"])] for row in soup.select("tbody tr")]
    assert labels == [["kind", "level", "cooperative", "neutral", "conflictual", "none"]] * 2
    assert soup.select_one('th[scope="colgroup"]').get_text() == "effect"


# Doors


def test_each_lesson_opens_elsewhere_and_only_where_it_can(sheets: dict[str, BeautifulSoup]) -> None:
    for path in lessons():
        doors = [str(anchor["href"]) for anchor in sheets[of_lesson(path)].select(".doors a")]
        assert doors == [
            f"https://mybinder.org/v2/gh/a-school/a-course/v1.2.3?urlpath=lab/tree/notebooks/{path.name}",
            f"../site/lab/index.html?path=notebooks/{path.name}",
            f"../slides/{path.stem}.html",
        ]
    lesson, guide = pages()[0], next(page for page in pages() if page.part == "For teachers")
    assert Doors().of(lesson) == [] and Doors("../site/", course=PUBLISHED).of(guide) == []
    assert Doors("https://x.example/lite").of(lesson)[0][1].startswith("https://x.example/lite/lab/index.html?path=")


def test_what_the_book_does_not_have_leads_to_the_repository_or_nowhere(book: tuple[Path, Links]) -> None:
    page = next(page for page in pages() if page.source == "data/README.md")
    html = '<a href="../CONTRIBUTING.md">how</a> <a href="../notebooks/assignments/x.ipynb">x</a> <a href="events.csv">e</a>'
    for links, first in ((Links(pages()), None), (Links(pages(), PUBLISHED.repository, "v1.2.3"), "CONTRIBUTING.md")):
        soup = BeautifulSoup(html, "html.parser")
        links.rewrite(soup, page)
        found = [str(anchor["href"]) for anchor in soup.find_all("a")]
        assert found == ([f"{PUBLISHED.repository}/blob/v1.2.3/{first}"] if first else []) + ["data/events.csv"]
        assert soup.get_text() == "how x e"
    assert not any("article" in address for address in book[1].files)


# The folder


def test_a_build_never_removes_somebody_elses_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileExistsError, match=r"holds files that no build wrote.*Choose"), replaced(tmp_path, ENTRIES):
        pytest.fail("nothing may be built")
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_build_that_fails_leaves_the_old_book_whole(tmp_path: Path) -> None:
    out = tmp_path / "book"
    with replaced(out, ENTRIES) as new:
        (new / ENTRIES).write_text("old")
    with pytest.raises(RuntimeError), replaced(out, ENTRIES) as new:
        (new / ENTRIES).write_text("half")
        raise RuntimeError
    assert (out / ENTRIES).read_text() == "old" and [path.name for path in tmp_path.iterdir()] == ["book"]
    with replaced(out, ENTRIES) as new:
        (new / ENTRIES).write_text("new")
    assert (out / ENTRIES).read_text() == "new"


def test_what_comes_from_npm_brings_its_licence_along(book: tuple[Path, Links]) -> None:
    assert "MiniSearch" in (book[0] / "assets/minisearch.js").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in (book[0] / "assets/minisearch-LICENSE.txt").read_text(encoding="utf-8")


# In a browser


@pytest.mark.parametrize(
    ("viewport", "scheme", "names"),
    [(DESKTOP, "light", AT_A_DESK), (PHONE, "dark", ON_A_PHONE), (DESKTOP, "light", ())],
    ids=["desk", "phone", "every page"],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser: Browser, address: str, sheets: dict[str, BeautifulSoup], viewport: Any, scheme: Any, names: tuple[str, ...]
) -> None:
    page, watch = watched_page(browser, viewport=viewport, color_scheme=scheme)
    for name in names or [name for name in sheets if name not in AT_A_DESK]:  # these are looked at in the same window
        if name.partition("?")[0] in sheets:
            page.goto(f"{address}/{name}")
            assert axe(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    page.context.close()
    assert watch.errors == [] and watch.outside == []


def found(page: Page, words: str) -> list[str]:
    page.fill("#query", words)
    return [str(link.get_attribute("href")) for link in page.locator("#results a").all()]


def test_the_search_works_from_a_disk(browser: Browser, book: tuple[Path, Links]) -> None:
    page, watch = watched_page(browser, block_outside=False)
    page.goto((book[0] / "index.html").as_uri())
    page.fill("#bar-query", "Asad desk")
    page.press("#bar-query", "Enter")
    page.wait_for_url("**/search.html?q=Asad+desk")
    assert page.locator("#results a").first.get_attribute("href") == "01_founding_years.html#3--who-was-muhammad-asad"
    assert page.locator("#results mark").count() > 0
    assert found(page, "Lwow")[0].startswith("01_founding_years.html")
    assert "glossary.html#anfal" in found(page, "الأنفال")
    assert found(page, "zzyzx") == []
    assert "Nothing found" in page.inner_text("#count")
    for slip, meant in (("pilgrmage", "pilgrim"), ("embasy", "embassy"), ("nuclar", "nuclear")):
        assert found(page, slip), slip
        assert meant in page.inner_text("#results li >> nth=0").lower(), slip
    page.context.close()
    assert watch.errors == []


def test_without_minisearch_a_plain_search_finds_words_as_they_are_spelt(
    browser: Browser, book: tuple[Path, Links], tmp_path: Path
) -> None:
    """On the pages of the same book: only the search page and its engine differ."""
    plain = tmp_path / "plain"
    shutil.copytree(book[0], plain)
    for name in ("minisearch.js", "minisearch-LICENSE.txt"):
        (plain / "assets" / name).unlink()
    build_module._front(plain, pages(), Doors(), [], searches=False)
    assert "minisearch" not in (plain / "search.html").read_text(encoding="utf-8")
    page, watch = watched_page(browser, block_outside=False)
    page.goto((plain / "search.html").as_uri() + "?q=Asad+desk")
    assert page.locator("#results a").first.get_attribute("href") == "01_founding_years.html#3--who-was-muhammad-asad"
    assert page.locator("#results mark").count() > 0
    assert found(page, "Lwow")[0].startswith("01_founding_years.html")  # accents do not matter here either
    best = found(page, "Baghdad Pact")[:5]  # what is named so goes before what mentions it
    assert best[0] == "02_baghdad_pact.html" and "glossary.html#baghdad-pact" in best
    assert "glossary.html#anfal" in found(page, "الأنفال")
    assert found(page, "zzyzx") == [] and "Nothing found" in page.inner_text("#count")
    assert found(page, "zzyzx Asad") and "some of them" in page.inner_text("#count")
    assert found(page, "  ") == [] and found(page, "?!") == []
    page.context.close()
    assert watch.errors == []


def test_the_command_builds_without_npm_and_says_so_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(npm, "parts", functools.partial(npm.parts, kept=tmp_path / "kept"))
    monkeypatch.setattr(command, "build", lambda out, doors, *brought: asked.append(brought) or Links([], ""))
    assert command.main(["--out", str(tmp_path / "book")]) == 0
    assert asked == [({}, {})]
    assert re.search(r"plain search.*as they are spelt. npm is missing.*Node\.js", capsys.readouterr().err)


def test_the_code_folds_with_the_keyboard_and_stays_folded(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser)
    page.goto(f"{address}/01_founding_years.html")
    summary, cell = page.locator("details.code[open] summary").first, page.locator("details.code").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("localStorage.length > 0")
    page.reload()
    assert cell.get_attribute("open") is None and page.locator("details.code[open]").count() > 5
    page.click("#code")
    page.reload()
    assert page.locator("details.code[open]").count() == 0 and page.inner_text("#code") == "Show the code"
    page.goto(f"{address}/02_baghdad_pact.html")
    to_read = page.locator(".is-code > details.code").count()
    assert page.locator("details.code[open]").count() == to_read  # kept for each page
    page.context.close()


def test_the_page_can_be_dark_and_figures_stay_on_light_paper(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, color_scheme="light")
    page.goto(f"{address}/01_founding_years.html")
    page.click("#theme")
    page.goto(f"{address}/02_baghdad_pact.html")
    colour = "name => getComputedStyle(document.querySelector(name)).backgroundColor"
    assert page.evaluate(colour, "body") == "rgb(25, 23, 20)"
    assert page.evaluate(colour, ".paper") == "rgb(255, 253, 248)"
    assert page.inner_text("#theme") == "Light page"
    page.context.close()


def test_the_start_page_names_the_course_leads_to_the_notebooks_and_does_not_jump(
    book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]
) -> None:
    start = sheets["index.html"]
    assert start.title is not None and start.title.get_text() == colophon().name
    assert start.select_one(".start p a[href='teaching/doors.html']") is not None
    picture = start.select_one(".start img")
    assert picture is not None
    taken = {str(part.get("href") or part.get("src")) for part in start.select("link[href], script[src], img[src]")}
    weight = sum((book[0] / name).stat().st_size for name in taken | {"index.html"} if (book[0] / name).is_file())
    assert 50_000 < weight <= MOST_BYTES
    with Image.open(book[0] / str(picture["src"])) as image:
        assert (str(picture["width"]), str(picture["height"])) == tuple(map(str, image.size))


def test_each_claim_in_the_picture_of_the_start_page_leads_to_its_lesson(
    book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]
) -> None:
    claims = load("claims")
    svg = sheets["index.html"].select_one(".linked svg")
    picture = sheets["index.html"].select_one(".linked img")
    assert svg is not None and picture is not None
    assert str(svg["viewbox"]).split()[2:] == [str(picture["width"]), str(picture["height"])]
    areas = claims_links.areas()
    links = svg.select("a")
    assert [str(link["href"]) for link in links] == [f"{area.lesson}.html" for area in areas]
    assert all((book[0] / str(link["href"])).is_file() and link["aria-label"] for link in links)
    for box in claim_boxes(emblem(), SHARP):
        (lesson,) = claims.loc[claims["claim_id"] == box.claim_id, "lesson"]
        over = [area for area in areas if area.top == box.top and area.left <= box.left < area.left + area.width]
        assert [area.lesson for area in over] == [lesson], box


def test_every_page_says_whose_it_is_and_only_what_is_known(
    book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]
) -> None:
    about = colophon()
    for name, sheet in sheets.items():
        if name == "404.html":
            continue
        foot, icon = sheet.select_one("footer"), sheet.select_one("link[rel=icon]")
        assert foot is not None and about.authors[0] in foot.get_text() and f"Version {about.version}" in foot.get_text(), (
            name
        )
        assert icon is not None and ((book[0] / name).parent / str(icon["href"])).is_file(), name
        described = str(sheet.select("meta[name=description]")[0]["content"])
        assert 20 < len(described) <= 330 and not sheet.select("meta[property='og:image'], meta[name='twitter:card']"), name
    assert not {"institution", "doi"} & {term.get_text().lower() for term in sheets["about.html"].select("dt")}
    assert about.citation() in sheets["about.html"].get_text()


def test_an_address_makes_a_card_and_an_institution_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = """title: "Metres: a story, in two notebooks"
authors: [{given-names: Ana, family-names: Li, affiliation: The School}, {name: A Group, affiliation: The School}]
contact: [{name: Ana, email: ana@x.example}]
date-released: 2026-01-02
version: 2.0
url: https://x.example/book
"""
    (tmp_path / "CITATION.cff").write_text(known, encoding="utf-8")
    about = colophon(tmp_path / "CITATION.cff")
    assert (about.name, about.short, about.rest) == ("Metres: a story", "Metres", "a story")
    assert (about.authors, about.institutions, about.contact) == (
        ("Ana Li", "A Group"),
        ("The School",),
        "mailto:ana@x.example",
    )
    assert (
        about.citation()
        == "Ana Li; A Group (2026). Metres: a story, in two notebooks (version 2.0). https://x.example/book/"
    )
    assert "url = {https://x.example/book/}" in about.bibtex() and "doi" not in about.bibtex()
    monkeypatch.setattr(build_module, "colophon", lambda: about)
    (tmp_path / "book").mkdir()
    build_module._front(tmp_path / "book", pages(), Doors(), [], searches=False)
    start = BeautifulSoup((tmp_path / "book/index.html").read_text(encoding="utf-8"), "html.parser")
    assert start.select("meta[property='og:image']")[0]["content"] == "https://x.example/book/images/card.png"
    assert "The School" in start.select("footer")[0].get_text() and start.select("footer a[href='mailto:ana@x.example']")
    with Image.open(io.BytesIO(card())) as picture:
        assert picture.size == (1200, 630)
    (tmp_path / "bare.cff").write_text("title: Bare\n", encoding="utf-8")
    assert colophon(tmp_path / "bare.cff") == Colophon("Bare") and Colophon("Bare").citation() == "Anonymous. Bare."


def test_a_wrong_address_leads_to_the_search_from_any_depth(
    browser: Browser, address: str, book: tuple[Path, Links]
) -> None:
    page, watch = watched_page(browser)
    missing = (book[0] / "404.html").read_text(encoding="utf-8")
    page.route("**/teaching/no/such/page", lambda route: route.fulfill(status=404, content_type="text/html", body=missing))
    page.goto(f"{address}/teaching/no/such/page")
    page.wait_for_selector("base", state="attached")
    assert axe(page) == []
    page.fill("#query", "Karbala")
    page.press("#query", "Enter")
    page.wait_for_url(f"{address}/search.html?q=Karbala")
    page.context.close()
    assert watch.outside == []


def test_events_are_filtered_on_the_page_and_what_came_later_only_when_asked(
    browser: Browser, book: tuple[Path, Links], sheets: dict[str, BeautifulSoup]
) -> None:
    events = load("events")
    items = sheets["events.html"].select(".events > li")
    assert [item["id"] for item in items] == list(events["event_id"]) and sheets["events.html"].select("#sieve[hidden]")
    page, watch = watched_page(browser, block_outside=False)
    page.goto((book[0] / "events.html").as_uri())
    shown = page.locator(".events > li:not([hidden])")
    before = events[events["earliest"] <= pd.Timestamp("2021-03-13")]
    assert shown.count() == len(before)
    page.select_option("#kind", "treaty")
    page.select_option("#actor", "Turkey")
    assert shown.count() == (before["kind"].eq("treaty") & before["actors"].str.contains("Turkey", na=False)).sum() > 0
    page.fill("#word", "zzyzx")
    assert page.inner_text("#left").startswith(f"None of {len(events)} events.")
    page.reload()
    assert page.input_value("#kind") == "treaty" and shown.count() == 0
    page.goto((book[0] / "events.html").as_uri() + "?later=yes")
    assert shown.count() == len(events)
    page.context.close()
    assert watch.errors == []


def test_the_glossary_is_a_list_of_terms(sheets: dict[str, BeautifulSoup]) -> None:
    terms = [str(term["id"]) for term in sheets["glossary.html"].select("dl > dt[id]")]
    assert len(terms) == len(load("glossary")) and all(
        term.find_next_sibling().name == "dd" for term in sheets["glossary.html"].select("dl > dt")
    )


@pytest.mark.parametrize("frame", ["{}", '<div dir="rtl" lang="ur">{}</div>'])
def test_what_a_word_means_lies_beside_the_paragraph_that_first_uses_it(frame: str) -> None:
    glossary = BeautifulSoup(
        '<dl class="words"><dt id="a"><b>a</b> [A]</dt><dd>One: <a href="x">two</a>. Urdu: <span lang="ur">ا</span></dd>'
        '<dt id="b">b</dt><dd>Bee.</dd><dt id="c">c</dt><dd>Sea.</dd></dl>',
        "html.parser",
    )
    meanings = margin.words(glossary)
    said = [BeautifulSoup(note, "html.parser").get_text() for note in meanings.values()]
    assert said == ["a [A]: One: two.", "b: Bee.", "c: Sea."]
    assert not any("<a" in note or "lang" in note for note in meanings.values())
    page = BeautifulSoup(
        '<div class="text">'
        + frame.format(
            '<p><a href="g.html#b">b</a></p><ul><li><a href="g.html#a">a</a> <a href="g.html#b">b</a></li></ul>'
            '<table><tr><td><a href="g.html#c">c</a></td></tr></table><p><a href="g.html#none">n</a></p>'
        )
        + "</div>",
        "html.parser",
    )
    margin.lay_beside(page, meanings, "g.html")
    notes = page.select(".margin")
    assert [note.get_text()[0] for note in notes] == ["b", "a"]  # the first time only, and not beside a table
    assert [getattr(note.find_next_sibling(), "name", "") for note in notes] == ["p", "ul"]
    crowded = "".join(f'<a href="g.html#{name}">{name}</a>' for name in "abc")
    page = BeautifulSoup(f'<div class="text">{frame.format(f"<p>{crowded}</p>")}</div>', "html.parser")
    margin.lay_beside(page, meanings, "g.html")
    assert len(page.select(".margin")) == 2  # beside one paragraph


def test_translated_lessons_have_notes_in_the_margin_too(sheets: dict[str, BeautifulSoup]) -> None:
    for code in languages():
        notes = [note for page in lessons(code) for note in sheets[f"{code}/{page.stem}.html"].select(".margin")]
        assert len(notes) > 5 and not any(note.select("a") for note in notes), code


def test_notes_in_the_margin_need_a_wide_screen_and_cover_nothing(browser: Browser, address: str) -> None:
    page, watch = watched_page(browser, viewport={"width": 1500, "height": 950})
    page.goto(f"{address}/02_baghdad_pact.html")
    notes = page.locator(".margin:visible")
    assert notes.count() > 5 and axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    covered = """notes => notes.flatMap(note => {
      const a = note.getBoundingClientRect();
      return [...document.querySelectorAll('article :is(h2, p, li, figure, .table, details, .answer)')].filter(other => {
        const b = other.getBoundingClientRect();
        return other !== note && b.width && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      }).map(other => `${note.textContent} / ${other.textContent}`);
    })"""
    assert notes.evaluate_all(covered) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert notes.count() == 0
    page.set_viewport_size({"width": 1600, "height": 900})
    page.emulate_media(media="print")
    assert notes.count() == 0
    page.context.close()
    assert watch.errors == []


@pytest.mark.parametrize("width", [320, 375, 414, 540, 683, 1440])
def test_a_way_home_is_in_sight_on_every_width(browser: Browser, address: str, width: int) -> None:
    page, _ = watched_page(browser, viewport={"width": width, "height": 700})
    page.goto(f"{address}/teaching/index.html")
    home = page.locator(".bar a[href='../index.html']")
    assert home.is_visible() and home.inner_text() == colophon().short
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#contents a").first.get_attribute("href") == "../index.html"
    page.goto(f"{address}/index.html")  # where other languages stand in the bar too
    tops = page.locator(".bar > :visible").evaluate_all("(parts) => parts.map((part) => part.getBoundingClientRect().top)")
    rows = 1 + sum(after - before > 20 for before, after in pairwise(sorted(tops)))
    assert rows <= 2, "the bar takes a third row from the text"
    assert page.locator("#bar-query").bounding_box()["width"] >= 64  # type: ignore[index]
    page.close()


def test_the_contents_open_over_a_phone_and_close_again(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, viewport=PHONE)
    page.goto(f"{address}/01_founding_years.html")
    contents = page.locator("#contents")
    assert not contents.is_visible()
    page.click("button.menu")
    assert contents.is_visible()
    page.click('#contents a[href="#key-points"]')
    contents.wait_for(state="hidden")
    assert page.locator("#key-points").evaluate("element => element.getBoundingClientRect().bottom > 0")
    page.context.close()


def test_a_phone_shows_a_long_table_as_cards_and_a_figure_large_enough_to_read(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, viewport=PHONE)
    page.goto(f"{address}/01_founding_years.html")
    card = page.locator(".reflow tbody tr").first.evaluate("row => [getComputedStyle(row).display, row.offsetWidth]")
    assert card[0] == "block" and card[1] <= 390
    for name in ("01_founding_years.html", "00_start_here.html"):  # the second has the widest figure
        page.goto(f"{address}/{name}")
        widths = page.locator("figure img").evaluate_all(
            "all => all.map(image => image.offsetWidth / image.getAttribute('width'))"
        )
        assert min(widths) > 0.7, name  # letters of 9 points stay above 6
        assert page.evaluate("[...document.querySelectorAll('pre')].every(code => code.scrollWidth <= code.clientWidth + 1)")
    page.context.close()


def test_a_lesson_prints_as_a_handout_on_a4(browser: Browser, address: str) -> None:
    page, _ = watched_page(browser, color_scheme="dark")
    page.goto(f"{address}/00_start_here.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    sizes = [tuple(round(side * 25.4 / 72) for side in sheet.get_size()) for sheet in pdf]
    assert set(sizes) == {(210, 297), (297, 210)} and sizes.count((297, 210)) == 1  # the widest figure, across a sheet
    texts = [sheet.get_textpage().get_text_range() for sheet in pdf]
    whole = "\n".join(texts)
    assert any("Your turn 00.1" in text and "Exercise 00.1: answer" in text for text in texts)
    assert "Exit ticket." in whole and "Exercise 00.1: answer in the notebook or here" in whole
    for of_the_screen in ("Light page", "Hide the code", "Skip to the text", "To look things up"):
        assert of_the_screen not in whole, of_the_screen
    assert all(f"{number} / {len(sizes)}" in text for number, text in enumerate(texts, start=1))
    assert pdf[0].render(scale=0.2).to_pil().convert("L").getpixel((3, 3)) > 250  # white paper from a dark page
    page.context.close()


def test_the_page_of_progress_prints_on_one_sheet(browser: Browser) -> None:
    """With every exercise done, on the day whose name is long."""
    page = browser.new_page()
    done = {number: "2026-09-30" for lesson in (path.stem[:2] for path in lessons()) for number in exercise_ids(lesson)}
    page.set_content(printed(done))
    assert len(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) == 1
    page.close()


def test_a_figure_has_a_second_form_for_telephones() -> None:
    lesson = read(LESSONS / "01_founding_years.ipynb")
    soup, pictures = rendered(redrawn(lesson, LESSONS, "phone")), Pictures("images", "x")
    dress(soup, pictures)
    forms = soup.select("picture > source")
    assert len(forms) == len(soup.select("figure img")) >= 2
    for form in forms:
        image = form.find_next_sibling("img")
        assert int(str(form["width"])) == 780 and isinstance(image, Tag) and int(str(image["width"])) > 780
        assert str(form["srcset"]).removeprefix("images/") in pictures.files and form["srcset"] != image["src"]


def test_the_template_renders_every_lesson_cell_once() -> None:
    notebook = nbformat.read(lessons()[3], as_version=4)
    ids = [str(tag["data-cell"]) for tag in rendered(notebook).select(".cell")]
    assert ids == [cell.id for cell in notebook.cells]


def test_the_marks_of_a_figure_tell_their_events_and_lead_to_them(browser: Browser, address: str) -> None:
    """By mouse and by keyboard alone: one stop of the Tab key, the arrows from event to event, Enter to the event."""
    page, watch = watched_page(browser, viewport=DESKTOP)
    page.goto(f"{address}/01_founding_years.html")
    events = load("events").set_index("event_id")
    group = page.locator(".marks").first
    links = group.locator("a")
    names = [str(link.get_attribute("href")).partition("#")[2] for link in links.all()]
    assert len(names) == len(set(names)) == 13 and [names.index(name) for name in events.index if name in names] == [
        *range(13)
    ]
    links.nth(4).scroll_into_view_if_needed()
    links.nth(4).hover()
    expect(group.locator(".tip:visible")).to_contain_text(events.loc[names[4], "title"])
    page.mouse.move(1, 1)
    expect(group.locator(".tip:visible")).to_have_count(0)
    assert page.locator(".marks a[tabindex='0']").count() == page.locator(".marks").count()
    links.first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "End", "ArrowRight"):
        page.keyboard.press(key)
    expect(links.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(group.locator(".tip:visible")).to_contain_text(events.loc[names[1], "title"])
    boxes = page.evaluate("""() => [...document.querySelectorAll('.board')].map((board) => {
      const [one, two] = ['img', '.marks'].map((name) => board.querySelector(name).getBoundingClientRect());
      return Math.max(...['left', 'top', 'width', 'height'].map((side) => Math.abs(one[side] - two[side])));
    })""")
    assert max(boxes) < 1, "the marks lie over the picture"
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_contain_text(events.loc[names[1], "title"])
    assert page.url.endswith(f"events.html#{names[1]}") and watch.errors == [] and watch.outside == []
    page.context.close()


def test_what_a_mark_tells_begins_at_it_in_the_left_half_and_ends_there_in_the_right() -> None:
    name = load("events")["event_id"].iloc[0]
    soup = BeautifulSoup("<a><img></a>", "html.parser")
    found = marks.read(f"{name},300,5000,100 {name},9700,5000,100")
    marks.lay_over(soup, soup.select("a")[0], found, "pictures")
    assert [tip["style"] for tip in soup.select(".tip")] == ["left:3%", "right:3%"]


def test_marks_of_events_that_the_table_lacks_are_left_out() -> None:
    name = load("events")["event_id"].iloc[0]
    assert [mark.event_id for mark in marks.read(f"my-own,1,2,3 {name},300,5579,118")] == [name]
    assert marks.read("") == []


@pytest.mark.parametrize("name", ENGINES)
def test_the_book_can_be_read_searched_and_filtered_in_other_engines(name: str, book: tuple[Path, Links]) -> None:
    """As a telephone has it, which for many is WebKit: no text runs out of the page, pictures are there, scripts run."""
    with engine(name) as window:
        window.resize(500, 844)  # Firefox has no narrower window
        window.open((book[0] / "03_rupture_1973.html").as_uri())
        assert window.run("return document.documentElement.scrollWidth <= innerWidth")
        window.run("document.querySelector('figure img').scrollIntoView()")
        window.until("const image = document.querySelector('figure img'); return image.complete && image.naturalWidth > 300")
        window.click(".menu")
        window.until("return document.getElementById('contents').matches(':popover-open')")
        window.press("Escape")
        window.until("return !document.getElementById('contents').matches(':popover-open')")
        window.open((book[0] / "search.html").as_uri())
        window.click("#query")
        window.type("Bagdad")
        window.until("return document.querySelectorAll('#results li').length > 2")
        window.open((book[0] / "events.html").as_uri())
        assert window.until("return document.querySelectorAll('.events > li:not([hidden])').length") > 50
