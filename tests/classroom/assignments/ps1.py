"""Assignment ps1: other right answers, and wrong ones, each with the test cell whose points it must not earn."""

PAIR = 'pair = votes[(votes["country_a"] == "IRQ") & (votes["country_b"] == "EGY")]\n'
KINGDOM, REPUBLIC = "[1955, 1956, 1957]", "[1959, 1960, 1961, 1962]"


def mean(name: str, years: str, pair: str = PAIR) -> str:
    """The weighted mean of some years of a pair."""
    return (
        f'{pair}rows = pair[pair["year"].isin({years})]\n'
        f'{name} = (rows["agreement"] * rows["votes"]).sum() / rows["votes"].sum()\n'
    )


def drawn(rows: str, title: str = "Where both were members") -> str:
    """Bars of some rows of spans."""
    return f"ax = plot_spans(spans[{rows}], title={title!r})"


WHO = 'spans["actor_id"].isin(["PAK", "IRQ"])'
WHERE = 'spans["group"].isin(["Baghdad Pact / CENTO", "SEATO", "RCD", "Islamic Conference (OIC)"])'
WITHOUT_RCD = WHERE.replace(', "RCD"', "")
ALL_SIX = ["pact-iraq", "pact-pakistan", "seato-pakistan", "rcd-pakistan", "oic-iraq", "oic-pakistan"]

EQUIVALENT = {
    "q1": [
        'exact = period[period["latest"] - period["earliest"] == pd.Timedelta(days=0)]',
        'exact = period.query("earliest == latest").sort_values("title")',
        'exact = events[(events["earliest"] == events["latest"]) & (events["earliest"] <= "1978-12-31")]',
    ],
    "q2": [
        'whose = period[period["effect"] == "none"].groupby("level").size()',
        'quiet = period[period["effect"] == "none"]\nwhose = quiet["level"].astype(str).value_counts()',
    ],
    "q3": [
        'disputed = claims[(claims["support"] == "contested") & claims["paragraph"].isin([1, 2, 3])]\n'
        'ids = claim_events.merge(disputed, on="claim_id")["event_id"]\n'
        'evidence = period[period["event_id"].isin(ids)].sort_values("latest")',
        "disputed = claims.query(\"paragraph < 4 and support == 'contested'\")\n"
        'behind = set(claim_events[claim_events["claim_id"].isin(list(disputed["claim_id"]))]["event_id"])\n'
        "evidence = period[[event in behind for event in period['event_id']]]",
    ],
    "q4": [
        mean("kingdom", KINGDOM) + mean("republic", REPUBLIC) + "kingdom, republic = round(kingdom, 3), round(republic, 3)",
        PAIR + 'rows = pair.set_index("year")\nweights = rows["agreement"] * rows["votes"]\n'
        'kingdom = float(weights.loc[1955:1957].sum() / rows["votes"].loc[1955:1957].sum())\n'
        'republic = float(weights.loc[1959:1962].sum() / rows["votes"].loc[1959:1962].sum())',
    ],
    "q5": [
        drawn(f"{WHERE} & {WHO}", "Four bodies, two states: from 1955"),
        f"rows = spans[{WHO}]\nrows = rows[{WHERE.replace('spans', 'rows')}].sort_values('start')\n"
        "ax = plot_spans(rows, title='Pakistan and Iraq as members')\nax.figure.set_size_inches(8, 5)",
    ],
    "q6": [
        'speakers = sources.merge(reports[reports["event_id"] == "seato-signed-1954"][["source_id"]], on="source_id")',
        'ids = reports["source_id"][reports["event_id"] == "seato-signed-1954"]\n'
        'speakers = sources[sources["source_id"].isin(ids)].sort_values("publisher")',
    ],
}

WRONG = {
    "q1-checks": [
        'exact = period[period["earliest"] != period["latest"]]',
        'exact = period[period["earliest"] <= period["latest"]]',
        'exact = events[events["earliest"] == events["latest"]]',
        'exact = period[period["earliest"] == period["latest"]].head(20)',
        'exact = period[period["checked"] == "opening-read"]',
        'exact = period[period["earliest"] == period["latest"]]["title"]',
    ],
    "q2-checks": [
        'whose = period["level"].value_counts()',
        'whose = period[period["effect"] != "none"]["level"].value_counts()',
        'whose = events[events["effect"] == "none"]["level"].value_counts()',
        'whose = period[period["effect"] == "none"]["kind"].value_counts()',
        'whose = period[period["effect"] == "none"]["level"].value_counts(normalize=True)',
        'whose = period[period["effect"] == "none"]["level"]',
    ],
    "q3-checks": [
        'disputed = claims[claims["support"] == "contested"]\nevidence = ...',
        'disputed = claims[(claims["support"] == "contested") & (claims["paragraph"] < 3)]\nevidence = ...',
        'disputed = claims[(claims["support"] == "partly") & (claims["paragraph"] <= 3)]\nevidence = ...',
        'disputed = claims[(claims["support"] != "corroborated") & (claims["paragraph"] <= 3)]\nevidence = ...',
        'disputed = claims[claims["claim_id"].isin(["1c", "3f", "3i"])]\nevidence = ...',
    ],
    "q3-checks-b": [
        'evidence = period[period["event_id"].isin(claim_events["event_id"])]',
        'links = claim_events[claim_events["claim_id"] == "3f"]\n'
        'evidence = period[period["event_id"].isin(links["event_id"])]',
        'disputed = claims[(claims["support"] == "contested") & (claims["paragraph"] <= 3)]\n'
        'links = claim_events[claim_events["claim_id"].isin(disputed["claim_id"])]\n'
        'evidence = events[events["event_id"].isin(links["event_id"])]',
        'disputed = claims[claims["support"] == "contested"]\n'
        'links = claim_events[claim_events["claim_id"].isin(disputed["claim_id"])]\n'
        'evidence = period[period["event_id"].isin(links["event_id"])]',
        'disputed = claims[(claims["support"] == "contested") & (claims["paragraph"] <= 3)]\n'
        'links = claim_events[claim_events["claim_id"].isin(disputed["claim_id"])]\n'
        'evidence = links[links["event_id"].isin(period["event_id"])]',
    ],
    "q4-checks": [
        PAIR + f'kingdom = pair[pair["year"].isin({KINGDOM})]["agreement"].mean()',
        mean("kingdom", "[1955, 1956, 1957, 1958]"),
        mean("kingdom", KINGDOM, PAIR.replace("EGY", "SAU")),
        mean("kingdom", KINGDOM, PAIR.replace("IRQ", "PAK")),
        mean("kingdom", REPUBLIC),
        "kingdom = 0.756",
    ],
    "q4-checks-b": [
        PAIR + f'republic = pair[pair["year"].isin({REPUBLIC})]["agreement"].mean()',
        mean("republic", "[1958, 1959, 1960, 1961, 1962]"),
        mean("republic", "[1959, 1960, 1961]"),
        mean("republic", REPUBLIC, PAIR.replace("EGY", "SYR")),
        mean("republic", KINGDOM),
        "republic = 0.959",
    ],
    "q5-checks": [
        drawn(WHERE),
        drawn(f'(spans["actor_id"] == "PAK") & {WHERE}'),
        drawn(f"{WHO} & {WITHOUT_RCD}"),
        drawn(f'{WHO} & (spans["group"] == "Baghdad Pact / CENTO")'),
        drawn(f'spans["span_id"].isin({ALL_SIX})'),
        f"ax = spans[{WHO} & {WHERE}]",
    ],
    "q6-checks": [
        'speakers = sources[sources["source_id"].isin(["howstuffworks-seato", "jrank-seato"])]',
        'links = load("event_sources")\n'
        'speakers = sources[sources["source_id"].isin(links[links["event_id"] == "seato-signed-1954"]["source_id"])]',
        'speakers = sources[sources["source_id"].isin(reports["source_id"])]',
        'speakers = reports[reports["event_id"] == "seato-signed-1954"]',
        'left = reports[reports["event_id"] == "seato-signed-1954"]\n'
        'speakers = sources[sources["source_id"].isin(left["source_id"])]["publisher"]',
    ],
}
