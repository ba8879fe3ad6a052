"""Lesson 05."""

from content.lessons.forms import spellings

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import math
from decimal import Decimal
from fractions import Fraction
import numpy as np
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


_TITLE = "ax.set_title('About November 2006')\nax"
_FOLLOW = "I follow telegraph-india-2003-03-23"

SOLUTIONS = {
    "05.1": {
        "equivalent": [
            "2.9",
            "2.887",
            "100 / court['sample_size'].iloc[0] ** 0.5",
            "round(100 / 1200 ** 0.5, 2)",
            "Decimal('2.9')",
            "Fraction(29, 10)",
            "np.float32(2.89)",
            "np.array(2.887)",
            "100 / np.sqrt(1200)",
            "100 / math.sqrt(1200)",
            "1 / 1200 ** 0.5 * 100",
            "pow(1200, -0.5) * 100",
            "(10000 / 1200) ** 0.5",
            "float('2.9')",
            "np.round(100/np.sqrt(1200),1)",
            "2.8868",
            "1e2/1200**.5",
        ],
        "wrong": [
            "100 / 1200 * 0.5",  # the mistake that is to be mended
            "margin",
            "3",
            "5",
            "1200 ** 0.5",
            "100 / 1200",
            "(100 / 1200) ** 0.5",
            "'2.9'",
            "[2.9]",
            "(2, 9)",
            "'2,9'",
            "-100 / 1200 ** 0.5",
            "0.02887",
            "2.7",
            "3.0",
            "None",
            "True",
            "float('nan')",
            "np.array([2.9, 2.9])",
            "court",
            "court['margin_points']",
            "np.sqrt",
            "1.4",
            "2 * 100 / 1200 ** 0.5",
            "print(2.9)",
            "'2.9 %'",
            "2.887/100",
            "np.sqrt(1200)/100",
            "100/1200*0.5",
            "[100/1200**0.5]",
            "range(3)",
        ],
    },
    "05.2": {
        "equivalent": [
            "ax.bar(court['answer'], court['percent'], yerr=5)\nax.set_title('Nov. ’06')\nax",
            _chart(margin="court['margin_points']"),
            _chart("court.sort_values('percent')", "[5, 5, 5]", "2006"),
            "fig, new_ax = plt.subplots()\n"
            "container = new_ax.bar([0, 1, 2], [25, 19, 56], yerr=5)\n"
            "shown = new_ax.set_title('Poll of 2006', loc='right')\n"
            "new_ax",
            "ax.bar(court['answer'], court['percent'])\n"
            "ax.errorbar(court['answer'], court['percent'], yerr=5, fmt='none')\n" + _TITLE,
            "ax.barh(court['answer'], court['percent'], xerr=5)\n" + _TITLE,
            "new_ax = court.plot.bar(x='answer', y='percent', yerr='margin_points', title='2006')\nnew_ax",
            "new_ax = court.set_index('answer')['percent'].plot(kind='barh', xerr=5, title='2006', ax=ax)\nnew_ax",
            "plt.bar(court['answer'], court['percent'], yerr=5)\nplt.title('2006')\nplt.gca()",
            "fig.suptitle('نومبر ۲۰۰۶')\nax.bar(court['answer'], court['percent'], yerr=5)\nax",
            "for name, percent in zip(court['answer'], court['percent']):\n    ax.bar(name, percent, yerr=5)\n" + _TITLE,
            "for n, (name, percent) in enumerate(zip(court['answer'], court['percent'])):\n"
            "    ax.bar(n, percent, yerr=5, label=name)\nax.legend()\n" + _TITLE,
            "ax.bar(['keine Meinung', 'richtig', 'falsch'], court['percent'], yerr=5)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'])\n"
            "ax.vlines(court['answer'], court['percent'] - 5, court['percent'] + 5)\n" + _TITLE,
            "_, axes = plt.subplots(1, 2)\nax = axes[0]\n" + _chart(),
            "ax.bar(court['answer'], court['percent'])\n"
            "ax.errorbar(court['answer'], court['percent'], yerr=[[5] * 3, [5] * 3], fmt='o', capsize=4)\n" + _TITLE,
            "ax.bar(range(3), court['percent'], yerr=5, tick_label=court['answer'].str.upper())\n" + _TITLE,
            "new_ax=court.set_index('answer').percent.plot.bar(yerr=court.margin_points.values, "
            "title='Court, 2006')\nnew_ax",
            "ax.bar(court.answer, court.percent, yerr=5.0, color=['r','g','b'], width=.5)\n"
            "ax.axhline(50)\nax.set_title('20’06: 2006')\nax",
            "bars=ax.bar(court.answer, court.percent, yerr=5)\nax.bar_label(bars)\nax.set_title('Poll (Nov. 2006)')\nax",
            "ax.bar(court.answer.str.title(), court.percent.astype(float), yerr=np.full(3,5))\nax.set_title('2006')\nax",
            "court.plot(kind='barh', x='answer', y='percent', xerr='margin_points', ax=ax)\nax.set_title('2006')\nax",
            "ax.bar(court.answer, court.percent)\n"
            "for n,p in zip(court.answer,court.percent): ax.plot([n,n],[p-5,p+5],color='k')\n"
            "ax.set_title('2006')\nax",
            "ax.bar(court.answer, court.percent)\nax.errorbar(court.answer, court.percent, 5, ls='')\n"
            "ax.set_title('2006')\nax",
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
            "ax.bar(['right', 'wrong', 'no opinion'], sorted(court['percent']), yerr=5)\n" + _TITLE,
            "ax.bar(['wrong', 'no opinion', 'right'], court['percent'], yerr=5)\n" + _TITLE,
            "ax.bar(range(3), court['percent'], yerr=5, tick_label=court['answer'][::-1])\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'])\nax.errorbar(['right'], [19], yerr=5)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'])\nax.errorbar(court['answer'], [5, 5, 5], yerr=5)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'], yerr=10)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'], yerr=2.5)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'], yerr=[[0, 0, 0], [5, 5, 5]])\n" + _TITLE,
            _chart(title="Gallup Pakistan, 2003"),
            "ax.bar(court['answer'].head(2), court['percent'].head(2), yerr=5)\n" + _TITLE,
            "ax.plot(court['answer'], court['percent'])\n" + _TITLE,
            "ax.bar",
            "plt.subplots(1, 2)[1]",
            _chart() + ".figure",
            "ax.bar(court['answer'], court['percent'] / 100, yerr=0.05)\n" + _TITLE,
            "ax.bar(court['answer'], court['percent'], yerr=5)\nax.set_ylabel('2006')\nax",
            "ax.bar(court.answer, court.percent, xerr=5)\nax.set_title('2006')\nax",
            "ax.pie(court.percent)\nax.set_title('2006')\nax",
            "ax.bar(court.answer, court.percent, yerr=court.percent)\nax.set_title('2006')\nax",
            "ax.bar(court.answer, court.margin_points, yerr=5)\nax.set_title('2006')\nax",
            "ax.hist(court.percent)\nax.set_title('2006')\nax",
            "ax.bar(court.answer, court.percent, yerr=5)\nax.set_title('November 206')\nax",
            "ax.bar(['right','no opinion','wrong'], court.percent, yerr=5)\nax.set_title('2006')\nax",
        ],
    },
    "05.3": {
        "equivalent": [
            "'With arab-news-2003-03-28 I think that the crowds of that month made the government careful.'",
            "f\"I rely on {two['source_id'].iloc[0]}, because its author wrote when more could be known.\"",
            f"'{_FOLLOW}.'",
            "'I rely on Telegraph-India-2003-03-23'",
            "'میں telegraph-india-2003-03-23 پر بھروسا کرتا ہوں'",
            "'أعتمد على telegraph-india-2003-03-23'",
            "'No (telegraph-india-2003-03-23): it was before.'",
            "'telegraph–india–2003–03–23 says no.'",
            "'I read telegraph-india-2003-03-23, not voa-2003-03-15.'",
            "'我相信telegraph-india-2003-03-23的报道'",
            "'Yes; arab-news-2003-03-28\u2019s report says it'",
            "'telegraph-india-۲۰۰۳-۰۳-۲۳ پر بھروسا ہے'",
            "'Reuters (telegraph-india-2003-03-23) was first.'",
            "'no: telegraph-india-2003-03-23'  + ' says so'",
            "'«arab-news-2003-03-28» seems better'",
        ],
        "wrong": [
            "'The visit was postponed because very many people marched in Lahore.'",
            "'I follow Reuters, because its report was made before the march took place.'",
            "'voa-2003-03-15 shows that the United States wanted something from the government at that time.'",
            "'telegraph-india-2003-03-23'",
            "'I follow telegraph-india-2003-03-32: the visit was put off before anybody marched in Lahore.'",
            "True",
            "two",
            "''",
            "['telegraph-india-2003-03-23', 'the visit was put off']",
            "'I follow telegraph india 2003 03 23'",
            "'I follow telegraph-india'",
            "'I follow telegraph-india-2003-03-234'",
            "'telegraph-india-2003-03-23 telegraph-india-2003-03-23'",
            "print('I follow telegraph-india-2003-03-23')",
            "2003",
            "two['source_id'].iloc[0]",
            "'jamali-visit-postponed-2003 was put off'",
            "{'source': 'telegraph-india-2003-03-23'}",
            "two['source_id']",
            "'I follow arab-news'",
            "('I follow telegraph-india-2003-03-23', 1)",
            "'arab-news-2003-03-28 !'",
            "lambda: 'x'",
        ],
    },
    "05.4": {
        "equivalent": [
            *spellings("2003-03-25/2003-04"),
            "'2003-03-25' + '/' + '2003-04'",
            "'2003-03-25/2003-04-XX'",
            "'2003-03-25/2003-04-xx'",
        ],
        "wrong": [
            "'2003-03-25/2003-04-14'",
            "'2003-03-25/2003-04-30'",
            "'2003-03-25/2003-04~'",
            "'2003-03/2003-04'",
            "'2003-03-25'",
            "'2003-03-25/2003'",
            "'25 March to April 2003'",
            "'2003-03-25/2003-05'",
            "'2003-03-25~/2003-04'",
            "'~2003-03-25/2003-04'",
            "'2003-03-25/~2003-04'",
            "'2003-03-25/2003-04?'",
            "'2003-03-25/..'",
            "'../2003-04'",
            "'2003-03-25-2003-04'",
            "'2003-03-25/04'",
            "'2003-03-26/2003-04'",
            "'2003-03-25/2004-04'",
            "'2003-04/2003-03-25'",
            "['2003-03-25', '2003-04']",
            "('2003-03-25', '2003-04')",
            "2003",
            "''",
            "pd.Period('2003-04')",
            "'2003-03-25/2003-4'",
            "'2003-03-25..2003-04'",
            "'2003-03-25/2003-04%'",
            "'2003-03-24/2003-04'",
            "'2003-03-25/2003-06'",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "jamali-visit-postponed-2003,2003-03-22,", "jamali-visit-postponed-2003,2003-03-24,"),
    ("events", "iraqi-embassy-limbo-2003,2003-03-25/2003-04-14,", "iraqi-embassy-limbo-2003,2003-03-25/2003-04-15,"),
    ("events", "Pakistan does not say how it would vote", "Pakistan says how it would vote"),
    ("events", "Pakistan's Senate unanimously deplores", "Pakistan's Senate unanimously condemns"),
    ("reports", "the organisers claim three million", "the organisers claim two million"),
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
