"""What the exercises of lesson 08 accept, and the file in which a student's forecasts are locked."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from .. import edtf
from ..data import load
from ..description.sentences import count_of
from ..edtf_hints import advice
from ..output import Page, put
from .answers import as_date, as_number, fold, holds_dots, is_missing, kind_of, quoted, words_of
from .feedback import Exercise
from .hints import decision_hint, read_date, two_whole_numbers
from .tables import event_row, events_drawn, own_columns, sources_of

FIRST_VISIT, SECOND_VISIT = "jalal-visits-baghdad-2021", "enad-visits-pakistan-2021"
TALKS_2019 = "iraqi-defence-official-rawalpindi-2019"
ARTICLE, COLUMN = "article-new-chapter-published", "karim-2021"
FIRST_DAY = "2014-01-01"
COLUMNS = ["forecast", "criterion", "deadline"]
LOCKED_ON = "locked_on"
MIN_ROWS, MIN_WORDS = 2, 8
EXAMPLE = (  # of the lesson: a test compares
    "It will soon rain in Karachi.",
    "The weather office reports one millimetre of rain or more, at the airport, within one day.",
)
# Ways to write a day or a month that can be read in one way only.
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%d. %B %Y", "%d %b %Y", "%B %d, %Y", "%B %d %Y", "%b %d, %Y")
EXAMPLE_DAY = "2023-12-31"
MONTHS = ("%B %Y", "%b %Y", "%Y/%m", "%Y-%m")
FILE = "my_forecasts.csv"


# --- a student's forecasts, in a file -----------------------------------------------------------


def lock(forecasts: Any, path: str | Path = FILE) -> None:
    """Write forecasts into a file, each with the day on which it was locked.

    A locked row is never changed or removed: a forecast that is rewritten is added beneath, with its own day. The file is
    written under another name first and then renamed, so that it is whole at every moment.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        At least two rows, with the columns ``forecast``, ``criterion`` and ``deadline``, as exercise 08.2 asks for them.
        Three dots, or a table that is not ready, are not written.
    path : str or pathlib.Path, default "my_forecasts.csv"
        Where to write; by default beside the notebook.

    Returns
    -------
    None
        A line on the page says what was done.
    """
    put(_line(_lock(forecasts, Path(path))))


def locked(path: str | Path = FILE) -> pd.DataFrame:
    """Return the forecasts that are locked.

    Parameters
    ----------
    path : str or pathlib.Path, default "my_forecasts.csv"
        The file.

    Returns
    -------
    pandas.DataFrame
        The columns ``forecast``, ``criterion``, ``deadline`` and ``locked_on``, all text. No rows if there is no file.

    Raises
    ------
    ValueError
        If the file is not one that `lock` has written.
    """
    columns = [*COLUMNS, LOCKED_ON]
    if not Path(path).exists():
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError):
        table = pd.DataFrame()
    if list(table.columns) != columns:
        raise ValueError(f"{Path(path).name} does not look like a file of locked forecasts. Give it another name.")
    return table


def _lock(forecasts: Any, path: Path) -> str:
    if holds_dots(forecasts):
        return "Nothing is locked yet: my_forecasts still holds three dots."
    mine = _read(forecasts)
    if isinstance(mine, str):
        return f"Nothing is locked. {mine}"
    try:
        old = locked(path)
    except ValueError as problem:
        return f"Nothing is locked. {problem}"
    known = set(old[COLUMNS].itertuples(index=False, name=None))
    new = mine[[row not in known for row in mine.itertuples(index=False, name=None)]]
    if new.empty:
        return f"These forecasts are locked already. {path.name} was not changed."
    table = pd.concat([old, new.assign(**{LOCKED_ON: date.today().isoformat()})], ignore_index=True)
    try:
        _write(table, path)
    except OSError as problem:
        return f"Nothing is locked: {path.name} could not be written ({problem}). Is it open in another program?"
    return f"Locked. {path.name} holds {len(table)} forecasts, {len(new)} of them new, with today's date."


def _write(table: pd.DataFrame, path: Path) -> None:
    temporary = path.with_name(f"{path.stem}_new{path.suffix}")
    try:
        table.to_csv(temporary, index=False, encoding="utf-8", lineterminator="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _line(words: str) -> Page:
    return Page(f"<p>{escape(words)}</p>", words)


# --- the exercises ------------------------------------------------------------------------------


def _days_between(answer: Any) -> str:
    read = two_whole_numbers(answer)
    if isinstance(read, str):
        return read
    first, second = event_row(FIRST_VISIT), event_row(SECOND_VISIT)
    right = [int((second["earliest"] - first[end]).days) for end in ("latest", "earliest")]
    given = list(read)
    if given == right:
        return ""
    if given == right[::-1]:
        return "The numbers are right. Write the smaller one first."
    if given == [number + 1 for number in right]:
        return "This counts both the first and the last day. Count the steps from one day to the next."
    if len(set(given) & set(right)) == 1:
        return "One of the two is right. From which of her days does the other one run, and to which of his?"
    return "Count again: from her last day, then from her first day, each time to the day on which he came."


def _forecasts(answer: Any) -> str:
    """Whether the form is right: what is forecast is for the student to choose."""
    read = _read(answer)
    return read if isinstance(read, str) else ""


def _read(answer: Any) -> pd.DataFrame | str:
    """The forecasts as they are accepted and locked, each once, as text; a hint if they are not ready."""
    if not isinstance(answer, pd.DataFrame):
        return f"A table is asked for, but this is {kind_of(answer)}. Make one with pd.DataFrame, as in the example."
    table = own_columns(answer, COLUMNS)
    if isinstance(table, str):
        return f"The table {table}"
    rows = []
    for number, (forecast, criterion, deadline) in enumerate(table.itertuples(index=False, name=None)):
        when = _deadline(deadline)
        hint = _texts_hint(forecast, criterion) or (when if isinstance(when, str) else "")
        if hint:
            return f"Look at row {number} (the first is row 0): {hint}"
        assert isinstance(when, edtf.EdtfDate)
        rows.append((forecast.strip(), criterion.strip(), when.text))
    mine = pd.DataFrame(rows, columns=COLUMNS).drop_duplicates()
    if len(mine) < MIN_ROWS:
        same = " The others repeat it." if len(rows) > len(mine) else ""
        return f"The table has {count_of(len(mine), 'forecast')}.{same} Write at least two."
    return mine


def _texts_hint(forecast: Any, criterion: Any) -> str:
    for name, text in {"forecast": forecast, "criterion": criterion}.items():
        if is_missing(text) or (isinstance(text, str) and not words_of(text)):
            return f"the {name} is still empty."
        if not isinstance(text, str):
            return f"the {name} is a string, but here it is {kind_of(text)}."
    if fold(forecast) == fold(EXAMPLE[0]) or fold(criterion) == fold(EXAMPLE[1]):
        return "this is our example. Write a forecast of your own, on paragraph 11 or 12."
    if fold(criterion) in {fold(text) for text in load("forecasts")["criterion"]}:
        return "this criterion is one of the course's own. Write yours first; lesson 09 compares them."
    words = len(words_of(criterion))
    if words < MIN_WORDS:
        return (
            f"the criterion has {count_of(words, 'word')}. Say who would do what, and who would report it, in at least "
            f"{MIN_WORDS}."
        )
    return ""


def _deadline(value: Any) -> edtf.EdtfDate | str:
    """A deadline, read; a hint if it is none."""
    if is_missing(value):
        return "the deadline is missing. Write a date: year, month, day."
    if isinstance(value, bool) or as_number(value) is not None:  # 2023-12-31 without quotation marks is 1980
        return "the deadline is a date, written as a string: put quotation marks round it."
    when = _date_of(value)
    if when is None:
        meant, _ = advice(str(value), edtf.to_words)
        return (
            f"the deadline {quoted(value)} cannot be read. {meant or f'Write year, month and day, such as {EXAMPLE_DAY}.'}"
        )
    if when.precision not in ("day", "month", "year") or when.latest is None:
        return "the deadline is too wide. Write one day; a month or a year counts to its last day."
    if when.approximate or when.uncertain:
        return "the deadline is about, or uncertain. Then nobody can say whether the forecast came in time."
    if when.latest <= event_row(ARTICLE)["latest"].date():
        return "the deadline does not lie after the article. A forecast speaks of what was still to come."
    return when


def _date_of(value: Any) -> edtf.EdtfDate | None:
    if isinstance(value, (date, np.datetime64)):
        value = pd.Timestamp(value).date().isoformat()
    try:
        return as_date(str(value))
    except edtf.DateError:
        pass
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", fold(str(value)).strip("."))
    for form in (*DAYS, *MONTHS):
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            continue
        return edtf.parse(read.date().isoformat()[: 10 if form in DAYS else 7])
    return None


def _decision(answer: Any) -> str:
    return decision_hint(answer, TALKS_2019, "There is such a source, but in our tables it does not speak of this visit.")


def _neighbours() -> tuple[date, date]:
    """The days of the pages between which the article's page stands."""
    sources = load("sources").set_index("source_id")
    days = [edtf.parse(sources.loc[name, "date"]).earliest for name in sources_of(ARTICLE) - {COLUMN}]
    known = sorted(day for day in days if day is not None)
    return known[0], known[-1]


def _bracket(answer: Any) -> str:
    given = read_date(answer)
    if isinstance(given, str):
        return given
    if len(given.choices) == 1:  # some day from … to: as good
        given = given.choices[0]
    if given.precision == "interval" and (given.start is None or given.end is None):
        return "One end of this interval is open. The two pages close both."
    if given.start is None or given.end is None:
        return "The two pages give you a first and a last possible day. Which sign stands between them in EDTF?"
    if any(end.precision != "day" for end in (given.start, given.end)):
        return "You know both ends to the day. Write them so."
    first, last = _neighbours()
    if given.start.earliest is None or given.end.latest is None:
        return "Both ends must be days."
    if given.start.earliest > first or given.end.latest < last:
        return "You leave out a day that is possible. A page of the same day can have a higher or a lower number."
    if given.start.earliest < first or given.end.latest > last:
        return "You leave in days that the two pages exclude."
    if not (given.start.exact and given.end.exact):
        return "The days of the two pages are printed. Neither end needs a sign of doubt."
    return ""


def _steps() -> pd.DataFrame:
    events = load("events")
    inside = (events["earliest"] >= FIRST_DAY) & (events["earliest"] <= event_row(ARTICLE)["latest"])
    steps: pd.DataFrame = events[inside & (events["effect"] == "cooperative")]
    return steps


def _panels(answer: Any) -> str:
    if isinstance(answer, Axes):
        return "This is one panel. Hand in the whole figure: the first name on the left of plt.subplots."
    if not isinstance(answer, (Figure, SubFigure)):
        return f"A figure is asked for, but this is {kind_of(answer)}. Hand in the first name on the left of plt.subplots."
    axes = _from_above([ax for ax in answer.get_axes() if ax.get_visible()])
    if len(axes) != 2:
        return f"The figure has {count_of(len(axes), 'panel')}. Two are asked for: write plt.subplots(2, 1)."
    steps = _steps()
    seen = [(events_drawn(ax), events_drawn(ax, all_of_them=False)) for ax in axes]
    if not all(drawn for drawn, _ in seen):
        return "One of the panels holds no event that plot_timeline has drawn. Did you give each plot_timeline its ax?"
    if any(drawn != set(steps["event_id"]) for drawn, _ in seen):
        return "Each panel needs all rows of `steps`, or the panels do not show the same years."
    told = set(steps[steps["paragraph"].notna()]["event_id"])
    untold = set(steps["event_id"]) - told
    picked = [shown for _, shown in seen]
    if picked == [untold, told]:
        return "The two panels are the wrong way round: the article's rows belong above."
    if picked != [told, untold]:
        return "The rows are right, but at least one panel should pick out other rows. Look at the column paragraph."
    if not all(words_of(" ".join(ax.get_title(loc=place) for place in ("left", "center", "right"))) for ax in axes):
        return "A panel has no title. A reader must see what each of them picks out."
    return ""


def _from_above(axes: list[Axes]) -> list[Axes]:
    """Panels in the order in which they are read, whichever was made first."""
    places = {id(ax): ax.get_position() for ax in axes}
    return sorted(axes, key=lambda ax: (-round(places[id(ax)].y1, 2), places[id(ax)].x0))


EXERCISES = {
    "08.1": Exercise(_days_between, "One word of the article, two numbers. By any fair count it is about a month."),
    "08.2": Exercise(
        _forecasts,
        "Each forecast has a criterion and a deadline. Whether they are good is for you and your class. Now lock them.",
        form_only=True,
        kept_until=lambda: "" if Path(FILE).exists() else "Lock your forecasts first: then those of others are shown.",
    ),
    "08.3": Exercise(
        _decision, "The source speaks of the visit. Whether it carries your sentence is for talk.", form_only=True
    ),
    "08.4": Exercise(_bracket, "Now the date holds what the pages show, and nothing that we only find likely."),
    "08.5": Exercise(
        _panels,
        "The same years twice: what a text tells, and what it leaves out. Your titles are not marked: which word in them "
        "says more than the drawing?",
    ),
}
