"""Lesson 07."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import pandas as pd
from helpers import load, plot_timeline
events = load("events")
sources = load("sources")
cited = load("event_sources").merge(sources, on="source_id")
evidence = load("claim_events").merge(events, on="event_id")
bears = load("claim_sources").merge(sources, on="source_id")
pages = bears[bears["claim_id"].isin(["7a", "7b", "7c", "7d"])]
era = events[events["era_id"] == "back-channel"]
began = evidence[evidence["claim_id"] == "8c"]
"""

SOLUTIONS = {
    "07.1": {
        "solution": (
            "joined = load('claim_events').merge(events, on='event_id')\npilots = joined[joined['claim_id'] == '7d']\npilots"
        ),
        "equivalent": [
            "events.merge(load('claim_events')).query('claim_id == \"7d\"')",
            "links = load('claim_events')\nlinks[links['claim_id'] == '7d'].merge(events, on='event_id')",
            "pd.merge(events, load('claim_events'), on='event_id')[lambda rows: rows['claim_id'].isin(['7d'])]",
        ],
        "wrong": [
            "load('claim_events').merge(events, on='event_id')",
            "evidence[evidence['claim_id'] == '7c']",
            "load('claim_events')[load('claim_events')['claim_id'] == '7d']",
            "events[events['event_id'].isin(evidence[evidence['claim_id'] == '7d']['event_id'])]",
            "evidence['claim_id'] == '7d'",
            "evidence[evidence['claim_id'] == '7d'].head(1)",
            "evidence[evidence['claim_id'] == '7d']['title']",
            "'7d'",
        ],
    },
    "07.2": {
        "solution": "'nation-2017-03-31'",
        "equivalent": [
            "'luqman-2017-07'",
            "'defense-news-2014-02-11'",
            "bears[bears['claim_id'] == '8a']['source_id'].iloc[0]",
        ],
        "wrong": [
            "'nation-2017-03-13'",
            "'The Nation (Pakistan)'",
            "'zee-news-2017-07-09'",
            "'8a'",
            "bears[bears['claim_id'] == '8a']['source_id']",
            "['luqman-2017-07', 'nation-2017-03-31']",
            "8",
        ],
    },
    "07.3": {
        "solution": "plot_timeline(began, title='Four events behind claim 8c, 2014 to 2019')",
        "equivalent": [
            "plot_timeline(events[events['event_id'].isin(began['event_id'])], title='Pakistan and Iraq, 2014–2019')",
            "plot_timeline(began.sort_values('title'), title='Training, talk and thanks, 2014–19')",
        ],
        "wrong": [
            "plot_timeline(evidence, title='2014 to 2019')",
            "plot_timeline(evidence[evidence['claim_id'] == '8a'], title='2014 to 2017')",
            "plot_timeline(era, title='2014 to 2019')",
            "plot_timeline(began)",
            "plot_timeline(began, title='Behind claim 8c, in 2017')",
            "plot_timeline(began, title='A new relationship, 2014 to 2019')",
            "plot_timeline(began, title='How it began: 2014–19')",
            "began",
        ],
    },
    "07.4": {
        "solution": "pd.crosstab(pages['claim_id'], pages['country'])['PAK']",
        "equivalent": [
            "pd.crosstab(pages['country'], pages['claim_id']).loc['PAK']",
            "pages[pages['country'] == 'PAK']['claim_id'].value_counts()",
        ],
        "wrong": [
            "pd.crosstab(pages['claim_id'], pages['country'])",
            "pd.crosstab(pages['claim_id'], pages['country'])['USA']",
            "pd.crosstab(pages['claim_id'], pages['kind'])['news']",
            "pd.crosstab(pages['country'], pages['claim_id'])['7a']",
            "pd.crosstab(bears['claim_id'], bears['country'])['PAK']",
            "pages['country'].value_counts()",
            "pages['country']",
            "'PAK'",
        ],
    },
    "07.5": {
        "solution": "[14 - 11, 14 - 9]",
        "equivalent": ["[3, 5]", "(3, 5)", "[int(day) for day in pd.Series([3, 5])]"],
        "wrong": ["[4, 5]", "[5, 3]", "[3, 4, 5]", "[-5, -3]", "[3, 4]", "4", "['3', '5']", "[9, 11]"],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "super-mushshak-and-training-deal-2014,2014-02-10,", "super-mushshak-and-training-deal-2014,2014-10-02,"),
    ("events", "had trained some Iraqi pilots", "had trained Iraqi pilots"),
    ("events", "Pakistan and Iraq speak of a need to share intelligence", "Pakistan and Iraq share intelligence"),
    ("events", "and 11 July (an Iranian news agency)", "and 12 July (an Iranian news agency)"),
    ("event_actors", "sharif-mediation-2016,SAU", "sharif-mediation-2016,SYR"),
    ("event_sources", "iraqi-envoy-credits-pakistan-2017,irna-2017-07-15", "iraqi-envoy-credits-pakistan-2017,dawn-2015-12"),
    (
        "sources",
        "in Mosul (read in a copy: The Iran Project),IRNA,IRN,",
        "in Mosul (read in a copy: The Iran Project),IRNA,IRQ,",
    ),
    ("claims", "Pakistan really gave Iraq this help.,unverified,", "Pakistan really gave Iraq this help.,corroborated,"),
    ("claims", 'He said ""some"" of the pilots', 'He said ""most"" of the pilots'),
    ("claim_events", "6a,musharraf-muslim-force-2007", "6a,iraq-sectarian-war-2006-2008"),
    ("claim_sources", "8a,nation-2017-03-31", "8a,dawn-2017-04-22"),
    ("reports", "Super Mushshak aircraft ordered by Iraq,20,20,", "Super Mushshak aircraft ordered by Iraq,12,12,"),
    (
        "spans",
        "iraq-abadi,Abadi,IRQ,Governments of Iraq,2014-09-08,",
        "iraq-abadi,Abadi,IRQ,Governments of Iraq,2014-06-08,",
    ),
]

TAUGHT = {"merge", "crosstab"}
PREVIEWED: dict[str, str] = {}
