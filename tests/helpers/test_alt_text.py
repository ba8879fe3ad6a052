"""Figures in words: read back from what was drawn, in sentences, with correct numbers."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from helpers import describe, load, plot_spans, plot_timeline
from helpers.description.describe import alt_text
from helpers.description.timelines import _picked, _stretch, _tally
from tests.support.figures import close_all, marks_of


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return load("events")


PACT = pd.DataFrame(
    {
        "event_id": ["pact", "join", "coup", "front"],
        "date": ["1955-02-24", "1955-09-23", "1958-07", "1964?"],
        "title": ["Iraq and Turkey sign the Baghdad Pact", "Pakistan joins", "A coup", "A front is founded"],
        "kind": ["treaty", "treaty", "regime-change", "security"],
        "effect": ["cooperative", "cooperative", "conflictual", "none"],
    }
)


# --- timelines ---------------------------------------------------------------------------------


def test_a_timeline_is_summed_up_in_short_sentences() -> None:
    assert describe(plot_timeline(PACT, title="The pact", eras=True)) == (
        "The pact. "
        "A timeline of 4 events: the first is dated 24 February 1955, the last 1964 (uncertain). "
        "Era: The Baghdad Pact (1955–1967). "
        "By kind: 2 treaty, 1 regime-change, 1 security. "
        "By effect on the two governments: 2 cooperative, 1 conflictual, 1 none. "
        "2 of 4 dates are not exact to the day: July 1958 and 1964 (uncertain). "
        "The table is our selection: these are counts of our choice, not of history."
    )


def test_the_full_description_lists_every_event_in_order() -> None:
    lines = describe(plot_timeline(PACT.iloc[::-1]), detail="full").splitlines()
    assert [line for line in lines if line.startswith("- ")] == [
        "- 24 February 1955: Iraq and Turkey sign the Baghdad Pact (treaty; cooperative)",
        "- 23 September 1955: Pakistan joins (treaty; cooperative)",
        "- July 1958: A coup (regime-change; conflictual)",
        "- 1964 (uncertain): A front is founded (security; no effect between the two governments)",
    ]


def test_one_event_is_spoken_of_in_the_singular() -> None:
    words = describe(plot_timeline(PACT.head(1)))
    assert "A timeline of 1 event: 24 February 1955: Iraq and Turkey sign the Baghdad Pact" in words
    assert "All dates are known to the day." not in words and "Its date is known to the day." in words
    assert "1 events" not in words and "1 dates" not in words


def test_exact_dates_are_said_to_be_exact() -> None:
    rows = pd.DataFrame({"date": ["1955-02-24", "2021-02-24/2021-02-27"], "title": ["A", "B"]})
    assert "All dates are known to the day." in describe(plot_timeline(rows))


def test_many_inexact_dates_are_counted(events: pd.DataFrame) -> None:
    text = events["date"]
    exact = text.str.fullmatch(r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?")
    about, doubtful = text.str.contains("[~%]"), text.str.contains("[?%]")
    assert (
        f"{(~exact).sum()} of {len(events)} dates are not exact to the day "
        f"({about.sum()} marked ~, about; {doubtful.sum()} marked ?, uncertain)."
    ) in describe(plot_timeline(events))


def test_all_events_are_counted_as_in_the_table(events: pd.DataFrame) -> None:
    words = describe(plot_timeline(events), detail="full")
    for column in ("kind", "effect"):
        for value, count in events[column].value_counts().items():
            if count:
                assert f"{count} {value}" in words
    listed = [line for line in words.splitlines() if line.startswith("- ")]
    assert len(listed) == len(events)
    for line, title in zip(listed, events["title"], strict=True):
        assert title in line


def test_the_words_are_read_from_what_was_drawn() -> None:
    """Take a mark away, and its event is gone from the words."""
    ax = plot_timeline(PACT)
    next(mark for mark in marks_of(ax) if mark.event.event_id == "coup").remove()
    words = describe(ax, detail="full")
    assert "A timeline of 3 events" in words and "A coup" not in words and "regime-change" not in words


def test_an_event_counts_for_the_era_in_which_it_begins() -> None:
    rows = pd.DataFrame({"date": ["1977~/2003-04", "1980"], "title": ["Limits", "War"]})
    assert "Eras: The rupture of 1973 (1968–1978) and Two wars (1979–1991)." in describe(plot_timeline(rows, eras=True))
    assert "Era" not in describe(plot_timeline(rows))


def test_only_the_course_s_own_events_are_called_our_selection() -> None:
    assert "our selection" in describe(plot_timeline(PACT))
    words = describe(plot_timeline(PACT.drop(columns="event_id")))
    assert "our selection" not in words and "Era" not in words


def test_the_densest_stretch_is_named(events: pd.DataFrame) -> None:
    words = describe(plot_timeline(events))
    years = pd.Series([mdates.num2date(mark.get_xdata()[0]).year for mark in marks_of(plot_timeline(events))])
    counts = {year: int(years.between(year, year + 2).sum()) for year in range(1947, 2027)}
    first = max(counts, key=lambda year: counts[year])
    assert f"The densest stretch is {first}–{first + 2}, with {counts[first]} events." in words


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["1950", "1954", "1955-02-01", "1955-06", "1955-09-23", "1960"], "1955, with 3 "),
        (["2021-01-03", "2021-02-01", "2021-02-05", "2021-02-07", "2021-03-01", "2021-04-01"], "February 2021, with 3 "),
        (["1947", "1970", "1971", "1971-05-01", "1990", "2000"], "1970–1971, with 3 "),  # empty years at its ends are cut
    ],
)
def test_the_densest_stretch_is_as_long_as_the_time_shown_makes_sensible(days: list[str], expected: str) -> None:
    rows = pd.DataFrame({"date": days, "title": "Something"})
    assert f"The densest stretch is {expected}events." in describe(plot_timeline(rows))


def test_where_no_stretch_is_densest_none_is_named() -> None:
    even = pd.DataFrame({"date": [str(year) for year in range(1950, 1990, 4)], "title": "Something"})
    assert "densest" not in describe(plot_timeline(even))
    assert "densest" not in describe(plot_timeline(PACT))  # too few
    pair = pd.DataFrame({"date": ["1950", "1954", "1955-02-01", "1955-09-23", "1958", "1961"], "title": "Something"})
    assert "densest" not in describe(plot_timeline(pair))  # two events are no crowd


def test_events_that_are_picked_out_are_said_to_be() -> None:
    words = describe(plot_timeline(PACT, highlight=["coup"]), detail="full")
    assert "1 of 4 events is picked out in full colour; the others are grey, without a title." in words
    assert "- July 1958: A coup (regime-change; conflictual; picked out)" in words and words.count("picked out") == 2
    none = describe(plot_timeline(PACT, highlight=[]))
    assert "None of 4 events are picked out" in none and "The marks carry no titles" not in none
    assert "picked out" not in describe(plot_timeline(PACT))


def test_lanes_are_counted_and_an_event_in_several_is_listed_once() -> None:
    rows = PACT.assign(actors=["Iraq; Turkey", "Pakistan; Iraq", "Iraq", "Pakistan"])
    words = describe(plot_timeline(rows, lanes="actor"), detail="full")
    assert "In lanes, from top to bottom: Iraq 3, Pakistan 2 and Turkey 1; an event may stand in several." in words
    assert "A timeline of 4 events" in words and sum(line.startswith("- ") for line in words.splitlines()) == 4


def test_counted_events_are_told_bin_by_bin_and_none_is_left_out() -> None:
    many = pd.DataFrame(
        {"date": [f"{1950 + i % 40}-03-01" for i in range(400)], "title": "x", "kind": ["treaty", "society"] * 200}
    )
    words = describe(plot_timeline(many), detail="full")
    assert "A timeline of 400 events" in words and "None is left out." in words and "200 society, 200 treaty" in words
    entries = [line for line in words.splitlines() if line.startswith("- ")]
    assert sum(int(entry.split(": ")[1].split(" ")[0]) for entry in entries) == 400
    assert "- 1950: 10 events (treaty 10)" in entries or any(entry.startswith("- 1950–") for entry in entries)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (("1950-01-01", "1951-12-31"), "1950–1951"),
        (("1950-01-01", "1950-12-31"), "1950"),
        (("1950-01-01", "1950-03-31"), "January–March 1950"),
        (("1950-02-01", "1950-02-28"), "February 1950"),
        (("1950-02-01", "1950-02-01"), "1 February 1950"),
    ],
)
def test_a_bin_is_named_as_a_reader_would(ends: tuple[str, str], expected: str) -> None:
    assert _stretch(*ends) == expected


def test_an_era_without_room_for_its_name_is_said_to_be_so(events: pd.DataFrame) -> None:
    _, ax = plt.subplots(figsize=(3, 2))
    words = describe(plot_timeline(events.iloc[::12], ax=ax))
    assert "For the names of these eras there was no room: " in words
    assert "no room" not in describe(plot_timeline(events.iloc[::12]))


def test_missing_titles_and_numbers_are_mentioned() -> None:
    assert "The marks carry no titles." in describe(plot_timeline(PACT, labels=False))
    assert "The mark carries no title." in describe(plot_timeline(PACT.head(1), labels=False))
    assert "titles" not in describe(plot_timeline(PACT))


def test_an_empty_timeline_says_so() -> None:
    assert describe(plot_timeline(PACT.head(0), title="Nothing")) == "Nothing. No events to show."


# --- other charts ------------------------------------------------------------------------------


def test_a_line_is_told_by_its_ends_and_extremes() -> None:
    _, ax = plt.subplots()
    ax.plot([1950, 1960, 1970, 1980, 1990], [2, 9, 4, np.nan, 5.5], label="Trade")
    ax.set(title="Trade of the two", xlabel="Year", ylabel="Million US dollars")
    assert describe(ax) == (
        "Trade of the two. Across: Year. Upwards: Million US dollars. Trade: 4 points, from 2 (1950) to 5.5 (1990); "
        "highest 9 (1960), lowest 2 (1950). 1 value is missing."
    )
    assert "- Trade: 1970: 4" in describe(ax, detail="full").splitlines()


def test_a_line_between_0_and_1_is_data_and_a_line_across_is_not() -> None:
    """There, the axes' own measure and that of the data are the same."""
    _, ax = plt.subplots()
    ax.plot([0, 1], [0.25, 0.75], label="Share")
    ax.axhline(0.5, label="Half")
    ax.axvline(0.5, label="Middle")
    ax.set(xlim=(0, 1), ylim=(0, 1))
    assert describe(ax) == "Share: 2 points: 0.25 (0) and 0.75 (1)."


def test_a_line_over_dates_speaks_of_days() -> None:
    _, ax = plt.subplots()
    ax.plot(pd.to_datetime(["1955-02-24", "1955-09-23", "1956-01-01", "1957-01-01"]), [1, 2, 3, 4])
    assert "from 1 (24 February 1955) to 4 (1 January 1957)" in describe(ax)


def test_a_time_series_of_pandas_speaks_of_its_periods() -> None:
    _, ax = plt.subplots()
    pd.Series([1.0, 2.0, 3.0, 4.0], index=pd.date_range("1950-01-01", periods=4, freq="YS")).plot(ax=ax)
    assert "from 1 (1950) to 4 (1953)" in describe(ax)


@pytest.mark.parametrize("horizontal", [False, True])
@pytest.mark.parametrize("by_pandas", [False, True])
def test_bars_are_told_by_their_names(horizontal: bool, by_pandas: bool) -> None:
    _, ax = plt.subplots()
    values = pd.Series([3, 1, 7, 2], index=["IRQ", "IRN", "SAU", "TUR"])
    if by_pandas:
        values.plot.barh(ax=ax) if horizontal else values.plot.bar(ax=ax)
    else:
        (ax.barh if horizontal else ax.bar)(values.index, values)
    assert "4 bars, from 3 (IRQ) to 2 (TUR); highest 7 (SAU), lowest 1 (IRN)." in describe(ax)


def test_error_bars_and_ranges_are_told_by_their_ends() -> None:
    _, ax = plt.subplots()
    ax.errorbar(["Pew", "Gallup"], [40, 60], yerr=[3, 5], fmt="o", capsize=3, label="Approve")
    assert "2 ranges: Pew: from 37 to 43; Gallup: from 55 to 65." in describe(ax)
    assert "2 points: 40 (Pew) and 60 (Gallup)" in describe(ax) and describe(ax).count("2 points") == 1  # caps are no data
    _, ax = plt.subplots()
    ax.hlines(["Dawn", "BBC"], [300, 200], [350, 500])
    assert "2 ranges: Dawn: from 300 to 350; BBC: from 200 to 500." in describe(ax)
    _, ax = plt.subplots()
    ax.fill_between([1990, 1991], [1, 2], [5, 9])
    assert "A band, 1990 to 1991: between 1 and 9." in describe(ax)


def test_lines_across_the_axes_are_no_data() -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2, 3, 4], [1, 2, 3, 4])
    ax.axhline(2)
    ax.axvline(2)
    assert describe(ax).count("point") == 1


def test_panels_are_described_one_after_the_other(events: pd.DataFrame) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(16, 5))
    figure.suptitle("Two views")
    plot_timeline(PACT, ax=left)
    right.bar(["a", "b"], [1, 2])
    lines = describe(figure).splitlines()
    assert lines[0] == "Two views. The figure has 2 panels."
    assert lines[1].startswith("Panel 1: A timeline of 4 events") and lines[2].startswith("Panel 2: 2 bars")


def test_empty_figures_and_axes() -> None:
    assert describe(plt.figure()) == "The figure is empty."
    _, ax = plt.subplots()
    assert describe(ax) == "Nothing is drawn."


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(TypeError, match="DataFrame"):
        describe(PACT)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"'long'.*'summary' and 'full'"):
        describe(plot_timeline(PACT), detail="long")  # type: ignore[arg-type]


# --- alt texts -----------------------------------------------------------------------------------


def test_the_alternative_text_is_short_and_made_of_whole_sentences(events: pd.DataFrame) -> None:
    for some in (events, events.head(12), events.head(1), events.head(0), events[events["era_id"] == "the-street"]):
        ax = plot_timeline(some, title="A figure of the course")
        text, summary = alt_text(ax), describe(ax)
        assert 0 < len(text) <= 250
        assert text.endswith(".")
        assert summary.startswith(text[:40])
        for sentence in text.split(". "):
            assert sentence.rstrip(".") in summary


def test_an_alternative_text_uses_its_room(events: pd.DataFrame) -> None:
    """A sentence that is too long (the nine eras) doesn't keep out a shorter one that follows."""
    text = alt_text(plot_timeline(events))
    assert "Eras" not in text and "By kind: " in text


def test_a_long_title_is_cut_between_words() -> None:
    _, ax = plt.subplots()
    ax.set_title("lesson " * 80)
    text = alt_text(ax)
    assert len(text) <= 250 and text.endswith(" lesson.") and set(text[:-1].split()) == {"lesson"}


# --- spans -------------------------------------------------------------------------------------


def test_spans_of_one_name_are_told_apart_and_many_are_counted() -> None:
    rows = [
        ("Iraq", "1955", "1959", "Pact"),
        ("Iraq", "1975-01-01", "..", "Conference"),
        ("War", "1980-09-22", "1988-08-20", ""),
    ]
    ax = plot_spans(pd.DataFrame(rows, columns=["label", "start", "end", "group"]))
    assert "Open at an end: Iraq (Conference). Not exact to the day: Iraq (Pact)." in describe(ax)
    years = pd.DataFrame({"label": [f"Term {i}" for i in range(9)], "start": "1957", "end": "1958"})
    assert "Not exact to the day: 9 of 9." in describe(plot_spans(years))


def test_ranges_without_length_are_told_as_one_number_by_name() -> None:
    _, ax = plt.subplots()
    ax.hlines(["Ashura", "Arbaeen"], [150, 160], [150, 160])
    words = describe(ax, detail="full")
    assert "Ashura: 150" in words and "Arbaeen: 160" in words and "from 150 to 150" not in words
    plt.close("all")


def test_an_alternative_text_goes_on_after_a_full_stop_before_a_number() -> None:
    _, ax = plt.subplots()
    ax.hlines(["sent", "promised"], [2, 5], [6, 10])
    ax.set_title("Numbers of soldiers.")
    assert "2 ranges" in alt_text(ax)
    plt.close("all")


def test_ticks_may_be_named_with_numbers() -> None:
    _, ax = plt.subplots()
    ax.plot([1, 2], [3, 4])
    ax.set_xticks([1, 2], [1950, 1960])
    assert "3 (1950) and 4 (1960)" in describe(ax)


def test_bars_side_by_side_keep_the_name_of_their_category() -> None:
    _, ax = plt.subplots()
    pd.DataFrame({"treaty": [4, 5], "conflict": [1, 2]}, index=["1950s", "1960s"]).plot.bar(ax=ax)
    assert "treaty: 2 bars: 4 (1950s) and 5 (1960s)" in describe(ax)
    assert "conflict: 2 bars: 1 (1950s) and 2 (1960s)" in describe(ax)


def test_what_is_counted_begins_with_the_most_and_goes_on_by_the_alphabet() -> None:
    assert _tally(["war", "treaty", "", "war", "coup"]) == "2 war, 1 coup, 1 treaty"


@pytest.mark.parametrize(
    ("muted", "bars", "words"),
    [
        ((True, True), True, "None of 2 events are picked out: the darker part of each bar."),
        ((True, False), True, "1 of 2 events is picked out: the darker part of each bar."),
        ((True, True), False, "None of 2 events are picked out in full colour; the others are grey, without a title."),
        ((True, False), False, "1 of 2 events is picked out in full colour; the others are grey, without a title."),
    ],
)
def test_what_is_picked_out_is_counted(muted: tuple[bool, ...], bars: bool, words: str) -> None:
    assert _picked([SimpleNamespace(muted=one) for one in muted], bars=bars) == [words]  # type: ignore[misc]


def test_axes_that_are_hidden_are_not_described() -> None:
    figure, (shown, hidden) = plt.subplots(2)
    shown.bar(["a"], [1])
    hidden.bar(["b"], [2])
    hidden.set_visible(False)
    assert describe(figure) == describe(shown)
