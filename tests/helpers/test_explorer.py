"""The explorer: the functions alone, and the widgets that call them."""

from __future__ import annotations

import base64
import gc
import io
import linecache
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from queue import SimpleQueue
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from helpers import explore_timeline, explorer, explorer_page, load, plot_timeline, png
from helpers.data import DATA
from helpers.edtf import to_words
from helpers.explorer import ALL, actors_in, explored, select_events, with_publishers
from helpers.language import speaking
from helpers.notebook import sharp
from helpers.output import as_html
from helpers.plotting.glyphs import KINDS
from helpers.plotting.theme import passing
from helpers.png import pixels
from helpers.table_names import TableName


def test_a_selection_is_by_era_kind_actor_years_words_and_mention() -> None:
    events = load("events")
    assert len(select_events(events)) == len(events)
    assert set(select_events(events, era="two-wars")["era_id"]) == {"two-wars"}
    assert set(select_events(events, kind="treaty")["kind"]) == {"treaty"}
    assert select_events(events, mentioned=True)["paragraph"].notna().all()
    during = select_events(events, years=(1983, 1984))
    assert "iran-iraq-war-1980-1988" in set(during["event_id"]), "an event that lasts into the years belongs to them"
    assert "kuwait-invasion-1990" not in set(during["event_id"])
    assert "asad-middle-east-division" in set(select_events(events, text="leopold WEISS")["event_id"])
    assert list(select_events(events, text="nothing has this")["event_id"]) == []
    both = select_events(events, kind="treaty", actor="Turkey")
    assert 0 < len(both) < len(select_events(events, kind="treaty"))


def test_an_actor_is_a_whole_name() -> None:
    events = load("events")
    found = select_events(events, actor="United Nations")
    assert found["actors"].str.split("; ").map(lambda names: "United Nations" in names).all()
    assert len(found) < events["actors"].str.contains("UN").sum()


def test_a_bracket_is_a_word_and_no_pattern() -> None:
    assert 0 < len(select_events(load("events"), text="(ISIS)")) < 20


EVENTS = load("events")
OWN = pd.DataFrame({"date": ["1960~", "1961/.."], "title": ["An event of my own", "Another, without an end"]})
# Tables that a student makes, and that `plot_timeline` draws.
TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "own rows": lambda: pd.concat([EVENTS, OWN]),
    "own rows first, counted anew": lambda: pd.concat([OWN, EVENTS], ignore_index=True),
    "own rows alone": lambda: OWN,
    "an own row with an id": lambda: pd.concat([EVENTS, OWN.assign(event_id=["mine", None], actors=["Iraq", None])]),
    "read by pandas": lambda: pd.read_csv(DATA / "events.csv"),
    "read as text": lambda: pd.read_csv(DATA / "events.csv", dtype="str", keep_default_na=False, na_values=[""]),
    "no era": lambda: EVENTS.drop(columns="era_id"),
    "no actors, no kind, no description": lambda: EVENTS.drop(columns=["actors", "kind", "description"]),
    "no id": lambda: EVENTS.drop(columns="event_id"),
    "no paragraph": lambda: EVENTS.drop(columns="paragraph"),
    "no days": lambda: EVENTS.drop(columns=["earliest", "latest"]),
    "empty days": lambda: EVENTS.assign(latest=pd.NaT, earliest=None),
    "days as text": lambda: EVENTS.assign(latest=EVENTS["latest"].dt.strftime("%Y-%m-%d")),
    "texts for categories": lambda: EVENTS.astype({"kind": "str", "era_id": "str", "effect": "str"}),
    "objects": lambda: EVENTS.astype({"kind": "object", "era_id": "object", "title": "object", "actors": "object"}),
    "unused categories": lambda: EVENTS[EVENTS["kind"] == "treaty"],
    "more columns": lambda: EVENTS.assign(mine=range(len(EVENTS)), sources="my book"),
    "ids as index": lambda: EVENTS.set_index("event_id"),
    "ids as index and column": lambda: EVENTS.set_index("event_id", drop=False),
    "an index of days": lambda: EVENTS.set_index("earliest", drop=False),
    "an index of two keys": lambda: EVENTS.set_index(["kind", "era_id"], drop=False),
    "the same rows twice": lambda: pd.concat([EVENTS.head(5), EVENTS.head(5)]),
    "backwards": lambda: EVENTS.iloc[::-1],
    "missing values": lambda: EVENTS.assign(actors=None, kind=None, description=None, era_id=None, paragraph=None),
    "eras that are numbers": lambda: EVENTS.head(9).assign(era_id=range(9)),
    "one row": lambda: EVENTS.tail(1),
    "open and early": lambda: pd.DataFrame({"date": ["../1955", "0632", "2030/.."], "title": ["a", "b", "c"]}),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_that_can_be_drawn_can_be_explored(name: str) -> None:
    events = TABLES[name]()
    last = events.tail(12)
    box = explore_timeline(last)
    assert said(box) == f"{len(last)} of {len(last)} events."
    controls = {control.description: control for control in box.children[0].children}
    assert select_events(last, years=controls["Years"].value).equals(last) and select_events(events).equals(events)
    controls["Words"].value = "nothing has this"
    assert said(box).startswith("0 of ")
    for label in {"Era", "Kind", "Actor"} & set(controls):
        for value in controls[label].options[1:3]:
            assert 0 < len(select_events(last, **{label.lower(): value})) <= 12


def test_an_own_row_is_found_by_its_years_and_its_words_and_has_no_publisher() -> None:
    events = pd.concat([EVENTS, OWN.assign(event_id=["mine", None])])
    assert list(select_events(events, text="my OWN event")["title"]) == ["An event of my own"]
    assert "Another, without an end" in set(select_events(events, years=(2020, 2020))["title"])
    assert list(with_publishers(events)["sources"].tail(2)) == ["none", "none"]


@pytest.mark.parametrize("zone", ["Asia/Karachi", "America/New_York"])
def test_years_are_those_of_the_calendar_whatever_the_clock(zone: str) -> None:
    days = pd.DataFrame({"date": ["1955-01-01", "1955-12-31"], "title": ["first", "last"]})
    with plt.rc_context({"timezone": zone}):
        assert len(select_events(days, years=(1955, 1955))) == 2
        assert len(select_events(days, years=(1954, 1954))) == len(select_events(days, years=(1956, 1956))) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda: EVENTS.drop(columns="date"), "no column 'date'"),
        (lambda: EVENTS.rename(columns={"title": "Title"}), "no column 'title'"),
        (lambda: EVENTS.assign(kind="war"), "kind 'war' is not known.*treaty"),
        (lambda: EVENTS.assign(latest="1940-01-01"), "Row 0"),
        (lambda: EVENTS.assign(title=None), "Row 0 .no title."),
        (lambda: pd.concat([EVENTS, EVENTS[["title"]]], axis=1), "has the column 'title' twice"),
        (lambda: pd.concat([EVENTS, EVENTS[["event_id"]]], axis=1), "has the column 'event_id' twice"),
        (lambda: OWN.rename(columns=str.upper), "this table has: DATE, TITLE.$"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_answered_as_by_the_timeline(
    change: Callable[[], pd.DataFrame], message: str
) -> None:
    for call in (explore_timeline, explored, select_events):
        with pytest.raises(ValueError, match=message):
            call(change())


@pytest.mark.parametrize("choice", [{"era": "two-wars"}, {"kind": "treaty"}, {"actor": "Iraq"}, {"mentioned": True}])
def test_a_choice_without_its_column_names_the_column(choice: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(choice))} cannot be chosen.*no column.*It has: date, title"):
        select_events(OWN, **choice)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"era": "Two war"}, "no era_id 'Two war'. Did you mean 'two-wars'?"),
        ({"effect": "good"}, "no effect 'good'.*cooperative"),
        ({"claim": "99z"}, "no claim '99z'.*1a"),
        ({"paragraph": 99}, "no paragraph '99'"),
        ({"certainty": "sure"}, "no certainty 'sure'.*read"),
        ({"kind": "treaties"}, "no kind 'treaties'. Did you mean 'treaty'?"),
        ({"kind": ["treaty", "conflict"]}, r"kind must be one text.*\['treaty', 'conflict'\]"),
        ({"era": 3}, "era must be one text.*but 3"),
        ({"actor": None}, "actor must be one text.*None"),
        ({"era": pd.NA}, "era must be one text.*<NA>"),
        ({"years": 1955}, r"first and the last year.*but 1955.*\(1955, 1955\)"),
        ({"years": "1955"}, "two whole numbers.*'1955'"),
        ({"years": ("1955", "1956")}, "two whole numbers"),
        ({"years": (1955,)}, "two whole numbers"),
        ({"years": (1955, 1956, 1957)}, "two whole numbers"),
        ({"years": (1955.5, 1957)}, "two whole numbers"),
        ({"years": (None, 1957)}, "two whole numbers"),
        ({"text": ["a"]}, r"text must be words.*\['a'\]"),
        ({"mentioned": "no"}, "mentioned must be True or False.*'no'"),
        ({"kind": "war"}, "no kind 'war'.*treaty"),
        ({"era": "1973"}, "no era_id '1973'.*two-wars"),
        ({"actor": "Atlantis"}, "no actor 'Atlantis'.*Turkey"),
        ({"years": (1990, 1980)}, "run backwards"),
    ],
)
def test_wrong_choices_are_refused_with_those_that_there_are(choices: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        select_events(load("events"), **choices)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("kinds", "no choice 'kinds'. Did you mean 'kind'?"),
        ("Years", "Did you mean 'years'?"),
        ("colour", "are: era"),
    ],
)
def test_a_choice_that_there_is_not_is_answered_with_those_that_there_are(name: str, message: str) -> None:
    for call in (select_events, explored):
        with pytest.raises(TypeError, match=message):
            call(EVENTS, **{name: "treaty"})


def test_what_is_no_table_is_named() -> None:
    for call in (explore_timeline, explored, select_events):
        with pytest.raises(TypeError, match="needs a table.*got list"):
            call([1])  # type: ignore[arg-type]


@pytest.mark.parametrize("years", [[1947, 1954], np.array([1947, 1954]), (np.int64(1947), 1954)])
def test_two_years_may_come_in_any_pair(years: Any) -> None:
    assert len(select_events(EVENTS, years=years)) == 13


def test_a_kind_of_which_there_is_no_event_is_no_mistake() -> None:
    """The codebook knows it, so a lesson may ask for it; the controls offer only what there is."""
    for events in (EVENTS.head(0), EVENTS[EVENTS["kind"] != "treaty"]):
        assert select_events(events, kind="treaty").empty
    controls = explore_timeline(EVENTS[EVENTS["kind"] == "treaty"].head(2)).children[0].children
    assert controls[1].options == (ALL, "treaty")


def test_nothing_to_explore_is_said() -> None:
    with pytest.raises(ValueError, match="no events to explore"):
        explore_timeline(load("events").head(0))


def test_what_is_explored_has_its_number_a_picture_its_words_and_a_table_with_sources() -> None:
    html = explored(load("events").head(13), text="Nuri")
    begin = r'<p>3 of 13 events\.</p><div class="course-stage course-keys"[^>]*><img alt="A timeline of'
    assert re.match(begin, html)
    assert "3 of 13 events are picked out in full colour; the others are grey" in html
    assert "In words." in html
    assert "The selection and its sources" in html and "(Office of the Historian" in html
    assert html.count("<tr id=") == 3, "each event of the selection has its row"
    assert "None of 13 events are picked out" in explored(load("events").head(13), text="nothing has this")


def test_exploring_leaves_no_figure_and_the_search_for_garbage_as_it_was() -> None:
    plt.close("all")  # what other tests left open is not meant
    explored(load("events").head(2))
    assert gc.isenabled() and not plt.get_fignums()
    gc.disable()
    try:
        with pytest.raises(ValueError, match="no kind"):
            explored(load("events").head(2), kind="war")
        explored(load("events").head(2))
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The controls of an explorer, and the choices for which it drew since it was made."""
    drawn: list[dict[str, Any]] = []
    nothing = explorer_page.Drawn("", "", 2, 1)
    view = explorer._View("", [], nothing, str)
    monkeypatch.setattr(explorer, "_view", lambda _table, choices: drawn.append(choices) or view)
    controls = explore_timeline(load("events").head(13)).children[0].children
    drawn.clear()
    yield {control.description: control for control in controls}, drawn


def said(box: Any) -> str:
    """What an explorer says last: in the region that stays, or in the message that takes its place."""
    live, message = box.children[1].children
    assert live.value.count('role="status"') == 1 and "status" not in message.value
    found = re.search(r'data-says="([^"]*)"', message.value)
    assert found
    return unescape(found[1])


def seen(box: Any) -> str:
    """What an explorer shows beneath its controls, as `explored` writes it: each picture counts its groups of marks anew."""
    picture = re.fullmatch(r'<div class="course-room" style="[^"]*">(.*)</div>', box.children[2].value, re.DOTALL)
    assert picture
    more, style, ids = box.children[3].value.partition("<style>")
    rows = BeautifulSoup(box.children[4].value, "html.parser")
    for row in rows.select("tbody tr"):
        if style and f"#{row['id']}" not in re.split("[,)]", ids.partition(":not(")[2]):
            row.decompose()
    table = rows if rows.select("tbody tr") else ""
    return one_group(f"<p>{as_html(said(box))}</p>{picture[1]}{more}{table}")


def one_group(html: str) -> str:
    return str(BeautifulSoup(re.sub(r"course-marks-\d+|(?<=course-keys )course-rows-\d+", "", html), "html.parser"))


def shown(events: pd.DataFrame, **choices: Any) -> str:
    return one_group(explored(events, **choices))


def test_the_widgets_show_what_the_function_gives() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    controls = {control.description: control for control in box.children[0].children}
    lists = ["Era", "Kind", "Effect", "Actor", "Paragraph", "Claim", "Certainty"]
    assert list(controls) == [*lists, "Years", "From", "to", "Words", "only what the article mentions", "Reset"]
    assert "Founding years" in controls["Era"].options, "names, not ids"
    assert seen(box) == shown(events)
    controls["Kind"].value = "treaty"
    assert seen(box) == shown(events, kind="treaty")
    controls["Kind"].value, controls["Words"].value = ALL, "Nuri"
    assert seen(box) == shown(events, text="Nuri")
    controls["Years"].value = (1947, 1950)
    assert seen(box) == shown(events, text="Nuri", years=(1947, 1950))
    assert set(controls["Actor"].options) == {ALL, *actors_in(events)}
    controls["Era"].value = "found"
    controls["Reset"].click()
    assert seen(box) == shown(events)


def test_an_era_is_known_by_its_name_too() -> None:
    assert select_events(EVENTS, era="Two wars").equals(select_events(EVENTS, era="two-wars"))


def test_a_selection_is_by_effect_paragraph_claim_and_certainty() -> None:
    assert set(select_events(EVENTS, effect="conflictual")["effect"]) == {"conflictual"}
    for paragraph in (3, "3"):
        assert set(select_events(EVENTS, paragraph=paragraph)["paragraph"].dropna()) <= {3}
    links = load("claim_events")
    assert set(select_events(EVENTS, claim="1a")["event_id"]) == set(links.loc[links["claim_id"] == "1a", "event_id"])
    assert set(select_events(EVENTS, certainty="uncertain")["checked"]) == {"uncertain"}


def test_the_axis_stays_and_what_is_not_chosen_is_grey(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(explorer_page, "describe", lambda figure, **_: drawn.append(figure.axes[0].get_xlim()) or "Words.")
    for choices in ({}, {"kind": "treaty"}, {"text": "nothing has this"}):
        explored(EVENTS.head(40), **choices)
    assert max(low for low, _ in drawn) - min(low for low, _ in drawn) < 400  # days: labels need a margin
    assert max(high for _, high in drawn) - min(high for _, high in drawn) < 400


STRANGE = [
    "O'Neill",
    'Nuri "as-Said"',
    "a\\b \\n",
    "two\nlines",
    "عراق",
    "بعدِ\u200cاز",
    "two  blanks",
    "a\u00a0b",
    "x\u2028y",
    "A · B",
    "{x}",
]
ODD = pd.DataFrame(
    {
        "date": "1955",
        "title": [f"T {name}" for name in STRANGE],
        "actors": [f"{a}; {b}" for a, b in zip(STRANGE, [*STRANGE[1:], "x"], strict=True)],
    }
).assign(era_id=STRANGE, kind=["treaty", "society"] * 5 + ["economy"], paragraph=range(11), checked=STRANGE[::-1])
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        **{"era": st.sampled_from(STRANGE), "actor": st.sampled_from(STRANGE), "certainty": st.sampled_from(STRANGE)},
        **{"kind": st.sampled_from(["treaty", "society"]), "paragraph": st.integers(0, 10) | st.sampled_from(["0", "10"])},
        **{"text": st.sampled_from(STRANGE) | st.text(max_size=4), "mentioned": st.booleans()},
        "years": st.sampled_from([(1955, 1955), (np.int64(1900), 2000), (1956, 1957)]),
    },
)


@settings(max_examples=20, deadline=None)
@given(CHOICES)
def test_the_code_gives_the_same_selection_whatever_the_words_hold(choices: dict[str, Any]) -> None:
    code = explorer._code("events", choices, explorer._fitting(ODD, choices, explorer._items(ODD)))
    page = BeautifulSoup(explorer_page.more("", code, ""), "html.parser")
    assert page.select("code")[0].get_text() == code
    assert eval(code, {"select_events": select_events, "events": ODD}).equals(select_events(ODD, **choices))


def as_given(events: pd.DataFrame, **_: Any) -> TableName:
    return TableName.in_call(events, sys._getframe(1))


def run(cell: str) -> dict[str, Any]:
    linecache.cache["<a cell>"] = (len(cell), None, cell.splitlines(keepends=True), "<a cell>")
    before = EVENTS.head(3)
    names: dict[str, Any] = {
        "__name__": "__main__",
        "pd": pd,
        "load": load,
        "before": before,
        "two": [before.head(1), before.head(2)],
    }
    names |= {"told": as_given, "mask": lambda: True, "queue": SimpleQueue()}
    names["queue"].put(before.head(1))
    exec(compile(cell, "<a cell>", "exec"), names)
    return names


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("found = told(before)", "before"),
        ('"عراق"; found = told(before[before["kind"] == "treaty"], kind="x")', "before[before['kind'] == 'treaty']"),
        ("found = told(\n    # all\n    events=before,\n)", "before"),
        ("found = told(before  # mine\n    .head(2),  # two\n    kind='x')", "before.head(2)"),
        ("found = told(load('events').query('kind == \"treaty\"').head(len(two)))", None),
        ("found = told(pd.concat([two[0], before.dropna(subset=['date'])]))", None),
        ("found = told(mine := before.head(2))", "mine"),
        ("found = told(*[before])", "before"),
        ("found = told(**{'events': before})", "before"),
        ("def mine(rows):\n    return told(rows)\nfound = mine(before)", "before"),
        ("found = list(map(told, [before]))[0]", "before"),
        ("exec('found = told(before)')", "before"),  # no source, as after %time
        (
            "for rows in (before, two[0]):\n    found = told(rows)\n    if rows is before: kept = found\nfound = kept",
            "before",
        ),
    ],
)
def test_the_code_names_the_table_so_that_it_can_be_run_again(cell: str, name: str | None) -> None:
    names = run(cell)
    code, alone = names["found"].now()
    assert alone and code == (name or code) and eval(code, names).equals(names["found"].table)


@pytest.mark.parametrize(
    "cell",
    [
        "found = told(two.pop())",
        "found = told(next(iter(two)))",
        "found = told(queue.get())",
        "found = told(before.sample(2))",
        "found = told(before[[mask()] * 3])",
        "found = told(before.pipe(lambda rows: rows.head(1)))",
        "found = [told(rows) for rows in two][0]",
        "found = (lambda rows: told(rows))(before.head(2))",
        "def mine():\n    rows = before.head(2)\n    return told(rows.head(1))\nfound = mine()",
        "for k in ('a', 'b'):\n    now = told(before[before['kind'] != k])\n    found = now if k == 'a' else found",
        "found = told(before.head(2)); before = before.tail(1)",
        "table = 1; exec('found = told(before.head(1))')",
    ],
)
def test_a_table_that_cannot_be_found_again_is_first_to_be_given_a_name(cell: str) -> None:
    names = run(cell)
    code, alone = names["found"].now()
    assert not alone and code.isidentifier() and code not in names


def test_the_explorer_and_its_function_write_code_for_the_table_that_they_were_given() -> None:
    cell = "found = explored(mine, years=(1960, 1960)), explore_timeline(mine)"
    linecache.cache["<a cell>"] = (len(cell), None, [cell], "<a cell>")
    names = {"__name__": "__main__", "explored": explored, "explore_timeline": explore_timeline, "mine": OWN}
    exec(compile(cell, "<a cell>", "exec"), names)
    html, box = names["found"]
    box.children[0].children[0].value = (1960, 1960)
    for text in (html, box.children[3].value):
        assert "<code>select_events(mine, years=(1960, 1960))</code>" in text
    assert "<code>" not in explored(OWN), "nothing was chosen"
    assert "Here <code>table</code> stands for the explored table" in explored(OWN, years=(1960, 1960))


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"text": "nothing has this", "kind": "treaty"}, "No event fits this alone: the words."),
        ({"era": "two-wars", "text": "Nuri"}, "No event fits all choices; without the words: 33, without Era: 6."),
        ({"years": (1950, 1950), "kind": "conflict"}, "No event fits all choices; without Years: 26, without Kind: 1."),
    ],
)
def test_what_stands_in_the_way_is_named(choices: dict[str, Any], message: str) -> None:
    fitting = explorer._fitting(EVENTS, choices, explorer._items(EVENTS))
    assert re.sub(r"\d+", "9", explorer._blame(fitting)) == re.sub(r"\d+", "9", message)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=6))
)
def test_the_fewest_choices_that_stand_in_the_way_are_those_of_a_search(rows: list[list[bool]]) -> None:
    names = explorer._CHOICES[: len(rows[0])]
    rows = [[*row[:-1], not all(row) and row[-1]] for row in rows]  # nothing fits all choices, and each alone fits something
    rows += [[j == k for j in range(len(names))] for k in range(len(names)) if not any(row[k] for row in rows)]
    fitting = {name: [row[k] for row in rows] for k, name in enumerate(names)}
    least = min(row.count(False) for row in rows)  # an event needs as many choices taken back as it does not fit
    left = [tuple(name for name, fits in zip(names, row, strict=True) if not fits) for row in rows]
    wanted = Counter(choices for choices in left if len(choices) == least)
    found = explorer._least_in_the_way(fitting)
    assert len(found) == min(len(wanted), len(found) if least == 1 else 3) and dict(found).items() <= wanted.items()
    assert least > 1 or dict(found) == dict(wanted)
    assert [count for _, count in found] == sorted(wanted.values(), reverse=True)[: len(found)]
    assert all(" + ".join(map(str.capitalize, choices)) in explorer._blame(fitting) for choices, _ in found)


def test_a_link_that_stands_on_the_ground_of_the_notebook_has_the_colour_of_its_theme() -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", explorer_page.STYLE)
    colours = [
        colour for where, look in rules if ".course-more" in where for colour in re.findall(r"\bcolor: ([^;]+);", look)
    ]
    assert colours == ["var(--jp-content-link-color, #0b4f8a)"], "a dark blue can't be read on black"


def test_what_is_told_of_a_mark_is_in_the_language_of_the_lesson() -> None:
    with speaking("ar"):
        tips = BeautifulSoup(explored(EVENTS.head(6)), "html.parser").select(".course-tip:not(.course-hint)")
    assert len(tips) == 6 and not [tip.get_text() for tip in tips if re.search(r"[a-z]{4}", tip.get_text())]


def test_a_claim_is_offered_with_its_words() -> None:
    table = explorer._Table(EVENTS.head(60))
    claims = explorer._lists(table)["claim"]
    words = load("claims").set_index("claim_id")["claim"]
    assert set(claims.values()) == set(explorer._events_of_claims(table.events)) and len(claims) > 20
    for entry, claim in claims.items():
        assert entry.startswith(f"{claim} · {words[claim][:30]}") and len(entry) < 80
        assert explorer._chosen(claims, entry) == explorer._chosen(claims, claim.upper()) == claim
        assert explorer._chosen(claims, words[claim][:40]) == claim


def test_a_name_with_a_dot_is_chosen_whole() -> None:
    entries = {"A · B": "A · B", "treaty · معاہدہ": "treaty"}
    for written, value in (("A · B", "A · B"), ("a", ALL), ("tre", "treaty"), ("معا", "treaty"), ("", ALL), (" B", "B")):
        assert explorer._chosen(entries, written) == value, written


def test_the_rows_that_are_downloaded_are_those_that_are_seen_and_hold_no_formula() -> None:
    mine = OWN.assign(
        title=["=HYPERLINK(1)", "پاکستان"], actors=["+A; B", None], paragraph=[3, None], **{"@own": [-1.5, 2.0]}
    )
    file = base64.b64decode(explorer._file(explorer._Table(mine), [True, True]))
    assert file.startswith(b"\xef\xbb\xbf"), "by this mark a spreadsheet knows the letters"
    read = pd.read_csv(io.BytesIO(file), encoding="utf-8-sig")
    assert list(read["title"]) == ["'=HYPERLINK(1)", "پاکستان"] and read["actors"][0] == "'+A; B"
    assert list(read["'@own"]) == [-1.5, 2.0] and list(read["date"]) == list(OWN["date"])
    keep = [bool(there) for there in EVENTS["kind"] == "treaty"]
    file = base64.b64decode(explorer._file(explorer._Table(EVENTS), keep))
    assert file.decode("utf-8-sig") == with_publishers(EVENTS[EVENTS["kind"] == "treaty"]).to_csv(index=False)


def test_a_list_takes_the_beginning_of_an_entry_and_says_what_there_is() -> None:
    events = load("events").head(13)
    box = explore_timeline(events)
    controls = {control.description: control for control in box.children[0].children}
    for written in ("treaty", " Trea", "TREATY"):
        controls["Kind"].value = written
        assert seen(box) == shown(events, kind="treaty"), written
    controls["Kind"].value = "war <b>"
    assert said(box).startswith("There is no kind 'war <b>'. Choose one of: all, treaty")
    assert "<img" not in box.children[2].value, "no picture of another choice may stand beneath the message"
    assert re.fullmatch(r"<style>\.course-rows-\d+ { display: none; }</style>", box.children[3].value), "nor any rows"
    assert "<b>" not in box.children[1].children[1].value
    controls["Kind"].value = " "
    assert seen(box) == shown(events)
    controls["Actor"].value = "Iraq"
    assert seen(box) == shown(events, actor="Iraq"), "a whole name goes before the beginning of another"


def test_slider_and_fields_of_the_years_go_together_and_each_change_is_drawn_once(
    parts: tuple[dict[str, Any], list[dict[str, Any]]],
) -> None:
    controls, drawn = parts
    slider, first, last = (controls[name] for name in ("Years", "From", "to"))
    assert (first.value, last.value) == slider.value == (first.min, last.max)
    slider.value = (1950, 1952)
    assert (first.value, last.value) == (1950, 1952)
    first.value = 1951
    assert slider.value == (1951, 1952)
    first.value = 1954  # past the other: takes it along
    assert slider.value == (1954, 1954) and last.value == 1954
    last.value = 1949
    assert slider.value == (1949, 1949) and first.value == 1949
    assert [choices["years"] for choices in drawn] == [(1950, 1952), (1951, 1952), (1954, 1954), (1949, 1949)]


def test_events_of_one_year_can_be_explored() -> None:
    events = load("events")
    of_1963 = events[events["date"].str.startswith("1963")]
    assert seen(explore_timeline(of_1963.head(1))) == shown(of_1963.head(1))


ERA = EVENTS[EVENTS["era_id"] == "rupture-of-1973"]


def parsed(events: pd.DataFrame, **choices: Any) -> BeautifulSoup:
    return BeautifulSoup(explored(events, **choices), "html.parser")


def dots_of(page: BeautifulSoup) -> np.ndarray:
    source = str(page.select(".course-stage > img")[0]["src"])
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(source.partition("base64,")[2]))).convert("RGB")).astype(int)


@pytest.mark.parametrize("kind", [ALL, "diplomacy", ALL])  # the third time, parts of the first are remembered
def test_the_picture_is_that_of_the_timeline_with_this_selection(kind: str) -> None:
    found = dots_of(parsed(ERA, kind=kind))
    figure = plot_timeline(ERA, highlight=None if kind == ALL else ERA["kind"] == kind).get_figure(root=True)
    assert isinstance(figure, Figure)
    wanted = np.asarray(pixels(figure, sharp(figure))).astype(int)
    plt.close(figure)
    assert found.shape == wanted.shape
    apart = np.abs(found - wanted).max(axis=-1)
    assert apart.mean() < 1 and (apart > 24).mean() < 2e-4, "a palette may move a shade, and nothing else"


@pytest.mark.parametrize("kind", ["", "diplomacy"])
def test_a_figure_for_one_picture_is_the_same_to_the_dot(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def dots() -> tuple[np.ndarray, int]:
        monkeypatch.setattr(png, "_layers", {})
        figure = plot_timeline(ERA, highlight=ERA["kind"] == kind if kind else None).get_figure(root=True)
        assert isinstance(figure, Figure)
        parts = len(figure.findobj())
        found = np.asarray(pixels(figure, 100.0, remember=True))
        plt.close(figure)
        return found, parts

    lasting, many = dots()
    with passing():
        brief, few = dots()
    assert few < many and np.array_equal(brief, lasting)


def test_a_mark_answers_where_it_stands_and_leads_to_its_row_with_its_sources() -> None:
    page = parsed(ERA, effect="cooperative")
    dots, (chosen, others) = dots_of(page), page.select(".course-marks")
    titles = set(ERA.loc[ERA["effect"] == "cooperative", "title"])
    buttons = chosen.select("input")
    assert len(buttons) == len(titles) and len(others.select("input")) == len(ERA) - len(titles)
    assert not others.select("a") and len({button["name"] for button in page.select("input")}) == 2
    for button in buttons:
        date, _, title = str(button["aria-label"]).partition(": ")
        row = ERA[ERA["title"] == title].iloc[0]
        assert title in titles and date == to_words(row["date"])
        left, top = (float(re.search(rf"{side}:([\d.]+)%", str(button["style"]))[1]) / 100 for side in ("left", "top"))  # type: ignore[index]
        colour = 255 * np.array(to_rgb(KINDS[row["kind"]][1]))
        assert np.abs(dots[round(top * dots.shape[0]), round(left * dots.shape[1])] - colour).max() < 30, title
        tip = button.find_next_sibling()
        assert isinstance(tip, Tag) and title in tip.get_text()
        there = page.select(str(tip.select("a")[0]["href"]))
        assert len(there) == 1 and title in there[0].get_text()
        links = load("event_sources").merge(load("sources"), on="source_id")
        wanted = set(links.loc[links["event_id"] == row["event_id"], "url"].dropna())
        assert {link["href"] for link in there[0].select("a")} == wanted


def test_rows_stand_in_the_order_of_time_and_keep_their_ids_whatever_is_chosen() -> None:
    backwards = ERA.iloc[::-1]
    whole, part = parsed(backwards), parsed(backwards, kind="diplomacy")
    ids = {row.select("th")[0].get_text(): row["id"] for row in whole.select("tbody tr")}
    assert list(ids) == list(ERA["title"]) and len(set(ids.values())) == len(ids)
    assert all(ids[row.select("th")[0].get_text()] == row["id"] for row in part.select("tbody tr"))


def test_what_a_table_says_is_text_in_marks_and_rows() -> None:
    mine = pd.DataFrame({"date": ["1960"], "title": ['<b onclick="x">"mine"'], "sources": ["<i>book</i>"], "kind": [None]})
    page = parsed(mine)
    assert page.select("input")[0]["aria-label"] == '1960: <b onclick="x">"mine"'
    assert not page.select("[onclick=x], .course-rows i") and "<i>book</i>" in page.select(".course-rows")[0].get_text()
    address = "javascript:alert(1)"
    assert "href" not in explorer_page._source({"title": "t", "source_id": "s", "url": address, "publisher": ""})


def test_the_region_that_speaks_stays_and_it_is_said_that_a_picture_is_being_drawn() -> None:
    box = explore_timeline(ERA)
    live, message = box.children[1].children
    before, values = live.value, []
    message.observe(lambda change: values.append(change["new"]), names="value")
    controls = {control.description: control for control in box.children[0].children}
    controls["Kind"].value = "diplomacy"
    assert live.value == before and before.count('role="status"') == 1
    assert ["course-busy" in value for value in values] == [True, False] and "Drawing" in values[0]


def test_the_picture_comes_before_what_stands_beneath_it() -> None:
    box = explore_timeline(ERA)
    order: list[str] = []
    for name, part in zip(("picture", "more", "rows"), box.children[2:], strict=True):
        part.observe(lambda _, name=name: order.append(name), names="value")
    box.children[0].children[1].value = "diplomacy"
    assert order == ["picture", "more"]


def test_a_selection_that_was_drawn_before_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    box = explore_timeline(ERA)
    monkeypatch.setattr(explorer, "plot_timeline", lambda *a, **b: drawn.append(b) or plot_timeline(*a, **b))
    kind = box.children[0].children[1]
    pictures = []
    for value in ("diplomacy", "security", "diplomacy", ALL, "dipl"):
        kind.value = value
        pictures.append(box.children[2].value)
    assert len(drawn) == 2 and pictures[0] == pictures[2] == pictures[4] != pictures[1]
    assert not plt.get_fignums(), "a figure that is on the page is not kept"


def test_the_room_for_the_picture_never_shrinks() -> None:
    box = explore_timeline(ERA)
    first = box.children[2].value[:60]
    box.children[0].children[1].value = "society"
    assert box.children[2].value[:60] == first and "--high:" in first
