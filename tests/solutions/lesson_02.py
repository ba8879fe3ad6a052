"""Lesson 02."""

CONTEXT = """
import pandas as pd
from helpers import load, plot_spans
events = load("events")
claims = load("claims")
spans = load("spans")
pact_era = events[events["era_id"] == "baghdad-pact"]
pact = spans[spans["group"] == "Baghdad Pact / CENTO"]
both = spans[spans["group"].isin(["Baghdad Pact / CENTO", "SEATO"])]
votes = load("figures/unga_agreement")
pakistan = votes[votes["country_a"] == "PAK"]
def mean(country, *years):
    pair = pakistan[(pakistan["country_b"] == country) & pakistan["year"].isin(years)]
    return (pair["agreement"] * pair["votes"]).sum() / pair["votes"].sum()
america = pakistan[pakistan["country_b"] == "USA"]
during = america[america["year"].isin([1955, 1956, 1957, 1958])]
"""

SOLUTIONS = {
    "02.1": {
        "solution": "pact_era[pact_era['kind'] == 'treaty']",
        "equivalent": [
            "pact_era.query('kind == \"treaty\"')",
            "events[(events['era_id'] == 'baghdad-pact') & events['kind'].isin(['treaty'])]",
        ],
        "wrong": [
            "pact_era['kind'] == 'treaty'",
            "events[events['kind'] == 'treaty']",
            "pact_era[pact_era['kind'] == 'diplomacy']",
            "pact_era[pact_era['kind'] == 'Treaty']",
            "pact_era[pact_era['kind'] == 'treaty']['title']",
            "pact_era[pact_era['kind'] != 'treaty']",
            "pact_era",
            "'treaty'",
        ],
    },
    "02.2": {
        "solution": "plot_spans(both, title='Pakistan stood under two umbrellas')",
        "equivalent": ["plot_spans(pd.concat([pact, spans[spans['group'] == 'SEATO']]), title='Pakistan in two alliances')"],
        "wrong": [
            "both",
            "plot_spans(pact, title='Pakistan in two alliances')",
            "plot_spans(both)",
            "plot_spans(both, title='Spans')",
            "plot_spans(both, title='Members of the Baghdad Pact, from August 1959 called CENTO')",
            "plot_spans(spans, title='Pakistan in two alliances')",
            "plot_spans(both[both['label'] == 'Pakistan'], title='Pakistan in two alliances')",
            "'Pakistan in two alliances'",
        ],
    },
    "02.3": {
        "solution": "mean('USA', 1955, 1956, 1957, 1958)",
        "equivalent": [
            "round(mean('USA', 1955, 1956, 1957, 1958), 3)",
            "(during['agreement'] * during['votes']).sum() / during['votes'].sum()",
        ],
        "wrong": [
            "mean('USA', *range(1947, 1955))",
            "mean('EGY', 1955, 1956, 1957, 1958)",
            "during['agreement'].mean()",
            "(during['agreement'] * during['votes']).sum()",
            "100 * mean('USA', 1955, 1956, 1957, 1958)",
            "mean('USA', 1955)",
            "str(mean('USA', 1955, 1956, 1957, 1958))",
            "round(mean('USA', 1955, 1956, 1957, 1958), 2)",
        ],
    },
    "02.4": {
        "solution": "[1959, 'library-of-congress-cento']",
        "equivalent": [
            "('1959', 'gibler-2009')",
            "[1958, 'great-soviet-encyclopedia-cento']",
            "[1958, 'hansard-1959-02-04']",
        ],
        "wrong": [
            "[1959, 'great-soviet-encyclopedia-cento']",
            "[1958, 'gibler-2009']",
            "[1979, 'gibler-2009']",
            "[1959, 'Library of Congress']",
            "['library-of-congress-cento', 1959]",
            "[1959, 'cia-1956-11-14']",
            "[1959]",
            "1959",
        ],
    },
    "02.5": {
        "solution": "'1956-11-01/1956-11-14'",
        "equivalent": ["'1956-11/1956-11-14'"],
        "wrong": [
            "'1956-11'",
            "'1956-11-14'",
            "'1956-11-01/1956-11-30'",
            "'1956-11-14/1956-11-30'",
            "'1956-10-14/1956-11-14'",
            "'1956-11-01/1956-11-08'",
            "'before 14 November 1956'",
            "14",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "baghdad-pact-signed-1955,1955-02-24,", "baghdad-pact-signed-1955,1955-02-25,"),
    ("events", "iraq-leaves-pact-1959,1959-03-24,", "iraq-leaves-pact-1959,1958-03-24,"),
    ("events", "tehran-meeting-suez-1956,1956-11-05/", "tehran-meeting-suez-1956,1956-11-06/"),
    ("events", "Egypt refuses Pakistani soldiers", "Egypt accepts Pakistani soldiers"),
    ("events", "members of NATO.", "members of CENTO."),
    ("event_actors", "tehran-meeting-suez-1956,IRQ", "tehran-meeting-suez-1956,GBR"),
    ("spans", "PAK,Baghdad Pact / CENTO,1955-09-23,", "PAK,Baghdad Pact / CENTO,1955-02-24,"),
    ("spans", "Baghdad Pact / CENTO,1955-02-24,1959-03-24,", "Baghdad Pact / CENTO,1955-02-24,1958-07-14,"),
    ("claims", ",2,Membership of the pact harmed", ",2,Membership of the pact helped"),
    ("claims", ',corroborated,"There were other causes too', ',contested,"There were other causes too'),
    ("claim_events", "2a,karachi-council-1957", "2a,rcd-founded-1964"),
    ("reports", "shot down by Saif-ul-Azam,3,3,", "shot down by all Pakistani pilots,3,3,"),
    ("figures/unga_agreement", "PAK,IRQ,1957,0.6531,", "PAK,IRQ,1957,0.9531,"),
    ("figures/unga_agreement", "PAK,EGY,1956,0.5795,", "PAK,EGY,1956,0.7795,"),
    ("sources", "CIA Reading Room,USA,1956-11-14,", "CIA Reading Room,USA,1956-11-24,"),
]

TAUGHT = {"mask", "isin", "plot_spans", "sum", "round"}
PREVIEWED: dict[str, str] = {}
