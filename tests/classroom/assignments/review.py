"""Assignment review: other right answers, and wrong ones, each with the test cell whose points it must not earn."""

SHARE = '(cited["country"] == country).sum() / len(cited)'


def peak_years(answer: str) -> str:
    """The function of question 1 with this answer."""
    return f'def peak_years(country, column):\n    rows = trade[trade["country_b"] == country]\n    return {answer}'


def share_of(answer: str) -> str:
    """The function of question 2 with this answer."""
    return f'def share_of(paragraph, verdict):\n    rows = claims[claims["paragraph"] == paragraph]\n    return {answer}'


def share_from(
    table: str = "known", days: str = '(table["earliest"] >= first) & (table["earliest"] <= last)', answer: str = SHARE
) -> str:
    """The function of question 4 with these events, days and answer."""
    return (
        "def share_from(country, first, last):\n"
        f"    table = {table}\n"
        f"    some = table[{days}]\n"
        '    cited = event_sources.merge(sources, on="source_id")\n'
        '    cited = cited[cited["event_id"].isin(some["event_id"])]\n'
        f"    return {answer}"
    )


def lines(
    states: str = '[("IRQ", "Iraq"), ("IRN", "Iran")]',
    column: str = "share_of_a_percent",
    years: str = '(trade["year"] >= 1972) & (trade["year"] <= 2014)',
    words: str = 'ax.set_ylabel("%")\nax.set_title("Trade")\nax.legend()',
) -> str:
    """Lines of some states on the same axes."""
    return (
        "fig, ax = plt.subplots()\n"
        f"for state, name in {states}:\n"
        f'    rows = trade[(trade["country_b"] == state) & {years}]\n'
        f'    ax.plot(rows["year"], rows["{column}"], label=name)\n'
        f"{words}"
    )


JOINED = 'joined = reports.merge(sources, on="source_id")\njoined = joined[joined["quantity"] == both_ways]\n'
COLUMNS = '[["report_id", "low", "publisher", "date"]]'

EQUIVALENT = {
    "q1": [
        peak_years('rows[rows[column] >= rows[column].max()]["year"]'),
        peak_years('rows.loc[rows[column] == rows.sort_values(column)[column].iloc[-1], "year"]'),
    ],
    "q2": [
        share_of('(rows["support"] == verdict).sum() / len(rows)'),
        share_of('len(rows[rows["support"] == verdict]) / len(rows)'),
        share_of('float(rows["support"].value_counts(normalize=True)[verdict])'),
    ],
    "q3": [
        'silent = before.assign(silent=before["paragraph"].isna())\n'
        'silence = silent.groupby(["era_id", "silent"], observed=True).size().unstack()',
        'silence = pd.crosstab(before["era_id"].astype(str), before["paragraph"].notna() == False)',
    ],
    "q4": [
        share_from(answer='(cited["country"].fillna("nobody") == country).mean()'),
        "def share_from(country, first, last):\n"
        '    cited = event_sources.merge(sources, on="source_id").merge(known[["event_id", "earliest"]], on="event_id")\n'
        '    cited = cited[(cited["earliest"] >= first) & (cited["earliest"] <= last)]\n'
        '    return len(cited[cited["country"] == country]) / len(cited)',
    ],
    "q5": [
        lines('[("IRN", "trade with Iran"), ("IRQ", "trade with Iraq")]'),
        lines(years='(trade["year"] > 1971)', words='ax.legend()\nax.set_title("1972–2014")\nax.set_ylabel("per cent")'),
    ],
    "q6": [
        JOINED + f'said = joined{COLUMNS}.sort_values("low")',
        'rows = reports[reports["quantity"] == both_ways].sort_values("low")\n'
        f'said = rows.merge(sources, on="source_id", how="left"){COLUMNS}',
    ],
}

WRONG = {
    "q1-checks": [
        peak_years('rows[rows[column] == rows[column].min()]["year"]'),
        peak_years('trade[trade[column] == trade[column].max()]["year"]'),
        peak_years('rows[rows["share_of_a_percent"] == rows["share_of_a_percent"].max()]["year"]'),
        peak_years("rows[rows[column] == rows[column].max()][column]"),
        peak_years('rows.tail(1)["year"]'),
        peak_years("rows[column].max()"),
    ],
    "q1-checks-b": [
        peak_years('rows[rows["two_way_musd"] == rows["two_way_musd"].max()]["year"]'),
        peak_years('rows[rows[column] == trade[column].max()]["year"]'),
        peak_years('rows[rows["share_of_a_percent"] == rows["share_of_a_percent"].max()]["year"]'),
        peak_years("rows[rows[column] == rows[column].max()][column]"),
        peak_years('rows.sort_values(column).tail(2)["year"]'),
    ],
    "q2-checks": [
        share_of('(rows["support"] == verdict).sum() / len(claims)'),
        share_of('(rows["support"] != verdict).mean()'),
        share_of('(rows["support"] == "corroborated").mean()'),
        share_of('(claims["support"] == verdict).mean()'),
        share_of('int((rows["support"] == verdict).sum())'),
        share_of('round((rows["support"] == verdict).mean(), 1)'),
    ],
    "q3-checks": [
        'silence = pd.crosstab(before["era_id"], before["paragraph"].notna())',
        'silence = pd.crosstab(events["era_id"], events["paragraph"].isna())',
        'silence = pd.crosstab(before["paragraph"].isna(), before["era_id"])',
        'silence = pd.crosstab(before["era_id"], before["note"].isna())',
        'silence = pd.crosstab(before["kind"], before["paragraph"].isna())',
        'silence = before[before["paragraph"].isna()].groupby("era_id").size()',
    ],
    "q4-checks": [
        share_from("events"),
        share_from(days='(table["earliest"] > first) & (table["earliest"] < last)'),
        share_from(days='(table["latest"] >= first) & (table["earliest"] <= last)'),
        share_from(answer='(cited.dropna(subset=["country"])["country"] == country).mean()'),
        share_from(answer='(cited.drop_duplicates("source_id")["country"] == country).mean()'),
        share_from(answer='(sources["country"] == country).mean()'),
        share_from(answer='int((cited["country"] == country).sum())'),
    ],
    "q5-checks": [
        lines(column="two_way_musd"),
        lines('[("IRQ", "Iraq"), ("SAU", "Saudi Arabia")]'),
        lines('[("IRQ", "Iraq")]'),
        lines(years='(trade["year"] >= 1980) & (trade["year"] <= 2014)'),
        lines(column="imports_a_from_b_musd"),
        lines(words='ax.set_ylabel("%")\nax.set_title("Trade")'),
    ],
    "q6-checks": [
        JOINED + f"said = joined{COLUMNS}",
        JOINED + f'said = joined.sort_values("low", ascending=False){COLUMNS}',
        JOINED + f'said = joined.sort_values("date"){COLUMNS}',
        f'said = reports.merge(sources, on="source_id").sort_values("low"){COLUMNS}',
        JOINED + f'said = joined[joined["as_of"] == "2021"].sort_values("low"){COLUMNS}',
        JOINED + 'said = joined.sort_values("low")[["report_id", "low"]]',
    ],
}

# What earns a part of its points, and how many.
IN_PART = {
    "q6-checks": {
        JOINED + f"said = joined{COLUMNS}": 1,
        JOINED + f'said = joined.sort_values("low", ascending=False){COLUMNS}': 1,
        JOINED + f'said = joined.sort_values("date"){COLUMNS}': 1,
    }
}
