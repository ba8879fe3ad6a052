"""Assignment ps3: other right answers, and wrong ones, each with the test cell whose points it must not earn."""

CITED = 'cited = event_sources.merge(sources, on="source_id")\n'
CODED = 'coded = codings[(codings["round"] == 1) & codings["event_id"].isin(before["event_id"])]\n'


def panels(
    first: str = "IRN",
    second: str = "SAU",
    column: str = "agreement",
    years: str = '(votes["year"] >= 2004) & (votes["year"] <= 2019)',
    whose: str = "PAK",
    words: str = 'panel.set_title("UN votes")\n    panel.set_ylabel("0 to 1")',
) -> str:
    """Two panels of bars, one above the other."""
    return (
        "fig, (above, below) = plt.subplots(2, 1)\n"
        f'for panel, state in [(above, "{first}"), (below, "{second}")]:\n'
        f'    rows = votes[(votes["country_a"] == "{whose}") & (votes["country_b"] == state) & {years}]\n'
        f'    panel.bar(rows["year"], rows["{column}"])\n'
        f"    {words}\n"
    )


def voices(rows: str, columns: str = '[["source_id", "publisher", "date"]]') -> str:
    """The function of question 6 with these rows of the joined table."""
    return f'def voices(event_id):\n    cited = event_sources.merge(sources, on="source_id")\n    return {rows}{columns}'


EQUIVALENT = {
    "q1": [
        CITED
        + 'references = cited.merge(recent, on="event_id")\nseen = pd.crosstab(references["level"], references["access"])',
        'some = recent[["event_id", "level"]].merge(event_sources, on="event_id").merge(sources, on="source_id")\n'
        'seen = some.pivot_table(index="level", columns="access", values="event_id", aggfunc="count", observed=True)',
    ],
    "q2": [
        'counts = event_sources["event_id"].value_counts()\n'
        'thin = recent[recent["event_id"].isin(counts[counts <= 2].index)]',
        'counts = event_sources.groupby("event_id").size()\n'
        'thin = recent[recent["event_id"].map(counts) < 3].sort_values("title")',
    ],
    "q3": [
        'untested = claims[~claims["claim_id"].isin(claim_events["claim_id"]) & (claims["support"] != "opinion")]',
        'known_ids = list(claim_events["claim_id"])\nrest = claims[claims["claim_id"].isin(known_ids) == False]\n'
        'untested = rest[rest["support"].isin(["corroborated", "partly", "contested", "unverified", "expectation"])]',
    ],
    "q4": [
        CODED + 'same = (coded["effect_a"] == coded["effect_b"]).mean()\n'
        'pairs = coded.groupby(["effect_a", "effect_b"], observed=True).size().unstack()',
        'coded = codings[codings["round"] == 1].merge(before[["event_id"]], on="event_id")\n'
        'same = len(coded[coded["effect_a"] == coded["effect_b"]]) / len(coded)\n'
        'pairs = pd.crosstab(coded["effect_a"].astype(str), coded["effect_b"].astype(str))',
    ],
    "q5": [
        panels(),
        panels(years='votes["year"].isin(range(2004, 2020))', words='panel.set_ylabel("alike")\n    panel.set_title(state)'),
    ],
    "q6": [
        voices('cited[cited["event_id"] == event_id].sort_values("date")'),
        voices('cited[cited["event_id"] == event_id]', '[["date", "publisher", "source_id"]]'),
        "def voices(event_id):\n"
        '    links = event_sources[event_sources["event_id"] == event_id]\n'
        '    return sources[sources["source_id"].isin(links["source_id"])][["source_id", "publisher", "date"]]',
    ],
}

WRONG = {
    "q1-checks": [
        CITED + 'r = cited.merge(recent[["event_id", "level"]], on="event_id")\nseen = pd.crosstab(r["access"], r["level"])',
        CITED + 'r = cited.merge(before[["event_id", "level"]], on="event_id")\nseen = pd.crosstab(r["level"], r["access"])',
        CITED + 'r = cited.merge(recent[["event_id", "level"]], on="event_id")\nseen = pd.crosstab(r["level"], r["kind"])',
        CITED + 'r = cited.merge(recent[["event_id", "effect"]], on="event_id")\n'
        'seen = pd.crosstab(r["effect"], r["access"])',
        CITED + 'r = cited.merge(recent[["event_id", "level"]], on="event_id").drop_duplicates("event_id")\n'
        'seen = pd.crosstab(r["level"], r["access"])',
        CITED + 'r = cited.merge(recent[["event_id", "level"]], on="event_id")\n'
        'seen = pd.crosstab(r["level"], r["access"], normalize=True)',
    ],
    "q2-checks": [
        'n = event_sources.groupby("event_id").size()\nthin = recent[recent["event_id"].isin(n[n <= 3].index)]',
        'n = event_sources.groupby("event_id").size()\nthin = recent[recent["event_id"].isin(n[n == 1].index)]',
        'n = event_sources.groupby("event_id").size()\nthin = recent[recent["event_id"].isin(n[n >= 3].index)]',
        'n = event_sources.groupby("event_id").size()\nthin = before[before["event_id"].isin(n[n < 3].index)]',
        'n = claim_events.groupby("event_id").size()\nthin = recent[recent["event_id"].isin(n[n < 3].index)]',
    ],
    "q3-checks": [
        'untested = claims[claims["claim_id"].isin(claim_events["claim_id"]) == False]',
        'untested = claims[claims["claim_id"].isin(claim_events["claim_id"]) & (claims["support"] != "opinion")]',
        'untested = claims[claims["support"] == "unverified"]',
        'untested = claims[claims["claim_id"].isin(["9b", "9c", "9d", "12d"])]',
        'rest = claims[claims["claim_id"].isin(claim_events["claim_id"]) == False]\n'
        'untested = rest[rest["support"] == "opinion"]',
    ],
    "q4-checks": [
        'same = (codings["effect_a"] == codings["effect_b"]).sum() / len(codings)',
        CODED.replace('(codings["round"] == 1) & ', "") + 'same = (coded["effect_a"] == coded["effect_b"]).mean()',
        CODED + 'same = (coded["level_a"] == coded["level_b"]).sum() / len(coded)',
        CODED + 'same = (coded["effect_a"] != coded["effect_b"]).sum() / len(coded)',
        CODED + 'same = int((coded["effect_a"] == coded["effect_b"]).sum())',
        CODED + 'same = round((coded["effect_a"] == coded["effect_b"]).sum() / len(coded), 2)',
    ],
    "q4-checks-b": [
        CODED + 'pairs = pd.crosstab(coded["effect_b"], coded["effect_a"])',
        CODED + 'pairs = pd.crosstab(coded["level_a"], coded["level_b"])',
        'pairs = pd.crosstab(codings["effect_a"], codings["effect_b"])',
        CODED + 'pairs = pd.crosstab(coded["effect_a"], coded["effect_a"])',
        CODED + 'pairs = coded["effect_a"].value_counts()',
    ],
    "q5-checks": [
        panels("SAU", "IRN"),
        panels(column="same_share"),
        panels(years='(votes["year"] > 2004) & (votes["year"] < 2019)'),
        panels(whose="IRQ"),
        panels(second="IRN"),
        panels(words='panel.set_title("UN votes")'),
        panels() + "fig = above",
    ],
    "q6-checks": [
        voices("cited"),
        voices('cited[cited["event_id"] == "saudi-led-military-coalition-2015-2017"]'),
        voices('cited[cited["event_id"] == event_id].head(2)'),
        voices('cited[cited["event_id"] == event_id]', ""),
        voices('cited[cited["event_id"] == event_id]', '["source_id"]'),
    ],
}

# What earns a part of its points, and how many.
IN_PART = {
    "q1-checks": {
        CITED
        + 'r = cited.merge(recent[["event_id", "level"]], on="event_id")\nseen = pd.crosstab(r["access"], r["level"])': 2,
    }
}
