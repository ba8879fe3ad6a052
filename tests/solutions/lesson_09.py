"""Lesson 09."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load
plt.close("all")
events = load("events")
forecasts = load("forecasts")
after = events[events["era_id"] == "since-the-article"]
pairs = forecasts[forecasts["claim_id"].isin(["10c", "10e", "11b", "11c", "12a"])]
links = load("event_sources").merge(load("sources"), on="source_id")
jets = links[links["event_id"].isin(["jf17-deal-reported-2024", "iraq-jf17-interest-2026"])]
decided = forecasts[forecasts["outcome"] != "open"]
half = (decided["outcome"] == "fulfilled").mean() + (decided["outcome"] == "partly").mean() / 2
names = ["all eleven", "four generous", "four strict"]
shares = [(forecasts["outcome"] == "fulfilled").mean(), 1, 0]
sentence = "It cannot show whether Iraq has really paid for a single fighter."
fig, ax = plt.subplots()
"""


def _chart(new: str = "half", title: str = "Four rules, one record", give: str = "ax") -> str:
    return f"bars = ax.bar([*names, 'decided'], [*shares, {new}])\nshown = ax.set_title({title!r})\n{give}"


SOLUTIONS = {
    "09.1": {
        "solution": "['fulfilled', 'not fulfilled'] * 2 + ['fulfilled', 'partly', 'fulfilled', 'open']",
        "equivalent": [
            "list(pairs['outcome'])",
            "['fulfilled', 'open', 'open', 'not fulfilled', 'partly', 'partly', 'not fulfilled', 'not fulfilled']",
            "['fulfilled', 'open'] * 4",
        ],
        "wrong": [
            "['open'] * 8",
            "['fulfilled'] * 8",
            "['fulfilled', 'open'] * 3",
            "list(forecasts['outcome'])",
            "['yes', 'no'] * 4",
            "['fulfilled', 'open', 'fulfilled', 'open', 'open', 'fulfilled', 'fulfilled', 'open']",
            "'open'",
            "8",
        ],
    },
    "09.2": {
        "solution": "(forecasts[forecasts['outcome'] != 'open']['outcome'] == 'fulfilled').mean()",
        "equivalent": ["4 / 7", "0.57", "round((decided['outcome'] == 'fulfilled').mean(), 3)"],
        "wrong": [
            "(forecasts['outcome'] == 'fulfilled').mean()",
            "(pairs['outcome'] == 'fulfilled').mean()",
            "(decided['outcome'] == 'fulfilled').sum()",
            "decided['outcome'] == 'fulfilled'",
            "(decided['outcome'] != 'fulfilled').mean()",
            "57.1",
            "half",
            "'0.57'",
        ],
    },
    "09.3": {
        "solution": "['waqt-news-2024-05-11', sentence]",
        "equivalent": [
            "('geo-news-2026-01-10', sentence)",
            "[jets['source_id'].iloc[0], 'From this paper nobody learns who told it of the deal.']",
        ],
        "wrong": [
            "['...', '...']",
            "'waqt-news-2024-05-11'",
            "['waqt-news-2024-05-11', 'Not much.']",
            "[sentence, 'waqt-news-2024-05-11']",
            "['Waqt News', sentence]",
            "['vpk-2022-11-21', sentence]",
            "['waqt-news-2024-05-11', 2024]",
            "jets",
        ],
    },
    "09.4": {
        "solution": "after[(after['earliest'] <= '2021-09-13') & (after['latest'] > '2021-09-13')]",
        "equivalent": [
            "after[(after['latest'] >= '2021-09-14') & (after['earliest'] < '2021-09-14')]",
            "after[after['date'] == '2021-09']",
            "events[(events['earliest'] <= '2021-09-13') & (events['latest'] > '2021-09-13')]",
        ],
        "wrong": [
            "after[after['earliest'] <= '2021-09-13']",
            "after[after['latest'] > '2021-09-13']",
            "after[after['latest'] <= '2021-09-13']",
            "after[(after['earliest'] > '2021-09-13') & (after['latest'] <= '2021-09-30')]",
            "after[after['earliest'] != after['latest']]",
            "(after['earliest'] <= '2021-09-13') & (after['latest'] > '2021-09-13')",
            "after[(after['earliest'] <= '2021-09-13') & (after['latest'] > '2021-09-13')]['title']",
            "'2021-09'",
        ],
    },
    "09.5": {
        "solution": _chart(),
        "equivalent": [
            _chart("4.5 / 7"),
            _chart("0.64", "A half for partly"),
            "fig, new_ax = plt.subplots()\n"
            "bars = new_ax.bar(['half', 'strict', 'generous', 'all'], [half, 0, 1, 4 / 11])\n"
            "shown = new_ax.set_title('Scores', loc='right')\n"
            "new_ax",
        ],
        "wrong": [
            _chart("5 / 7"),
            _chart("4 / 7"),
            _chart("4.5 / 11"),
            _chart(title=""),
            _chart(give="fig"),
            _chart(give="bars"),
            "bars = ax.bar(names, shares)\nshown = ax.set_title('Scores')\nax",
            "ax",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "super-mushshak-contract-2021,2021-09,", "super-mushshak-contract-2021,2022-09,"),
    ("events", "Iraq recalls 500 soldiers who were training", "Iraq recalls 50 soldiers who were training"),
    ("events", "Saudi Arabia and Pakistan sign a mutual defence pact", "Saudi Arabia and Iraq sign a mutual defence pact"),
    ("events", "Iraq flies 29 of its officers home", "Iraq flies 92 of its officers home"),
    ("event_actors", "iran-strikes-erbil-2024,IRN", "iran-strikes-erbil-2024,SAU"),
    ("forecasts", "2026-03-13,not fulfilled,iraq-jf17-interest-2026", "2026-03-13,fulfilled,iraq-jf17-interest-2026"),
    ("forecasts", "at least three agreements", "at least two agreements"),
    ("claims", "12a,12,Pakistan needs new partners", "12a,12,Iraq needs new partners"),
    ("reports", "delivered to Iraq,4,4,", "delivered to Iraq,8,8,"),
    ("event_sources", "jf17-deal-reported-2024,waqt-news-2024-05-11", "jf17-deal-reported-2024,geo-news-2026-01-10"),
    ("sources", "Pakistan, Iraq sign land mark defense deal", "Pakistan, Iraq discuss land mark defense deal"),
]

TAUGHT = {"if", "Path", "exists", "read_csv", "assign", "mean"}
PREVIEWED: dict[str, str] = {}
