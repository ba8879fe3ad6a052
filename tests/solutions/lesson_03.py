"""Lesson 03."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import pandas as pd
from helpers import load, plot_timeline
events = load("events")
claims = load("claims")
sources = load("sources")
links = load("event_sources")
era = events[(events["earliest"] >= "1968-01-01") & (events["earliest"] <= "1978-12-31")]
ids = links[links["event_id"] == "embassy-arms-find-1973"]["source_id"]
weeks = era[(era["earliest"] >= "1973-02-01") & (era["latest"] <= "1973-03-31")]
months = era[(era["earliest"] >= "1972-09-01") & (era["latest"] <= "1973-03-31")]
"""

SOLUTIONS = {
    "03.1": {
        "solution": "era[(era['kind'] == 'diplomacy') & (era['effect'] == 'conflictual')]",
        "equivalent": [
            "era[era['kind'] == 'diplomacy'][lambda rows: rows['effect'] == 'conflictual']",
            'era.query(\'kind == "diplomacy" and effect == "conflictual"\')',
        ],
        "wrong": [
            "era[era['kind'] == 'diplomacy']",
            "era[era['effect'] == 'conflictual']",
            "era[(era['kind'] == 'diplomacy') | (era['effect'] == 'conflictual')]",
            "era[(era['kind'] == 'conflict') & (era['effect'] == 'conflictual')]",
            "era[(era['kind'] == 'diplomacy') & (era['effect'] == 'cooperative')]",
            "era[(era['kind'] == 'diplomacy') & (era['effect'] == 'conflictual')]['title']",
            "(era['kind'] == 'diplomacy') & (era['effect'] == 'conflictual')",
            "2",
        ],
    },
    "03.2": {
        "solution": "'unvotes-roll-call-1227'",
        "equivalent": [
            "'jta-1971-12-09'",
            "'assembly-vote-report-1971'",
            "sources['source_id'][sources.index].loc[lambda s: s == 'jta-1971-12-09'].iloc[0]",
        ],
        "wrong": [
            "'Jewish Telegraphic Agency'",
            "'un-ceasefire-vote-1971'",
            "'dawn-1973-02-11'",
            "'unvotes'",
            "['jta-1971-12-09', 'unvotes-roll-call-1227']",
            "1971",
            "'3d'",
        ],
    },
    "03.3": {
        "solution": "sources[sources['source_id'].isin(ids)]['country'].value_counts()",
        "equivalent": [
            "links[links['event_id'] == 'embassy-arms-find-1973'].merge(sources, on='source_id')['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)].groupby('country').size()",
        ],
        "wrong": [
            "sources['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)]['country']",
            "sources[sources['source_id'].isin(ids)]['kind'].value_counts()",
            "sources[sources['source_id'].isin(links[links['event_id'] == 'doubts-about-arms-1973']['source_id'])]"
            "['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)]",
            "sources[sources['source_id'].isin(ids)]['country'].value_counts() * 2",
            "'USA'",
            "len(ids)",
        ],
    },
    "03.4": {
        "solution": "era[(era['earliest'] <= '1973-02-15') & (era['latest'] >= '1973-02-15')]",
        "equivalent": [
            "era[(era['latest'] >= '1973-02-15') & (era['earliest'] < '1973-02-16')]",
            "events[(events['earliest'] <= '1973-02-15') & (events['latest'] >= '1973-02-15')]",
        ],
        "wrong": [
            "era[era['earliest'] <= '1973-02-15']",
            "era[era['latest'] >= '1973-02-15']",
            "era[era['earliest'] == '1973-02-15']",
            "era[era['date'] == '1973-02-15']",
            "era[(era['earliest'] >= '1973-02-15') & (era['latest'] <= '1973-02-15')]",
            "era[(era['earliest'] <= '1973-02-14') & (era['latest'] >= '1973-02-14')]",
            "era[(era['earliest'] <= '1973-02-15') & (era['latest'] >= '1973-02-15')]['title']",
            "'1973-02-15'",
        ],
    },
    "03.5": {
        "solution": "plot_timeline(months, title='September 1972 to March 1973, in order')",
        "equivalent": [
            "plot_timeline(era[9:14], title='Accusations, a search, a dismissal: 1972–73')",
            "plot_timeline(months.sort_values('title'), title='What was said and done, 1972 and 1973')",
        ],
        "wrong": [
            "plot_timeline(weeks, title='February and March 1973')",
            "plot_timeline(era, title='1968–78')",
            "plot_timeline(months)",
            "plot_timeline(months, title='Why Balochistan rose in 1973')",
            "plot_timeline(months, title='How the arms of 1973 led to a dismissal')",
            "plot_timeline(era[9:15], title='September 1972 to March 1973')",
            "months",
            "plot_timeline(months[:0], title='1973')",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "embassy-arms-find-1973,1973-02-10,", "embassy-arms-find-1973,1973-10-02,"),
    ("events", "balochistan-government-dismissed-1973,1973-02-14/", "balochistan-government-dismissed-1973,1973-02-04/"),
    ("events", "by 104 votes to 11, with 10 abstentions", "by 104 votes to 10, with 11 abstentions"),
    (
        "events",
        "Pakistan expels Iraq's ambassador and recalls its own",
        "Iraq expels Pakistan's ambassador and recalls its own",
    ),
    (
        "events",
        "Iraq attends the Islamic summit in Lahore as an observer",
        "Iraq attends the Islamic summit in Lahore as a member",
    ),
    ("claims", 'contested,"The roots inside Pakistan', 'corroborated,"The roots inside Pakistan'),
    ("claims", "Pakistan knew of the arms in advance", "Iran knew of the arms in advance"),
    ("reports", "submachine guns found,350,350,", "submachine guns found,530,530,"),
    ("reports", "rounds of ammunition found,50000,50000,", "rounds of ammunition found,5000,5000,"),
    ("event_sources", "doubts-about-arms-1973,frus-e8-doc-110", "doubts-about-arms-1973,dawn-1973-02-11"),
    ("claim_events", "3i,zia-in-baghdad-1980", "3i,iran-revolution-1979"),
    ("figures/trade", "PAK,IRQ,1974,10,26,36,", "PAK,IRQ,1974,10,26,63,"),
]

TAUGHT = {"&", "value_counts"}
PREVIEWED: dict[str, str] = {}
