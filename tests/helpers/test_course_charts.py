"""Voices, reports, statements, lines and maps: what is drawn, what is written, and what is said of them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import helpers
from helpers import describe, load, plot_claims, plot_lines, plot_places, plot_reports, plot_statements, plot_voices
from helpers.language import speaking
from helpers.plotting.chart_artists import EventNote, PlaceDot, SaidDot, SaidText, VoiceTile
from helpers.plotting.lines import Note, flagged
from helpers.plotting.media import LETTERS, MEDIA, Medium
from helpers.plotting.text_size import text_width
from tests.support.figures import box, clipped, close_all, drawn, meet, overlaps, texts_of


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in texts_of(ax)]


def parts(ax: Axes, *kinds: type) -> list[Any]:
    return [artist for artist in ax.get_children() if isinstance(artist, kinds)]


def lies_well(ax: Axes) -> None:
    drawn(ax)
    assert overlaps(ax) == [] and clipped(ax) == []


VOTES = load("figures/unga_agreement").query("country_a == 'PAK' and country_b == 'IRQ'")
SOURCES = load("sources")
CITED = load("event_sources").merge(SOURCES, on="source_id").merge(load("events")[["event_id", "earliest"]], on="event_id")
REPORTS = load("reports").merge(SOURCES[["source_id", "publisher"]], on="source_id")
REGIMES = load("figures/regimes").query("country in ('PAK', 'IRQ')")


# --- voices ------------------------------------------------------------------------------------


def test_voices_are_those_of_the_speakers_by_decade() -> None:
    counts = {(tile.voice.country, tile.voice.decade): tile.voice.citations for tile in parts(plot_voices(CITED), VoiceTile)}
    voice = CITED["speaker_country"].fillna(CITED["country"])
    decade = CITED["earliest"].dt.year // 10 * 10
    for code, name in (("PAK", "Pakistan"), ("IRQ", "Iraq"), ("USA", "United States")):
        for start in range(1940, 2030, 10):
            assert counts[name, start] == ((voice == code) & (decade == start)).sum(), (name, start)
    assert sum(counts.values()) == len(CITED)


def test_the_picked_countries_have_rows_even_without_a_voice() -> None:
    ax = plot_voices(pd.DataFrame({"country": ["USA", "USA"], "earliest": [1955, "1973-02"]}), title="Title")
    assert "Iraq: 0" in describe(ax, detail="full") and "Pakistan: 0" in describe(ax, detail="full")
    assert "2 citations, by whose voice it is and by decade, the 1950s to the 1970s." in describe(ax)
    assert "United States: 2 (1950s 1, 1970s 1)" in describe(ax, detail="full")
    assert "Most: United States 2, " in describe(ax)
    lies_well(ax)


def test_more_countries_than_rows_share_one() -> None:
    table = pd.DataFrame({"country": ["PAK", "IRQ", "IND", "IND", "EGY", "SWE", None], "earliest": [1955] * 7})
    ax = plot_voices(table, most=3)
    assert {"India", "2 other countries", "country not known"} <= set(words(ax)) and "Egypt" not in words(ax)
    assert "Egypt" in words(plot_voices(table.drop(5), most=3)), "a single one that is left keeps its name"
    lies_well(ax)


# --- reports and statements --------------------------------------------------------------------


def test_each_report_is_a_dot_at_its_number_with_who_counted() -> None:
    crowd = REPORTS[REPORTS["quantity"] == "marchers in Karachi on 2 March"]
    ax = plot_reports(crowd, title="Title")
    dots = parts(ax, SaidDot)
    assert sorted(dot.get_xdata()[0] for dot in dots) == sorted(crowd["low"])
    told = describe(ax, detail="full")
    assert all(f"{row.publisher}: {row.wording}" in told for row in crowd.itertuples())
    assert told.count("or more") == crowd["high"].isna().sum() + 1  # in the summary, too: the last
    lies_well(ax)


def test_a_report_without_a_number_is_there_in_words() -> None:
    ax = plot_reports(REPORTS[REPORTS["quantity"] == "submachine guns found"])
    (first, *_) = parts(ax, SaidText)
    assert first.get_text() == "no number"
    assert "2 of them have no number." in describe(ax)


@pytest.mark.parametrize("medium", ["page", "slide", "phone"])
def test_the_wording_of_a_report_is_whole_where_there_is_room(medium: Any) -> None:
    """Eleven reports of soldiers on a slide: their longest wording takes six tenths of it, and is not cut."""
    soldiers = load("reports").query("quantity.str.contains('soldiers') and unit == 'persons'")
    ax = plot_reports(soldiers, title="Title", medium=medium)
    written = [" ".join(text.get_text().split()) for text in ax.findobj(Text)]
    assert {wording for wording in soldiers["wording"]} <= set(written)
    assert "1,500 to 2,000" in written and "5,000" in written  # as in their wordings
    lies_well(ax)


def test_statements_are_on_their_days_and_the_first_is_filled() -> None:
    find = CITED[CITED["event_id"] == "embassy-arms-find-1973"]
    ax = plot_statements(find, title="Title")
    dots = parts(ax, SaidDot)
    dated = find["date"].dropna()
    assert len(dots) == len(dated) and len(parts(ax, SaidText)) == len(find) - len(dated)
    first = [dot for dot in dots if dot.said.first]
    assert {dot.get_xdata()[0] for dot in first} == {mdates.date2num(pd.Timestamp(dated.min()))}
    lies_well(ax)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["1973-02-11", "1973-02-15"], 1),
        (["1973-02-11", "1973-02"], 2),  # some day of February may be the tenth
        (["1973-02-11", "1973-03"], 1),
        (["1973-02-11", "1973-02-11"], 2),
        (["1973", "1973-02-11", "1974"], 2),
        (["1973-02-11", None], 1),
        (["../1990", "1973-02-11"], 2),
        (["1973/..", "1974"], 2),
    ],
)
def test_first_is_each_that_no_other_surely_comes_before(dates: list[str | None], first: int) -> None:
    ax = plot_statements(pd.DataFrame({"date": dates, "country": "PAK"}))
    assert sum(dot.said.first for dot in parts(ax, SaidDot)) == first
    assert ("May be the first" if first > 1 else "First:") in describe(ax)


def test_reports_stand_by_their_number_and_those_without_one_come_last() -> None:
    table = pd.DataFrame({"quantity": "q", "low": [None, 5, 3, 5], "high": [None, 9, 3, 5], "publisher": list("abcd")})
    entries = [line for line in describe(plot_reports(table), detail="full").splitlines() if line.startswith("- ")]
    assert [line.split(": ")[1] for line in entries] == ["c", "d", "b", "a"]


def test_one_voice_is_told_in_its_words_on_the_day_of_the_saying() -> None:
    """A report that counts nothing is dated by `as_of`; the date of its source may be later."""
    said = load("reports").merge(SOURCES, on="source_id").dropna(subset=["as_of"]).head(3)
    ax = plot_statements(said, date="as_of", title="Title")
    told = describe(ax, detail="full")
    assert all(row.wording in told for row in said.itertuples())
    with pytest.raises(ValueError, match="as_of: "):
        plot_statements(said.assign(as_of="soon"), date="as_of")
    lies_well(ax)


def test_a_coarse_date_is_a_bar_over_its_days() -> None:
    ax = plot_statements(pd.DataFrame({"date": ["2017-07", "2014-02-11"], "country": ["IRQ", "PAK"]}))
    bar = next(dot for dot in parts(ax, SaidDot) if dot.said.group == "Iraq")
    assert [mdates.num2date(x).strftime("%m-%d") for x in bar.get_xdata()] == ["07-01", "07-31"]


def test_statements_without_any_date_are_described_as_statements() -> None:
    text = describe(plot_statements(pd.DataFrame({"date": [None, ""], "country": ["PAK", "IRQ"]})))
    assert text == "2 statements: Pakistan 1 and Iraq 1. 2 of them have no date."


def test_words_in_place_of_a_dot_cover_no_dot_in_the_row_above() -> None:
    find = CITED[CITED["event_id"] == "embassy-arms-find-1973"]
    ax = plot_statements(find, title="Title", medium="slide")
    drawn(ax)
    papers = [text.get_bbox_patch().get_window_extent() for text in parts(ax, SaidText)]
    dots = [dot.get_window_extent().padded(2) for dot in parts(ax, SaidDot)]  # with its edge, and that of the paper
    assert papers and not [dot for dot in dots for paper in papers if meet(dot, paper)]


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ({"publisher": "Dawn", "author": "A. Writer", "title": "A report"}, "Dawn"),
        ({"publisher": None, "author": "A. Writer", "title": "A report"}, "A. Writer"),
        (
            {"author": None, "title": "[Undated report on a visit] (read in a copy: stored text)"},
            "Undated report on a visit",
        ),
        ({"title": "A report (whole)"}, "A report (whole)"),
        ({}, "some-identifier"),
    ],
)
def test_who_says_it_is_a_name_and_the_identifier_only_without_one(source: dict[str, Any], named: str) -> None:
    ax = plot_statements(pd.DataFrame([{"source_id": "some-identifier", "country": "PAK", "date": "2017", **source}]))
    assert named in words(ax) and (named == "some-identifier" or "some-identifier" not in describe(ax, detail="full"))


URDU = {
    "spans": lambda: helpers.plot_spans(
        pd.DataFrame({"label": ["عراق", "ترکی"], "start": ["1955~", "1955-02"], "end": ["1956-03~", None]}), title="مدتیں"
    ),
    "no spans": lambda: helpers.plot_spans(pd.DataFrame({"label": [], "start": [], "end": []})),
    "reports": lambda: plot_reports(
        pd.DataFrame({"quantity": ["سپاہی"] * 4, "low": [1, 2, None, None], "high": [None, 3, None, 4]}), title="رپورٹیں"
    ),
    "statements": lambda: plot_statements(pd.DataFrame({"country": ["PAK"], "date": [None]})),
    "counts": lambda: helpers.plot_timeline(
        pd.DataFrame({"date": ["1955", "1961-03"] * 151, "title": "واقعہ", "kind": "treaty"}), title="گنتی"
    ),
    "lanes": lambda: helpers.plot_timeline(load("events").head(9).assign(title="واقعہ"), lanes="kind"),
}


@pytest.mark.parametrize("name", URDU)
@pytest.mark.parametrize("language", ["ur", "ar"])
def test_a_figure_says_its_own_words_in_the_language_of_the_lesson(language: str, name: str) -> None:
    with speaking(language):
        ax = URDU[name]()
        drawn(ax)
        assert [text for text in words(ax) if re.search("[A-Za-z]{2}", text)] == []


# --- lines -------------------------------------------------------------------------------------


def test_lines_break_at_gaps_and_these_are_explained() -> None:
    ax = plot_lines(VOTES, "year", "agreement", gaps={(1995, 2003): "Iraq cast no vote"}, events={1955: "Baghdad Pact"})
    notes = {note.words: note.gap for note in parts(ax, EventNote)}
    assert notes == {"1995–2003: Iraq cast no vote": True, "1964: no value": True, "1955 Baghdad Pact": False}
    text = describe(ax)
    assert "Without a value: 1964: no value; 1995–2003: Iraq cast no vote. Named: 1955 Baghdad Pact." in text
    partly = plot_lines(VOTES, "year", "agreement", gaps={(1999, 2002): "no vote"})  # a part of the years is enough
    assert "1995–2003: no vote" in describe(partly)
    assert "63 points" in text and text.count("points") == 1, "neither dots nor poles of events are told as values"
    lies_well(ax)


@pytest.mark.parametrize(("lowest", "from_0"), [(49.0, True), (50.0, False), (-1.0, True)])
def test_values_that_reach_below_half_of_the_highest_are_drawn_from_0(lowest: float, from_0: bool) -> None:
    ax = plot_lines(pd.DataFrame({"year": [1955, 1956], "share": [lowest, 100.0]}), "year", "share")
    assert (ax.get_ylim()[0] <= 0) == from_0


def test_lines_are_named_at_their_ends_by_state() -> None:
    ax = plot_lines(REGIMES, "year", "polyarchy", by="country", between=("low", "high"), title="Title")
    assert {"Iraq", "Pakistan"} <= set(words(ax)) and ax.get_legend() is None
    assert "Iraq: 78 points" in describe(ax) and "Pakistan, interval: A band" in describe(ax)
    lies_well(ax)


def test_a_value_between_two_gaps_is_a_dot() -> None:
    ax = plot_lines(pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [1, None, 2, None, 3]}), "x", "y")
    assert ax.get_lines()[-1].get_markevery() == [0, 2, 4]


def test_names_of_lines_that_end_at_one_height_stay_in_the_axes() -> None:
    table = pd.DataFrame({"year": [1, 2] * 9, "value": [1, 2] * 9, "of": [f"line {k // 2}" for k in range(18)]})
    lies_well(plot_lines(table, "year", "value", by="of", title="Title"))


def test_reports_below_zero_and_of_years_lie_on_their_scale() -> None:
    for low, high, unit in ((-10, 2, "persons"), (1972, 1973, "year")):
        ax = plot_reports(pd.DataFrame({"quantity": ["a", "b"], "low": [low, high], "high": [low, high], "unit": unit}))
        assert str(low) in words(ax) and str(high) in words(ax)
        axis = ax.spines["bottom"].get_bounds()
        assert axis is not None and axis[0] <= low < high <= axis[1]
        lies_well(ax)


NAMES = st.text(alphabet="abc ", min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(1950, 2020), NAMES, max_size=8))
def test_no_words_of_an_event_cover_others_or_a_pole(events: dict[int, str]) -> None:
    notes = [Note(year, f"{year} {text.strip()}") for year, text in sorted(events.items())]
    flags = flagged(notes, lambda year: (year - 1950) * 8.0, 600.0, 8.5)
    boxes = []
    for flag in flags:
        wide = max(text_width(line, 8.5) for line in flag.lines)
        left = flag.x - wide if flag.right else flag.x
        boxes.append((left, left + wide, flag.base, flag.top))
    for k, (left, right, base, top) in enumerate(boxes):
        for j, other in enumerate(boxes):
            if j != k:
                apart = right <= other[0] or other[1] <= left or top <= other[2] or other[3] <= base
                assert apart, (notes[k], notes[j])
                crossed = left < flags[j].x < right and flags[j].base >= top
                assert not crossed, (notes[k], notes[j])


# --- places ------------------------------------------------------------------------------------


def test_every_place_of_the_course_is_named_free_of_others() -> None:
    places = load("places")
    ax = plot_places(places, title="Title")
    assert sorted(dot.place.name for dot in parts(ax, PlaceDot)) == sorted(places["place"])
    assert all(dot.place.named for dot in parts(ax, PlaceDot))
    lies_well(ax)
    dots = [dot.get_window_extent() for dot in parts(ax, PlaceDot)]
    names = [text for text in texts_of(ax) if text.get_text() in set(places["place"])]
    assert len(names) == len(places)
    assert not [text.get_text() for text in names for dot in dots if meet(box(text), dot, 2)]


@pytest.mark.parametrize("medium", ["page", "slide", "phone"])
def test_no_name_stands_at_another_place_than_its_own(medium: Medium) -> None:
    """On a phone "Samarra" stood beside Baghdad."""
    ax = plot_places(load("places"), medium=medium)
    drawn(ax)
    dots = {dot.place.name: dot.get_window_extent() for dot in parts(ax, PlaceDot)}
    boxes = {text.get_text(): box(text) for text in texts_of(ax) if text.get_text() in dots}
    lines = [line.get_window_extent() for line in ax.get_lines() if line.get_linewidth() == 0.7]
    assert len(boxes) == len(dots)
    for name, place in boxes.items():
        near = min(dots, key=lambda other: gap(dots[other], place))
        assert near == name or any(meet(line.padded(4), place) and meet(line.padded(1), dots[name]) for line in lines)


def gap(one: Bbox, other: Bbox) -> float:
    """The distance of two boxes."""
    across, up = (
        max(0.0, getattr(one, low) - getattr(other, high), getattr(other, low) - getattr(one, high))
        for low, high in (("x0", "x1"), ("y0", "y1"))
    )
    return float(np.hypot(across, up))


def test_a_map_has_no_fills_and_no_words_but_names_the_gulf_and_the_scale() -> None:
    places = load("places")
    ax = plot_places(places)
    assert list(ax.patches) == [] and list(ax.collections) == []
    assert set(words(ax)) == {*places["place"], "the Gulf", "500 km"}


def test_the_scale_is_true() -> None:
    ax = plot_places(load("places"))
    (bar,) = [line for line in ax.get_lines() if line.get_linewidth() == 1.4]
    drawn(ax)
    (x0, y0), (x1, _) = ax.transData.transform(bar.get_xydata())
    up = ax.transData.transform((0, 1))[1] - ax.transData.transform((0, 0))[1]
    assert (x1 - x0) / up * 111.2 == pytest.approx(500, rel=0.01) and y0 > 0


def test_a_map_beyond_the_known_coast_claims_none() -> None:
    ax = plot_places(pd.DataFrame({"place": ["London"], "latitude": [51.5], "longitude": [-0.1]}))
    assert describe(ax) == "A map of 1 place, without borders."
    south = pd.DataFrame({"place": ["B", "C", "A"], "latitude": [2.0, -3.0, 1.0], "longitude": [-5.0, 30.0, -70.0]})
    told = describe(plot_places(south), detail="full")
    assert "From west to east: A, B and C." in told and "C: 3.0° south, 30.0° east" in told and "5.0° west" in told
    assert "and the coast" in describe(plot_places(load("places")))


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 0), (0, 180), (0, -180)])
def test_the_edges_of_the_globe_are_places_and_beyond_them_are_none(latitude: int, longitude: int) -> None:
    edge = pd.DataFrame({"place": ["Edge"], "latitude": [latitude], "longitude": [longitude]})
    assert [dot.place.name for dot in parts(plot_places(edge), PlaceDot)] == ["Edge"]
    what = "latitude" if latitude else "longitude"
    with pytest.raises(ValueError, match=f"Row 0 \\(Edge\\): {what} is .* degrees from -"):
        plot_places(edge.assign(**{what: edge[what] * 1.01}))


def test_one_place_and_many_at_one_point_are_drawn() -> None:
    one = pd.DataFrame({"place": ["Baghdad"], "latitude": [33.34], "longitude": [44.4]})
    lies_well(plot_places(one))
    many = pd.concat([one.assign(place=f"Place with a long name {k}") for k in range(40)], ignore_index=True)
    ax = plot_places(many)
    assert "Not named in the picture, for want of room:" in describe(ax)
    lies_well(ax)


# --- all ---------------------------------------------------------------------------------------

FRAMES: dict[str, tuple[Callable[..., Axes], pd.DataFrame, tuple[str, ...]]] = {
    "voices": (plot_voices, CITED, ()),
    "reports": (plot_reports, REPORTS[REPORTS["unit"] == "guns"], ()),
    "statements": (plot_statements, CITED.head(4), ()),
    "lines": (plot_lines, VOTES, ("year", "agreement")),
    "places": (plot_places, load("places"), ()),
}
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("voices", {"earliest": None}, "has no day in 'earliest'"),
    ("voices", {"earliest": "soon"}, "earliest: "),
    ("reports", {"quantity": None}, "the quantity is"),
    ("reports", {"low": 9.0, "high": 3.0}, r"low \(9\) is more than high \(3\)"),
    ("reports", {"low": "many"}, "low is 'many'"),
    ("statements", {"date": "soon"}, "date: "),
    ("lines", {"agreement": "high"}, "agreement is 'high'"),
    ("lines", {"agreement": float("inf")}, "agreement is inf"),
    ("lines", {"year": None}, "has nothing in 'year'"),
    ("lines", {"year": 1955}, "values for 1955"),
    ("places", {"latitude": 91.0}, "latitude is 91.0"),
    ("places", {"place": None}, "the place is None"),
]


@pytest.mark.parametrize("name", FRAMES)
def test_all_take_axes_and_an_empty_table(name: str) -> None:
    plot, table, needed = FRAMES[name]
    _, ax = plt.subplots(figsize=(9, 5))
    assert plot(table, *needed, ax=ax) is ax
    assert describe(plot(table.head(0), *needed)).startswith("No ")


@pytest.mark.parametrize("name", FRAMES)
def test_all_refuse_what_is_not_one_pair_of_axes(name: str) -> None:
    plot, table, needed = FRAMES[name]
    figure, both = plt.subplots(1, 2)
    for taken, advice in ((both, r"Take one of them, such as ax\[0\]"), (figure, "got Figure"), (list(both), "ax\\[0\\]")):
        for rows in (table, table.head(0)):
            with pytest.raises(TypeError, match=f"one pair of axes.*{advice}"):
                plot(rows, *needed, ax=taken)


@pytest.mark.parametrize("name", FRAMES)
def test_all_refuse_what_is_no_table_or_lacks_a_column(name: str) -> None:
    plot, table, needed = FRAMES[name]
    with pytest.raises(TypeError, match="needs a table"):
        plot(table.to_numpy(), *needed)
    with pytest.raises(ValueError, match="has no column"):
        plot(table.iloc[:, :0], *needed)


@pytest.mark.parametrize(("name", "change", "problem"), CASES)
def test_a_value_that_cannot_be_drawn_is_named_with_its_row(name: str, change: dict[str, Any], problem: str) -> None:
    plot, table, needed = FRAMES[name]
    with pytest.raises(ValueError, match=problem):
        plot(table.astype("object").assign(**change), *needed)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"events": {1900: "early"}}, "1900 is no year from 1947 to 2019"),
        ({"events": {"1955": "Pact"}}, "'1955' is no year"),
        ({"gaps": {1995: "no vote"}}, r"1995 are not a first and a last year"),
        ({"gaps": {(2003, 1995): "no vote"}}, r"as \(1995, 2003\)"),
    ],
)
def test_events_and_gaps_outside_the_lines_are_refused(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        plot_lines(VOTES, "year", "agreement", **options)


def test_reports_in_several_units_are_refused() -> None:
    with pytest.raises(ValueError, match="several units"):
        plot_reports(REPORTS)


# --- every medium ------------------------------------------------------------------------------

NAMED = {1955: "Baghdad Pact", 1958: "Iraq's monarchy falls", 1973: "arms in the embassy", 1990: "Iraq invades Kuwait"}
CHARTS: dict[str, Callable[..., Axes]] = {
    "claims": lambda **more: plot_claims(load("claims"), title="Claims", **more),
    "verdicts": lambda **more: plot_claims(load("claims"), verdicts=True, title="Claims", **more),
    "voices": lambda **more: plot_voices(CITED, title="Voices", **more),
    "reports": lambda **more: plot_reports(REPORTS[REPORTS["event_id"] == "anti-war-rallies-2003"], title="Crowds", **more),
    "statements": lambda **more: plot_statements(CITED[CITED["event_id"] == "embassy-arms-find-1973"], title="Said", **more),
    "lines": lambda **more: plot_lines(VOTES, "year", "agreement", events=NAMED, title="Votes", **more),
    "places": lambda **more: plot_places(load("places"), title="Places", **more),
}


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_form_for_each_medium(name: str, medium: str) -> None:
    """Whole, and in letters that can be read there: on a telephone, 390 dots wide, nine dots high."""
    ax = CHARTS[name](medium=medium)
    lies_well(ax)
    figure = ax.get_figure(root=True)
    assert figure is not None and figure.get_figwidth() == pytest.approx(MEDIA[medium].width)
    least = min(text.get_fontsize() for text in texts_of(ax))
    assert least >= (6.5 if medium == "phone" else LETTERS)
    if medium != "phone" and name != "reports":  # of 23 reports a slide has no room for all
        assert figure.get_figheight() == pytest.approx(MEDIA[medium].height)
    if medium == "slide" and name != "reports":
        assert least >= 0.03 * MEDIA[medium].height * 72
    assert describe(ax) == describe(CHARTS[name]())


@pytest.mark.parametrize("name", sorted(name for name in helpers.__all__ if name.startswith("plot_")))
def test_every_plotting_function_takes_a_medium(name: str) -> None:
    assert inspect.signature(getattr(helpers, name)).parameters["medium"].default == "page"


@pytest.mark.parametrize("name", CHARTS)
def test_a_medium_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"medium is 'postcard'. Allowed are: page, slide, phone, poster"):
        CHARTS[name](medium="postcard")
    with pytest.raises(ValueError, match=r"ax has one already"):
        CHARTS[name](medium="slide", ax=plt.figure().add_subplot())
