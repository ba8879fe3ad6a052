"""The counts in the codebook: whose voices, how far read, which kinds, how well two coders agreed. Counted, never typed."""

from __future__ import annotations

import pandas as pd

from helpers import load
from tools.content.pages import filled


def with_counts(text: str) -> str:
    """Return the codebook with every derived block counted anew."""
    blocks = {
        "events": events_block,
        "reading": reading_block,
        "voices": voices_block,
        "languages": languages_block,
        "agreement": agreement_block,
        "from what sources say": says_block,
    }
    return filled(text, {f"derived: {name}": block for name, block in blocks.items()})


def events_block() -> str:
    """Return a table of the events by era and kind."""
    events = load("events")
    counts = pd.crosstab(events["era_id"], events["kind"], margins=True, margins_name="all")
    return counts.rename_axis(None, axis="columns").pipe(markdown)


def voices_block() -> str:
    """Return whose voices the sources are: by country, by kind, and the references by Iraqi publishers."""
    events, sources = load("events"), load("sources")
    references = load("event_sources").merge(sources, on="source_id").merge(events, on="event_id", suffixes=("_source", ""))
    country = references["country"].fillna("unknown")
    top = country.value_counts()
    shown = ["USA", "PAK", "IRQ", "GBR", "SAU", "IND", "IRN", "INT", "unknown"]
    rows = pd.DataFrame({"references": [top.get(name, 0) for name in shown]}, index=pd.Index(shown, name="country"))
    rows.loc["all others"] = top.drop(shown, errors="ignore").sum()
    iraqi = references[references["country"] == "IRQ"]
    first = iraqi["earliest"].dt.year.min()
    only_american = references.groupby("event_id")["country"].agg(lambda values: set(values.fillna("")) == {"USA"}).sum()
    kinds = sources["kind"].value_counts()
    return "\n".join(
        [
            f"{len(sources)} sources are cited {len(references)} times: "
            + ", ".join(f"{number} {kind}" for kind, number in kinds.items())
            + f". {int((sources['access'] == 'copy').sum())} were read in a copy, "
            f"{int((sources['access'] == 'none').sum())} have no address.",
            "",
            markdown(rows),
            "",
            f"Iraqi publishers stand behind {len(iraqi)} of {len(references)} references; the first event that has one "
            f"is of {first}. {only_american} of {len(events)} events rest on American publications alone.",
        ]
    )


def reading_block() -> str:
    """Return how far the sources of events and claims were read, and how many events rest on nothing that was read."""
    of_events, of_claims = load("event_sources"), load("claim_sources")
    rows = pd.DataFrame({"of an event": of_events["read"].value_counts(), "of a claim": of_claims["read"].value_counts()})
    rows = rows.sort_index(ascending=False)
    rows.loc["all"] = rows.sum()
    furthest = of_events.groupby("event_id")["read"].max()
    return "\n".join(
        [
            markdown(rows.rename_axis("read")),
            "",
            f"Of {len(load('events'))} events {int((furthest == 'whole').sum())} have a source that was read whole; of "
            f"{int((furthest == 'unread').sum())} no source could be read for this column.",
        ]
    )


def languages_block() -> str:
    """Return in which languages the sources are, and for how many the voice is not of the publisher's country."""
    sources = load("sources")
    rows = pd.DataFrame({"sources": sources["language"].value_counts()}).rename_axis("language")
    other = sources["speaker_country"].dropna()
    named = ", ".join(f"{number} {country}" for country, number in other.value_counts().items())
    return "\n".join(
        [
            markdown(rows.sort_values(["sources", "language"], ascending=[False, True])),
            "",
            f"In {len(other)} of {len(sources)} sources the voice is of another country than the publisher: {named}.",
        ]
    )


def agreement_block() -> str:
    """Return the agreement of the two coders where they coded blind, and each disagreement with how it was settled."""
    codings, events = load("codings"), load("events").set_index("event_id")
    blind = codings[codings["round"] == 1]  # later the second coder had seen the first one's proposal
    rows = [
        {
            "column": column,
            "events": len(blind),
            "same": int((blind[f"{column}_a"].astype(str) == blind[f"{column}_b"].astype(str)).sum()),
            "percent agreement": f"{100 * agreement(blind[f'{column}_a'], blind[f'{column}_b']):.1f} %",
            "Cohen's kappa": f"{cohen_kappa(blind[f'{column}_a'], blind[f'{column}_b']):.2f}",
        }
        for column in ("effect", "level")
    ]
    lines = [markdown(pd.DataFrame(rows).set_index("column")), ""]
    for row in codings[codings["settled"].notna()].itertuples():
        stands = events.loc[str(row.event_id)]
        first, second = f"{row.effect_a} / {row.level_a}", f"{row.effect_b} / {row.level_b}"
        coded = f"both {first}" if first == second else f"{first} against {second}"
        lines.append(f"- `{row.event_id}`: {coded}; settled as **{stands['effect']} / {stands['level']}**. {row.settled}")
    return "\n".join(lines)


def says_block() -> str:
    """Return how far the codes agree with those that were given again from what the sources say, and where they do not."""
    events = load("events").set_index("event_id")
    again = load("codings").dropna(subset=["kind_says"]).set_index("event_id")
    rows: list[dict[str, object]] = []
    differing: list[str] = []
    for column in ("kind", "effect", "level"):
        ours, theirs = events.loc[again.index, column].astype(str), again[f"{column}_says"].astype(str)
        same = f"{100 * agreement(ours, theirs):.1f} %"
        kappa = f"{cohen_kappa(ours, theirs):.2f}"
        rows.append({"column": column, "events": len(again), "percent agreement": same, "Cohen's kappa": kappa})
        differing += [
            f"- `{name}`, {column}: {ours[name]}; from the sources {theirs[name]}." for name in ours.index[ours != theirs]
        ]
    return "\n".join([markdown(pd.DataFrame(rows).set_index("column")), "", *sorted(differing)])


def agreement(first: pd.Series, second: pd.Series) -> float:
    """Return the share of items, in the same order, that two coders coded alike."""
    return float((first.astype(str) == second.astype(str)).mean())


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Return Cohen's kappa: the agreement of two coders beyond what chance alone would give."""
    shares = [values.astype(str).value_counts(normalize=True) for values in (first, second)]
    expected = float(shares[0].mul(shares[1], fill_value=0).sum())
    return (agreement(first, second) - expected) / (1 - expected) if expected < 1 else float("nan")


def markdown(table: pd.DataFrame) -> str:
    """Return a small table as Markdown, its index as the first column."""
    head = [str(table.index.name or ""), *map(str, table.columns)]
    values = table.to_numpy().tolist()
    rows = [[str(index), *map(str, row)] for index, row in zip(table.index, values, strict=True)]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
