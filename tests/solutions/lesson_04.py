"""Lesson 04."""

CONTEXT = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load
plt.close("all")
events = load("events")
claims = load("claims")
reports = load("reports")
era = events[events["era_id"] == "two-wars"]
troops = reports[reports["event_id"].isin(["pakistani-brigades-saudi-arabia", "pakistani-troop-numbers-1991"])]
eighties = troops.head(3)
fig, ax = plt.subplots()
sentence = "It cannot show how many soldiers stood there before the protests began."
"""

_DRAWN = """
ax.hlines(eighties["report_id"], eighties["low"], eighties["high"], linewidth=9)
ax.set_title("Pakistani soldiers and Saudi Arabia: three reports of the 1980s")
ax.set_xlabel("soldiers")
"""

SOLUTIONS = {
    "04.1": {
        "solution": "troops.groupby('event_id')['high'].max()",
        "equivalent": [
            "troops.groupby('event_id')['high'].agg('max')",
            "troops.sort_values('high').groupby('event_id')['high'].last()",
            "list(troops.groupby('event_id')['high'].max())",
        ],
        "wrong": [
            "troops.groupby('event_id')['high'].min()",
            "troops.groupby('event_id')['low'].max()",
            "troops.groupby('quantity')['high'].max()",
            "troops.groupby('event_id').size()",
            "troops.groupby('event_id')",
            "troops.groupby('event_id')[['high']].max()",
            "troops['high'].max()",
            "reports.groupby('event_id')['high'].max()",
        ],
    },
    "04.2": {
        "solution": "['troops-1991-01-31-stationed', sentence]",
        "equivalent": [
            "('troops-1991-02-01-committed', sentence)",
            "[troops.tail(3)['report_id'].iloc[0], 'This number does not tell who came before the war and who after it.']",
        ],
        "wrong": [
            "['...', '...']",
            "'troops-1991-01-31-stationed'",
            "['troops-1991-01-31-stationed', 'Many soldiers.']",
            "[sentence, 'troops-1991-01-31-stationed']",
            "['troops-1991-kemp-sent', sentence]",
            "['crowd-1991-volunteers', sentence]",
            "['workers-1990-still-there', sentence]",
            "['troops-1991-01-31-stationed', 11000]",
        ],
    },
    "04.3": {
        "solution": "'1990-08-02~/1990-10'",
        "equivalent": ["'1990-08-15~/1990-10~'", "'1990-08-10?/1990-10-31'", "'1990-08-02%/1990-10'"],
        "wrong": [
            "'1990-08~/1990-10'",
            "'1990-08-02/1990-10'",
            "'1990-08-15'",
            "'1990-08-02~'",
            "'1990-09~/1990-10'",
            "'1990-08-02~/1991-01'",
            "'August to October 1990'",
            "1990",
        ],
    },
    "04.4": {
        "solution": "def at_least(number):\n    return troops[troops['low'] >= number]\nat_least",
        "equivalent": [
            "lambda number: troops[troops['low'] >= number]",
            "def from_here(n):\n    enough = troops['low'] >= n\n    return troops[enough].sort_values('low')\nfrom_here",
        ],
        "wrong": [
            "def at_least(number):\n    return ...\nat_least",
            "def at_least(number):\n    return troops[troops['low'] > number]\nat_least",
            "def at_least(number):\n    return troops[troops['high'] >= number]\nat_least",
            "def at_least(number):\n    return troops[troops['low'] >= 5000]\nat_least",
            "def at_least(number):\n    troops[troops['low'] >= number]\nat_least",
            "def at_least(number):\n    return troops['low'] >= number\nat_least",
            "def at_least():\n    return troops\nat_least",
            "troops[troops['low'] >= 5000]",
        ],
    },
    "04.5": {
        "solution": _DRAWN + "ax",
        "equivalent": [
            _DRAWN.replace("linewidth=9", "color='black'") + "ax",
            "width = eighties['high'] - eighties['low']\n"
            "ax.errorbar(eighties['low'], eighties['report_id'], xerr=[width * 0, width], fmt='none')\n"
            "ax.set(title='Three reports', xlabel='soldiers')\nax",
        ],
        "wrong": [
            "ax",
            "fig",
            _DRAWN + "ax.set_title('')\nax",
            _DRAWN.replace("ax.set_xlabel", "ax.set_ylabel") + "ax",
            _DRAWN.replace("eighties", "troops") + "ax",
            _DRAWN.replace("eighties", "eighties.head(2)") + "ax",
            _DRAWN.replace("eighties['high']".replace("'", '"'), "eighties['high'] + 1000".replace("'", '"')) + "ax",
            "eighties",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "zia-in-baghdad-1980,1980-09-28/1980-09-29,", "zia-in-baghdad-1980,1980-09-28/1980-09-30,"),
    ("events", "first-pakistani-contingent-1990,1990-08~/", "first-pakistani-contingent-1990,1990-09~/"),
    (
        "events",
        "baghdad-foreign-ministers-1981,1981-06-01/1981-06-05,",
        "baghdad-foreign-ministers-1981,1981-07-01/1981-07-05,",
    ),
    ("events", "Pakistan's army chief contradicts his government", "Pakistan's army chief supports his government"),
    ("events", "the other dates the meeting to 24 September 1980", "the other dates the meeting to 24 September 1981"),
    ("event_actors", "gulf-crisis-cost-to-pakistan,KWT", "gulf-crisis-cost-to-pakistan,SAU"),
    (
        "spans",
        "Brigades in Saudi Arabia,PAK,Pakistani troops abroad,1982~,",
        "Brigades in Saudi Arabia,PAK,Pakistani troops abroad,1981~,",
    ),
    (
        "reports",
        "Pakistani soldiers said to be hired for Saudi Arabia,6000,25000,",
        "Pakistani soldiers said to be hired for Saudi Arabia,6000,52000,",
    ),
    (
        "reports",
        "Pakistani soldiers sent to Saudi Arabia,2000,2000,",
        "Pakistani soldiers sent to Saudi Arabia,20000,20000,",
    ),
    ("reports", "Pakistani soldiers committed to Saudi Arabia,", "Pakistani soldiers stationed in Saudi Arabia,"),
    ("reports", "Pakistanis still in Kuwait and Iraq,80000,,", "Pakistanis still in Kuwait and Iraq,80000,80000,"),
    ("claims", "US-led war for Kuwait.,contested,", "US-led war for Kuwait.,corroborated,"),
    ("claim_events", "4c,beg-dissent-1991", "4c,sanctions-oil-for-food"),
]

# `reports_of` is the function that the lesson itself makes.
TAUGHT = {"groupby", "size", "min", "max", "def", "subplots", "hlines", "set_title", "set_xlabel"}
PREVIEWED: dict[str, str] = {}
