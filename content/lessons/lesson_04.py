"""Lesson 04."""

from content.lessons.forms import spellings

CONTEXT = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
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
_WORDS = "ax.set(title='Three reports', xlabel='soldiers')\nax"
_LARGEST = "troops.groupby('event_id')['high'].max()"
_KEPT = "troops[troops['low'] >= number]"


def _loop(line: str) -> str:
    return f"for name, low, high in zip(eighties['report_id'], eighties['low'], eighties['high']):\n    {line}\n{_WORDS}"


def _returning(rows: str) -> str:
    return f"def at_least(number):\n    return {rows}\nat_least"


SOLUTIONS = {
    "04.1": {
        "equivalent": [
            "troops.groupby('event_id')['high'].agg('max')",
            "troops.sort_values('high').groupby('event_id')['high'].last()",
            "list(troops.groupby('event_id')['high'].max())",
            _LARGEST + ".sort_values(ascending=False)",
            _LARGEST + ".astype(float)",
            _LARGEST + "[::-1]",
            _LARGEST + ".to_numpy()",
            _LARGEST + ".array",
            _LARGEST + ".to_dict()",
            _LARGEST + ".to_frame()",
            _LARGEST + ".reset_index()",
            "set(" + _LARGEST + ")",
            "troops.groupby('event_id')[['high']].max()",
            "troops.groupby('event_id', as_index=False)['high'].max()",
            "troops.groupby('event_id')['high'].agg(lambda column: column.max())",
            "troops.pivot_table(index='event_id', values='high', aggfunc='max')",
            "{name: rows['high'].max() for name, rows in troops.groupby('event_id')}",
            "troops.groupby('event_id').agg(n=('high','max'))",
            "troops.groupby('event_id').agg({'high':'max'})",
            "troops.groupby('event_id')['high'].nlargest(1)",
            "troops.loc[troops.groupby('event_id')['high'].idxmax(), 'high']",
            "[100000, 25000]",
            "troops.groupby('event_id')['high'].max().to_dict().items()",
            "troops.groupby('event_id')['high'].max().to_frame().T",
            "np.array([25000., 100000.])",
        ],
        "wrong": [
            "troops['high'].max()",  # the mistake that is to be mended
            "troops.groupby('event_id')['high'].min()",
            "troops.groupby('event_id')['low'].max()",
            "troops.groupby('quantity')['high'].max()",
            "troops.groupby('event_id').size()",
            "troops.groupby('event_id')",
            "troops['high'].max()",
            "reports.groupby('event_id')['high'].max()",
            "troops.groupby('event_id')['high']",
            "troops.groupby('event_id')['high'].max",
            "troops.groupby('event_id')['high'].mean()",
            "troops.groupby('event_id')['high'].max().astype(str)",
            "troops['high'].nlargest(3)",
            _LARGEST + ".index",
            _LARGEST + ".head(1)",
            "troops",
            "troops.groupby('event_id')[['low', 'high']].max()",
            "dict(zip(" + _LARGEST + ".index, " + _LARGEST + "[::-1]))",
            "'high'",
            "troops.groupby('event_id')['high'].transform('max')",
            "sum(" + _LARGEST + ")",
            "[100000]",
            "['25,000','100,000']",
            "troops.groupby('event_id')['high'].describe()",
            "troops.groupby('event_id')['high'].idxmax()",
            "troops.groupby('event_id')['high'].count()",
            "troops.groupby('as_of')['high'].max()",
            "25000",
        ],
    },
    "04.2": {
        "equivalent": [
            "('troops-1991-02-01-committed', sentence)",
            "[troops.tail(3)['report_id'].iloc[0], 'This number does not tell who came before the war and who after it.']",
            "[' troops-1991-01-31-stationed', 'It cannot show why they were sent']",
            "['Troops-1991-01-31-Stationed\u00a0', 'Not the reason.']",
            "pd.Series(['troops-1991-01-31-stationed', sentence])",
            "np.array(['troops-1991-01-31-stationed', sentence])",
            "{'report': 'troops-1991-01-31-stationed', 'sentence': sentence}",
            "['troops-1991-02-01-committed', 'یہ عدد وجہ نہیں بتاتا']",
            "['troops-1991-02-01-committed', 'لا يبين السبب']",
            "['troops-1991-02-01-committed', '它不能说明原因']",
            "['troops–1991–01–31–stationed', sentence]",
            "['troops-۱۹۹۱-۰۱-۳۱-stationed', sentence]",
            "(part for part in ['troops-1991-01-31-stationed', sentence])",
            "['troops-1991-01-31-stationed.', 'Why? It cannot say.']",
            "[['troops-1991-02-01-committed', 'The date of arrival']]",
            "['troops-1991-02-01-committed', \"It doesn't show who\"]",
        ],
        "wrong": [
            "'troops-1991-01-31-stationed'",
            "['troops-1991-01-31-stationed', 'Many soldiers.']",
            "[sentence, 'troops-1991-01-31-stationed']",
            "['troops-1991-kemp-sent', sentence]",
            "['crowd-1991-volunteers', sentence]",
            "['workers-1990-still-there', sentence]",
            "['troops-1991-01-31-stationed', 11000]",
            "['troops-1991-01-31-stationed']",
            "['troops-1991-01-31-stationed', '']",
            "['troops-1991-01-31-stationed', '. . . . .']",
            "['troops-1991-01-31-stationed', None]",
            "['troops-1991-01-31', sentence]",
            "sentence",
            "['troops-1991-01-31-stationed', sentence, sentence]",
            "[11000, sentence]",
            "troops.tail(3)",
            "['csmonitor-1991-01-31-pakistan', sentence]",
            "['troops-1991-01-31-stationed', ['a list', 'of words']]",
            "['', sentence]",
            "len",
            "{'troops-1991-01-31-stationed': 'It cannot show why'}",
            "['troops-1991-01-31-stationed', 'no']",
            "'troops-1991-01-31-stationed: it cannot show why'",
            "['11,000 stationed', 'It cannot show why']",
            "['troops-1991-01-10-sent', 'It cannot show why']",
            "['troops-1991-01-31-stationed', 'troops-1991-02-01-committed']",
        ],
        "untouched": ["['...', '...']", "['troops-1991-01-31-stationed', '...']", "['...', sentence]"],
    },
    "04.3": {
        "equivalent": [
            *spellings("1990-08-15~/1990-10"),
            "'1990-08-15~/1990-10~'",
            "'1990-08-10?/1990-10-31'",
            "'1990-08-02%/1990-10'",
            "'1990-08-16~/1990-10'",
            "' 1990-08-02~/1990-10 '",
            "'1990-08-15 ~/1990-10'",
            "'1990-08-15؟/1990-10'",
            "'1990-08-15～／1990-10'",
            "'1990-08-02~/1990-10-31~'",
            "'1990-08-04~/1990-10-XX'",
            "'1990-08-14?/1990-10?'",
            "'1990-08-02~/1990-10.'",
        ],
        "wrong": [
            "'1990-08~/1990-10'",
            "'1990-08-02/1990-10'",
            "'1990-08-15'",
            "'1990-08-02~'",
            "'1990-09~/1990-10'",
            "'1990-08-02~/1991-01'",
            "'August to October 1990'",
            "1990",
            "'1990-08-17~/1990-10'",
            "'1990-08-01~/1990-10'",
            "'~1990-08-15/1990-10'",
            "'1990-08-15/1990-10~'",
            "'1990-08-02~/..'",
            "'../1990-10'",
            "'1990-08-02~/1990-09'",
            "'1990-10/1990-08-02~'",
            "'1990/1990-10'",
            "''",
            "['1990-08-02~', '1990-10']",
            "'1990-08-02~-1990-10'",
            "'1991-08-02~/1991-10'",
            "'1990-08-XX~/1990-10'",
            "'1990-08-02~..1990-10'",
            "'1990-08-31~/1990-10'",
            "'1990-08-02~/1990-11'",
            "'1990-08-02~/1990'",
            "'about 15 August 1990'",
            "'1990-8-15~/1990-10'",
        ],
    },
    "04.4": {
        "equivalent": [
            "lambda number: troops[troops['low'] >= number]",
            "def from_here(n):\n    enough = troops['low'] >= n\n    return troops[enough].sort_values('low')\nfrom_here",
            _returning("troops.query('low >= @number')"),
            _returning("troops.loc[troops['low'].ge(number)]"),
            _returning("troops[~(troops['low'] < number) & troops['low'].notna()]"),
            _returning("troops[troops['low'] >= number].reset_index(drop=True)"),
            _returning("troops[troops['low'] >= number].set_index('report_id')"),
            _returning("troops[troops['low'] > number - 1]"),
            "def at_least(number=0, table=troops):\n    return table[table['low'] >= number]\nat_least",
            _returning("reports[reports['report_id'].isin(troops['report_id']) & (reports['low'] >= number)]"),
            "class Finder:\n    def __call__(self, number):\n        return troops[troops['low'] >= number]\nFinder()",
            "from functools import partial\npartial(lambda table, n: table[table['low'] >= n], troops)",
            "def at_least(*numbers):\n    print(numbers)\n    return troops[troops['low'] >= numbers[0]]\nat_least",
            "def at_least(number: int) -> pd.DataFrame:\n    rows = []\n"
            "    for i, row in troops.iterrows():\n"
            "        if not pd.isna(row['low']) and row['low'] >= number:\n            rows.append(row)\n"
            "    return pd.DataFrame(rows)\nat_least",
            "def f(number):\n    return pd.concat([troops[troops.low>number], troops[troops.low==number]])\nf",
            "def f(number):\n    return troops[troops['low'] >= float(number)][['report_id','low']]\nf",
        ],
        "wrong": [
            _returning("troops[troops['low'] > number]"),
            _returning("troops[troops['high'] >= number]"),
            _returning("troops[troops['low'] >= 5000]"),
            "def at_least(number):\n    troops[troops['low'] >= number]\nat_least",
            _returning("troops['low'] >= number"),
            "def at_least():\n    return troops\nat_least",
            "troops[troops['low'] >= 5000]",
            _returning("troops[troops['low'] <= number]"),
            _returning("troops[troops['low'] == number]"),
            _returning("reports[reports['low'] >= number]"),
            _returning("exit()"),
            _returning("1 / 0"),
            _returning("number"),
            _returning("print(number)"),
            _returning("troops"),
            _returning("troops[troops['low'] >= number]['report_id']"),
            _returning("troops[troops['low'] >= number - 1]"),
            "def at_least(number):\n    raise SystemExit\nat_least",
            "def at_least(number):\n    return at_least(number)\nat_least",
            "def at_least(number):\n    return None['low']\nat_least",
            "5000",
            "len",
            "'at_least'",
            "print",
            _returning("troops[troops['low'] >= number].head(2)"),
            _returning("len(troops[troops['low'] >= number])"),
            _returning("troops.groupby('event_id')"),
            "def f(number):\n    return troops['low'][troops['low'] >= number].tolist()\nf",
            "def f(number):\n    yield troops\nf",
            "def f(number):\n    return 'troops'\nf",
            "async def f(number):\n    return troops\nf",
            "def f(number, other):\n    return troops\nf",
            "def f(number):\n    return troops[troops['low'] >= number].style\nf",
            "def f(number):\n    return troops[troops['lo'] >= number]\nf",
            "def f(number):\n    return troops[troops['low'] >= str(number)]\nf",
            "def f(number):\n    return troops.groupby(number)\nf",
            "troops.query",
        ],
        "untouched": ["def at_least(number):\n    return ...\nat_least", "'...'"],
    },
    "04.5": {
        "equivalent": [
            _DRAWN.replace("linewidth=9", "color='black'") + "ax",
            "width = eighties['high'] - eighties['low']\n"
            "ax.errorbar(eighties['low'], eighties['report_id'], xerr=[width * 0, width], fmt='none')\n" + _WORDS,
            _loop("ax.plot([low, high], [name] * 2)"),
            _loop("ax.plot([low, high], [name] * 2, marker='o')"),
            "ax.barh(eighties['report_id'], eighties['high'] - eighties['low'], left=eighties['low'])\n" + _WORDS,
            "ax.broken_barh([(6000, 19000)], (0, 1))\nax.broken_barh([(1500, 500)], (2, 1))\n"
            "ax.broken_barh([(20000, 0)], (4, 1))\n" + _WORDS,
            "ax.vlines(eighties['report_id'], eighties['low'], eighties['high'])\n"
            "ax.set(title='Three reports', ylabel='soldiers')\nax",
            _DRAWN + "ax.scatter(eighties['low'], eighties['report_id'])\nax.axvline(10000, ls=':')\nax",
            "plt.hlines(eighties['report_id'], eighties['low'], eighties['high'])\nplt.title('A')\n"
            "plt.xlabel('soldiers')\nplt.gca()",
            _DRAWN.replace('ax.set_title("', 'fig.suptitle("') + "ax",
            _DRAWN.replace("set_xlabel", "figure.supxlabel") + "ax",
            _DRAWN.replace('"soldiers"', "'فوجی'") + "ax.set_title('تین رپورٹیں')\nax",
            _DRAWN.replace('eighties["report_id"]', '["a", "b", "c"]') + "ax",
            _DRAWN.replace('eighties["report_id"]', "[3, 2, 1]") + "ax",
            _DRAWN.replace('eighties["report_id"]', 'eighties["quantity"]') + "ax",
            "_, axes = plt.subplots(1, 2)\nax = axes[1]\n" + _DRAWN + "ax",
            "ax.hlines(eighties['report_id'][::-1], eighties['low'][::-1], eighties['high'][::-1])\n" + _WORDS,
            "ax.bar(eighties['report_id'], eighties['high'] - eighties['low'], bottom=eighties['low'])\n"
            "ax.set(title='Three reports', ylabel='soldiers')\nax",
            "for i,(l,h) in enumerate(zip(eighties.low,eighties.high)):\n    ax.plot([l,h],[i,i])\n"
            "ax.set_yticks(range(3), eighties.report_id)\nax.set(title='T', xlabel='n')\nax",
            "m=(eighties.low+eighties.high)/2\n"
            "ax.errorbar(m.astype(float), eighties.report_id, xerr=((eigh"
            "ties.high-eighties.low)/2).astype(float), fmt='o')\nax.set(title='T', xlabel='n')\nax",
            "ax.hlines(eighties.report_id, eighties.low, eighties.high)\nax.set_xscale('log')\n"
            "ax.set_title('T')\nax.set_xlabel('n')\nax",
            "ax.hlines(eighties.report_id, eighties.low, eighties.high)\n"
            "for n,l in zip(eighties.report_id,eighties.low): ax.text(l,n,'x')\nax.grid()\n"
            "ax.set_title('T')\nax.set_xlabel('n')\nax",
            "ax.barh(eighties.report_id, eighties.low, color='white')\n"
            "ax.barh(eighties.report_id, eighties.high-eighties.low, left=eighties.low)\n"
            "ax.set_title('T')\nax.set_xlabel('n')\nax",
        ],
        "wrong": [
            "ax",
            "fig",
            _DRAWN + "ax.set_title('')\nax",
            _DRAWN.replace("ax.set_xlabel", "ax.set_ylabel") + "ax",
            _DRAWN.replace("eighties", "troops") + "ax",
            _DRAWN.replace("eighties", "eighties.head(2)") + "ax",
            _DRAWN.replace('eighties["high"]', 'eighties["high"] + 1000') + "ax",
            "eighties",
            _DRAWN + "ax.set_title('...')\nax",
            _DRAWN + "ax.set_xlabel('  ')\nax",
            _DRAWN.replace('eighties["low"]', "[0, 0, 0]") + "ax",
            "ax.barh(eighties['report_id'], eighties['high'])\n" + _WORDS,
            "ax.scatter(eighties['low'], eighties['report_id'])\n" + _WORDS,
            "ax.hlines(eighties['report_id'][::-1], eighties['low'], eighties['high'])\n" + _WORDS,
            "ax.hlines",
            "ax.hlines(eighties['report_id'], eighties['low'], eighties['high'])",
            "ax.plot(eighties['low'], eighties['high'])\n" + _WORDS,
            "plt",
            _DRAWN + "[ax]",
            "plt.subplots(1, 2)[1]",
            _DRAWN + "fig, ax",
            _DRAWN + "ax.hlines('all', 0, 30000)\nax",
            "ax.hlines(eighties.report_id, eighties.low, eighties.high)\nax.set_title('T')\nax",
            "ax.plot(eighties.report_id, eighties.low)\nax.set(title='T',xlabel='n')\nax",
            "ax.hlines(eighties.report_id, eighties.high, eighties.high)\nax.set(title='T',xlabel='n')\nax",
            "ax.barh(eighties.report_id, eighties.high-eighties.low)\nax.set(title='T',xlabel='n')\nax",
            "eighties.plot.barh(x='report_id', y='high', ax=ax, title='T', xlabel='n')",
            "ax.hlines(troops.report_id, troops.low.astype(float), troops.high.astype(float))\n"
            "ax.set(title='T',xlabel='n')\nax",
        ],
        "untouched": ["..."],
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
    ("searches", "two items of one weekly, July 1990", "two items of two weeklies, July 1990"),
    ("reports", "he called Pakistan a brother and India a friend", "he called India a brother and Pakistan a friend"),
]

# `reports_of` is the function that the lesson itself makes.
TAUGHT = {"groupby", "plot_reports", "size", "min", "max", "def", "subplots", "hlines", "set_title", "set_xlabel"}
PREVIEWED: dict[str, str] = {}
