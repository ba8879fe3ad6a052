"""Lesson 05."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load
events = load("events")
polls = load("figures/polls")
margin = 100 / 1300 ** 0.5
court = polls[polls["question"] == "whether the Iraqi court decided rightly"]
herald = polls[polls["poll_id"] == "herald-gallup-2003"]
links = load("event_sources").merge(load("sources"), on="source_id")
two = links[links["event_id"] == "jamali-visit-postponed-2003"]
plt.close("all")
fig, ax = plt.subplots()
"""


def _chart(table: str = "court", margin: str = "5", title: str = "Gallup Pakistan, about November 2006") -> str:
    return (
        f"bars = ax.bar({table}['answer'], {table}['percent'], yerr={margin}, capsize=6)\n"
        f"shown = ax.set_title({title!r})\n"
        "ax"
    )


SOLUTIONS = {
    "05.1": {
        "solution": "100 / 1200 ** 0.5",
        "equivalent": ["2.9", "2.887", "100 / court['sample_size'].iloc[0] ** 0.5", "round(100 / 1200 ** 0.5, 2)"],
        "wrong": ["margin", "3", "5", "1200 ** 0.5", "100 / 1200", "(100 / 1200) ** 0.5", "'2.9'", "[2.9]"],
    },
    "05.2": {
        "solution": _chart(),
        "equivalent": [
            _chart(margin="court['margin_points']"),
            _chart("court.sort_values('percent')", "[5, 5, 5]", "2006"),
            "fig, new_ax = plt.subplots()\n"
            "container = new_ax.bar([0, 1, 2], [25, 19, 56], yerr=5)\n"
            "shown = new_ax.set_title('Poll of 2006', loc='right')\n"
            "new_ax",
        ],
        "wrong": [
            "ax",
            _chart(margin="margin"),
            _chart(margin="None"),
            _chart("herald"),
            _chart(title="Gallup Pakistan"),
            "fig",
            "ax.bar(court['answer'], court['percent'], yerr=5)",
            "court",
        ],
    },
    "05.3": {
        "solution": "'I follow telegraph-india-2003-03-23: the visit was put off before anybody marched in Lahore.'",
        "equivalent": [
            "'With arab-news-2003-03-28 I think that the crowds of that month made the government careful.'",
            "f\"I rely on {two['source_id'].iloc[0]}, because its author wrote when more could be known.\"",
        ],
        "wrong": [
            "'The visit was postponed because very many people marched in Lahore.'",
            "'I follow Reuters, because its report was made before the march took place.'",
            "'voa-2003-03-15 shows that the United States wanted something from the government at that time.'",
            "'telegraph-india-2003-03-23'",
            "'I follow telegraph-india-2003-03-32: the visit was put off before anybody marched in Lahore.'",
            "True",
            "two",
        ],
    },
    "05.4": {
        "solution": "'2003-03-25/2003-04'",
        "equivalent": ["'2003-03-25' + '/' + '2003-04'", "' 2003-03-25/2003-04 '"],
        "wrong": [
            "'2003-03-25/2003-04-14'",
            "'2003-03-25/2003-04-30'",
            "'2003-03-25/2003-04~'",
            "'2003-03/2003-04'",
            "'2003-03-25'",
            "'2003-03-25/2003'",
            "'25 March to April 2003'",
            "'2003-03-25/2003-05'",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "jamali-visit-postponed-2003,2003-03-22,", "jamali-visit-postponed-2003,2003-03-24,"),
    ("events", "iraqi-embassy-limbo-2003,2003-03-25/2003-04-14,", "iraqi-embassy-limbo-2003,2003-03-25/2003-04-15,"),
    ("events", "Pakistan does not say how it would vote", "Pakistan says how it would vote"),
    ("events", "Pakistan's Senate unanimously deplores", "Pakistan's Senate unanimously condemns"),
    ("event_actors", "joint-ministerial-commission-2001,IRQ", "joint-ministerial-commission-2001,IRN"),
    ("claims", 'stayed friendly to Saddam Hussein.",partly,', 'stayed friendly to Saddam Hussein.",corroborated,'),
    ("reports", "marchers in Peshawar on 30 March,,100000,", "marchers in Peshawar on 30 March,,10000,"),
    ("reports", "marchers in Karachi on 2 March,70000,70000,", "marchers in Karachi on 2 March,7000,70000,"),
    (
        "figures/polls",
        "whether Saddam Hussein should stay in power,yes,85,",
        "whether Saddam Hussein should stay in power,yes,58,",
    ),
    ("figures/polls", "with Saddam Hussein out of power,worse,60,", "with Saddam Hussein out of power,worse,16,"),
    ("sources", "telegraph-india-2003-03-23,Reuters,", "telegraph-india-2003-03-23,AFP,"),
]

TAUGHT = {"bar", "set_ylabel"}
PREVIEWED = {"merge": "07"}
