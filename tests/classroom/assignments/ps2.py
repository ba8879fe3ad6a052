"""Assignment ps2: other right answers, and wrong ones, each with the test cell whose points it must not earn."""

YEARS = ">= first|<= last"
PAIR = '(votes["country_a"] == "PAK") & (votes["country_b"] == country)'


def meanwhile(rows: str) -> str:
    """The function of question 1 with these rows."""
    return f"def meanwhile(table, first, last):\n    return {rows}"


def alike(value: str, pair: str = PAIR, years: str = YEARS) -> str:
    """The function of question 3 with this mean, pair and span of years."""
    low, high = years.split("|")
    return (
        "def alike(country, first, last):\n"
        f"    rows = votes[{pair}]\n"
        f'    rows = rows[(rows["year"] {low}) & (rows["year"] {high})]\n'
        f"    return {value}"
    )


def bars(
    rows: str = '(trade["country_b"] == "IRN") & (trade["year"] >= 1977) & (trade["year"] <= 1991)',
    column: str = "share_of_a_percent",
    draw: str = 'ax.bar(rows["year"], rows[column])',
    words: str = 'ax.set_ylabel("%")\nax.set_title("Trade, 1977–91")',
) -> str:
    """A bar chart of some rows and a column of trade."""
    return f'rows = trade[{rows}]\ncolumn = "{column}"\nfig, ax = plt.subplots()\n{draw}\n{words}'


def speakers(rows: str) -> str:
    """The function of question 6 with these rows."""
    return f"def speakers(quantity):\n    return {rows}"


WEIGHTED = '(rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum()'
GROUPED = 'groups = disputed.dropna(subset=["low", "high"]).groupby("quantity")\n'

EQUIVALENT = {
    "q1": [
        meanwhile('table[~((table["earliest"] > last) | (table["latest"] < first))].sort_values("title")'),
        meanwhile('table.query("earliest <= @last and latest >= @first")'),
        meanwhile('table[(table["latest"] >= pd.Timestamp(first)) & (table["earliest"] <= pd.Timestamp(last))]'),
    ],
    "q2": [
        'more_than = disputed.dropna(subset=["low"])\nmore_than = more_than[more_than["high"].isna()]\n'
        'both = disputed[disputed["low"].notna() & disputed["high"].notna()]\n'
        'spread = both.groupby("quantity")["high"].max() - both.groupby("quantity")["low"].min()',
        'more_than = disputed[disputed["high"].isna() & disputed["low"].notna()].sort_values("low")\n'
        'both = disputed.dropna(subset=["high"]).dropna(subset=["low"])\n'
        'ends = both.groupby("quantity").agg({"low": "min", "high": "max"})\n'
        'spread = (ends["high"] - ends["low"]).sort_values()',
    ],
    "q3": [
        alike('float((rows["votes"] * rows["agreement"].fillna(0)).sum()) / float(rows["votes"].sum())'),
        alike('(rows["agreement"] * (rows["votes"] / rows["votes"].sum())).sum()'),
    ],
    "q4": [
        'passed_over = period[period["paragraph"].isna()]["kind"].value_counts()',
        'passed_over = period["kind"][period["paragraph"].isna()].astype(str).value_counts(sort=False)',
    ],
    "q5": [
        bars(words='ax.set_ylabel("share (per cent)")\nax.set_title("Pakistan and Iran: trade, 1977 to 1991")'),
        bars(draw='ax.bar(list(rows["year"]), rows[column], width=0.5, color="grey")'),
        bars(rows='(trade["country_b"] == "IRN") & (trade["year"] > 1976) & (trade["year"] < 1992)'),
    ],
    "q6": [
        speakers('sources.merge(reports[reports["quantity"] == quantity][["source_id"]].drop_duplicates(), on="source_id")'),
        speakers('sources[sources["source_id"].isin(list(reports.loc[reports["quantity"] == quantity, "source_id"]))]'),
    ],
}

WRONG = {
    "q1-checks": [
        meanwhile('table[(table["earliest"] >= first) & (table["earliest"] <= last)]'),
        meanwhile('table[(table["earliest"] >= first) & (table["latest"] <= last)]'),
        meanwhile('table[table["earliest"] <= last]'),
        meanwhile('table[(table["earliest"] < last) & (table["latest"] > first)]'),
        meanwhile('events[(events["earliest"] <= last) & (events["latest"] >= first)]'),
        meanwhile('period[(period["earliest"] <= "1991-02-28") & (period["latest"] >= "1991-01-17")]'),
        meanwhile('table[(table["earliest"] <= last) & (table["latest"] >= first)]["title"]'),
    ],
    "q2-checks": [
        'more_than = disputed[disputed["high"].isna()]',
        'more_than = disputed[disputed["low"].isna() & disputed["high"].notna()]',
        'more_than = reports[reports["low"].notna() & reports["high"].isna()]',
        'more_than = disputed.dropna(subset=["low", "high"])',
        'more_than = disputed[disputed["low"].notna()]',
    ],
    "q2-checks-b": [
        'groups = disputed.groupby("quantity")\nspread = groups["high"].max() - groups["low"].min()',
        GROUPED + 'spread = groups["low"].min() - groups["high"].max()',
        GROUPED + 'spread = groups["low"].max() - groups["low"].min()',
        'groups = reports.dropna(subset=["low", "high"]).groupby("quantity")\n'
        'spread = groups["high"].max() - groups["low"].min()',
        'groups = disputed.dropna(subset=["high"]).groupby("quantity")\n'
        'spread = groups["high"].max() - groups["high"].min()',
        GROUPED + 'spread = groups["high"].max()',
    ],
    "q3-checks": [
        alike('rows["agreement"].mean()'),
        alike(WEIGHTED, years="> first|< last"),
        alike(WEIGHTED, pair='votes["country_b"] == country'),
        alike(WEIGHTED, pair='(votes["country_a"] == "IRQ") & (votes["country_b"] == country)'),
        alike("round(" + WEIGHTED + ", 2)"),
        alike('rows["same_share"].mean()'),
    ],
    "q3-checks-b": [
        alike('rows["agreement"].mean()'),
        alike('rows["agreement"].fillna(0).mean()'),
        alike('rows["agreement"].sum() / len(rows)'),
        alike('(rows["agreement"] * rows["votes"]).sum() / rows["votes"].mean() / len(rows.dropna(subset=["agreement"]))'),
        alike("round(" + WEIGHTED + ", 2)"),
    ],
    "q4-checks": [
        'passed_over = period[period["paragraph"].notna()].groupby("kind").size()',
        'passed_over = period.groupby("kind").size()',
        'passed_over = events[events["paragraph"].isna()].groupby("kind").size()',
        'passed_over = period[period["paragraph"].isna()].groupby("level").size()',
        'passed_over = period[period["note"].isna()].groupby("kind").size()',
        'passed_over = period[period["paragraph"].isna()]["kind"]',
    ],
    "q5-checks": [
        bars(column="two_way_musd"),
        bars(rows='(trade["country_b"] == "IRQ") & (trade["year"] >= 1977) & (trade["year"] <= 1991)'),
        bars(rows='(trade["country_b"] == "IRN") & (trade["year"] > 1977) & (trade["year"] < 1991)'),
        bars(rows='(trade["year"] >= 1977) & (trade["year"] <= 1991)'),
        bars(draw='ax.plot(rows["year"], rows[column])'),
        bars(words='ax.set_ylabel("%")'),
        bars(words='ax.set_title("Trade")'),
    ],
    "q6-checks": [
        speakers('sources[sources["source_id"].isin(["dawn-2004-04-13", "washington-times-2004-10-09"])]'),
        speakers('sources[sources["source_id"].isin(reports["source_id"])]'),
        speakers('reports[reports["quantity"] == quantity]'),
        speakers('sources[sources["source_id"].isin(disputed[disputed["unit"] == "persons"]["source_id"])]'),
        speakers('sources[sources["source_id"].isin(reports[reports["quantity"] == quantity]["source_id"])].head(1)'),
    ],
}

# What earns a part of its points, and how many.
IN_PART = {"q2-checks-b": {GROUPED + 'spread = groups["low"].min() - groups["high"].max()': 1}}
