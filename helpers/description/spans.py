"""Spans in English: bars on a line of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from .. import edtf
from ..plotting.artists import Span, SpanBar
from .sentences import Description, count_of, listed

MAX_NAMED = 6  # spans that are named in a summary; more are counted


def describe_spans(bars: Sequence[SpanBar]) -> Description:
    """Describe what `plot_spans` has drawn."""
    drawn = list({bar.span: None for bar in bars})  # from top to bottom, as drawn
    groups = list(dict.fromkeys(span.group for span in drawn if span.group))
    known = [day for span in drawn for day in _known_days(span)]
    years = _from_to(min(known).year, max(known).year) if known else ""
    sentences = [f"{count_of(len(drawn), 'bar')} on a line of time, {years}."]
    if groups:
        sentences.append(f"{'Group' if len(groups) == 1 else 'Groups'}: {listed(groups)}.")
    opened = [span for span in drawn if ".." in (span.start, span.end)]
    unsure = [span for span in drawn if any(_is_unsure(end) for end in (span.start, span.end))]
    sentences += _named("Open at an end", opened, drawn) + _named("Not exact to the day", unsure, drawn)
    return Description(sentences, [_entry(span) for span in drawn])


def _from_to(first: int, last: int) -> str:
    begin = str(first) if first >= 1000 else f"the year {first}"
    return f"from {begin} to {last}" if first < last else f"with no other year than {first}"  # an end can be open


def _named(what: str, some: Sequence[Span], spans: Sequence[Span]) -> list[str]:
    """Name some of the spans, with group or dates where the label alone could mean several; count them if they are many."""
    if len(some) > MAX_NAMED:
        return [f"{what}: {len(some)} of {len(spans)}."]
    labels, groups = Counter(span.label for span in spans), Counter((span.label, span.group) for span in spans)

    def name(span: Span) -> str:
        if labels[span.label] == 1:
            return span.label
        apart = groups[span.label, span.group] == 1
        return f"{span.label} ({span.group or 'no group'})" if apart else _entry(span).replace(": ", " (", 1) + ")"

    names = [name(span) for span in some]
    return [f"{what}: {listed(names)}."] if names else []


def _known_days(span: Span) -> list[date]:
    ends = [edtf.parse(end) for end in (span.start, span.end) if end != ".."]
    return [day for end in ends for day in (end.earliest, end.latest) if day is not None]


def _is_unsure(end: str) -> bool:
    return end != ".." and not edtf.parse(end).exact


def _entry(span: Span) -> str:
    return f"{span.label}: {edtf.to_words(f'{span.start}/{span.end}')}" + (f" ({span.group})" if span.group else "")
