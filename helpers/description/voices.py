"""Voices, reports and statements in English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..plotting.chart_artists import Said, SaidDot, SaidText, VoiceTile
from .sentences import Description, count_of, listed

MAX_NAMED = 4  # groups that are named in a summary


def describe_voices(tiles: Sequence[VoiceTile]) -> Description:
    """Describe what `plot_voices` has drawn."""
    rows = [(name, [tile.voice for tile in row]) for name, row in groupby(tiles, key=lambda tile: tile.voice.country)]
    totals = {name: sum(voice.citations for voice in row) for name, row in rows}
    decades = [voice.decade for voice in rows[0][1]]
    whole = sum(totals.values())
    span = f"the {decades[0]}s" + (f" to the {decades[-1]}s" if len(decades) > 1 else "")
    sentences = [f"{count_of(whole, 'citation')}, by whose voice it is and by decade, {span}."]
    most = sorted(totals, key=lambda name: -totals[name])[:MAX_NAMED]
    sentences.append(f"Most: {listed([f'{name} {totals[name]}' for name in most])}.")
    entries = []
    for name, row in rows:
        each = [f"{voice.decade}s {voice.citations}" for voice in row if voice.citations]
        entries.append(f"{name}: {totals[name]}" + (f" ({', '.join(each)})" if each else ""))
    return Description(sentences, entries)


def describe_said(glyphs: Sequence[SaidDot | SaidText]) -> Description:
    """Describe what `plot_reports` or `plot_statements` has drawn."""
    said = [glyph.said for glyph in glyphs]
    groups = [(name, list(some)) for name, some in groupby(said, key=lambda one: one.group)]
    dated, nothing = said[0].dated, sum(not one.value for one in said)
    missing = "date" if dated else "number"
    sentences = list(_statements(said, groups) if dated else _reports(said, groups))
    if nothing:
        sentences.append(f"{nothing} of them {'has' if nothing == 1 else 'have'} no {missing}.")
    entries = [f"{one.group}: {one.who}: {one.value or f'no {missing}'}" + (" (first)" if one.first else "") for one in said]
    return Description(sentences, entries)


def _statements(said: Sequence[Said], groups: Sequence[tuple[str, list[Said]]]) -> Iterator[str]:
    yield f"{count_of(len(said), 'statement')}: {listed([f'{name} {len(some)}' for name, some in groups])}."
    names = [f"{one.who} ({one.group}), {one.value}" for one in said if one.first]
    if names:
        yield f"{'First' if len(names) == 1 else 'May be the first'}: {listed(names, '; ')}."


def _reports(said: Sequence[Said], groups: Sequence[tuple[str, list[Said]]]) -> Iterator[str]:
    yield f"{count_of(len(said), 'report')} of {count_of(len(groups), 'quantity')}."
    for name, some in groups if len(groups) <= MAX_NAMED else ():
        values = list(dict.fromkeys(one.value for one in some if one.value))
        reach = f", from {values[0]} to {values[-1]}" if len(values) > 1 else f", {values[0]}" if values else ""
        yield f"{name[:1].upper()}{name[1:]}: {count_of(len(some), 'report')}{reach}."
