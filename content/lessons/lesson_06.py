"""Lesson 06."""

from content.lessons.forms import columns, spellings

CONTEXT = """
from collections import deque
from decimal import Decimal
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from helpers import load
plt.close("all")
events = load("events")
sources = load("sources")
votes = load("figures/unga_agreement")
pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
syria = votes[(votes["country_a"] == "IRQ") & (votes["country_b"] == "SYR")]
gap = syria[syria["agreement"].isna()]
iraq_side = votes[(votes["country_a"] == "IRQ") & (votes["year"] >= 1990) & (votes["year"] <= 2008)]
wide = iraq_side.pivot_table(index="year", columns="country_b", values="agreement")
trade = load("figures/trade")
iraq = trade[(trade["country_b"] == "IRQ") & (trade["year"] >= 2003) & (trade["year"] <= 2013)]
share = iraq["share_of_a_percent"]

def bars(rows, column, label, title="Trade with Iraq, as a share of Pakistan's trade"):
    fig, ax = plt.subplots()
    ax.bar(rows["year"], rows[column])
    ax.set_ylabel(label)
    ax.set_title(title)
    plt.close(fig)
    return ax

def named(label="per cent", title="The share"):
    return bars(iraq, "share_of_a_percent", label, title)
"""

_NEW = "fig, ax = plt.subplots()\n"
_NAMES = "done = ax.set(ylabel='per cent', title='The share')\nax"

SOLUTIONS = {
    "06.1": {
        "equivalent": [
            *columns("gap['year']"),
            "gap['year'].reset_index(drop=True)",
            "syria.loc[syria['agreement'].isna(), 'year']",
            "list(syria[syria['agreement'].isna()]['year'])",
            "syria[syria['votes'] == 0]['year']",
            "gap['year'].sort_values(ascending=False)",
            "gap['year'].astype(float)",
            "gap['year'].astype('int64')",
            "set(gap['year'])",
            "deque(gap['year'])",
            "gap['year'].unique()",
            "gap.set_index('year').index",
            "{int(year): None for year in gap['year']}.keys()",
            "[1958, 1959, 1960, 1964, *range(1995, 2004)]",
            "[*range(2003, 1994, -1), 1964, 1960, 1959, 1958]",
            "np.array(gap['year'], dtype='float32')",
            "[Decimal(int(year)) for year in gap['year']]",
            "gap['year'].astype(object).sample(frac=1, random_state=1)",
        ],
        "wrong": [
            "syria[syria['agreement'].notna()]['year']",
            "syria['agreement'].isna()",
            "syria[syria['agreement'].isna()]",
            "syria[syria['agreement'].isna()]['agreement']",
            "pair[pair['agreement'].isna()]['year']",
            "syria.dropna(subset=['agreement'])['year']",
            "syria['year']",
            "13",
            "None",
            "gap.index",
            "gap['year'].tail(9)",
            "gap['year'].head(12)",
            "gap['year'] + 1",
            "[1958, 1959, 1960, 1964, *range(1995, 2003), 2004]",
            "[*gap['year'], 1964]",
            "[1958] * 13",
            "gap['year'].sum()",
            "gap['year'].tolist",
            "gap['year'].isna()",
            "'year'",
            "[]",
            "gap[['votes']]",
            "syria.groupby('year')",
            "plt.subplots()",
            "print(gap['year'])",
            "np.array([[1958, 1959], [1960, 1964]])",
        ],
        "untouched": ["[...]", "'...'"],
    },
    "06.2": {
        "equivalent": [
            *spellings("2005-07-05/2005-08-22"),
            "'2005-07-05/2005-08-22'",
            "'2005-07-06/2005-08-22'",
            "'2005-07-05/2005-08-21'",
            "'2005-07-05~/2005-08-22~'",
        ],
        "wrong": [
            "'2005-07/2005-08'",
            "'2005'",
            "'2005-07-05'",
            "'2005-07-02/2005-08-22'",
            "'2005-08-19/2005-08-22'",
            "'2005-08-10/2005-08-22'",
            "'2005-07-05/2005-08-23'",
            "'2005-07-05/2005-07-31'",
            "'2005-07-07/2005-08-22'",
            "'2005-07-05/2005-08-20'",
            "'2005-07-05/..'",
            "'../2005-08-22'",
            "'2006-07-05/2006-08-22'",
            "'5 July to 22 August 2005'",
            "'pakistan-closes-baghdad-mission-2005'",
            "2005",
            "None",
            "pd.Timestamp('2005-07-05')",
        ],
        "untouched": ["'...'", "'\\u2026'", "['...']"],
    },
    "06.3": {
        "equivalent": [
            *columns("wide['SAU']"),
            "iraq_side.pivot(index='year', columns='country_b', values='agreement')['SAU'].dropna()",
            "iraq_side.pivot_table('agreement', 'year', 'country_b')['SAU'].round(3)",
            "wide.SAU.to_frame()",
            "wide.loc[:, 'SAU']",
            "wide['SAU'].sort_index(ascending=False)",
            "wide['SAU'].sort_values()",
            "wide.reset_index()['SAU']",
            "wide['SAU'].astype('float32')",
            "[Decimal(str(value)) for value in wide['SAU']]",
            "iraq_side[iraq_side['country_b'] == 'SAU'].dropna().set_index('year')['agreement']",
            "iraq_side[iraq_side['country_b'] == 'SAU'].dropna(subset=['agreement'])['agreement']",
            "iraq_side.groupby(['year', 'country_b'])['agreement'].mean().unstack()['SAU'].dropna()",
            "deque(wide['SAU'])",
        ],
        "wrong": [
            "iraq_side.pivot_table(index='year', columns='country_b', values='agreement')",
            "iraq_side.pivot_table(index='year', columns='country_b', values='agreement')['SYR']",
            "iraq_side.pivot_table(index='year', columns='country_b', values='agreement').round(2)['SAU']",
            "iraq_side.pivot_table(index='year', columns='country_b', values='votes')['SAU']",
            "iraq_side[iraq_side['country_b'] == 'SAU']['agreement']",
            "votes[votes['country_a'] == 'IRQ'].pivot_table(index='year', columns='country_b', values='agreement')['SAU']",
            "iraq_side['country_b']",
            "10",
            "None",
            "wide['SAU'].head(9)",
            "wide['SAU'].mean()",
            "wide['IRN'].tolist()",
            "wide['SAU'][::-1].set_axis(wide.index)",
            "wide['SAU'].round(1).tolist()",
            "wide.index",
            "wide.loc[1990]",
            "wide['SAU'] > 0.9",
            "wide['SAU'].tolist",
            "'SAU'",
            "[]",
            "wide['SAU'].reindex(range(1990, 2009))",
            "wide['SAU'].shift().bfill()",
            "wide['SAU'] + 0.01",
            "[[1, 2], [3, 4]]",
        ],
    },
    "06.4": {
        "equivalent": [
            *spellings("2010-02-04~"),
            "'2010-02-05~/2010-02-07~'",
            "'2010-02-05~'",
            "'2010-02~'",
            "'2010-02-04%'",
            "'2010-02-04 ~'",
            "'2010-02-04\\u223c'",
            "'2010-02-04\\uff5e'",
            "'2010-02-03~'",
            "'2010-02-08~'",
            "'2010-01-31~'",
            "'2010-02%'",
            "'2010-02-01~/2010-02-08~'",
            "'2010-01-31/2010-02-08~'",
        ],
        "wrong": [
            "'2010-02-10~/2010-02-12~'",
            "'2010-02-04'",
            "'2010-02'",
            "'2010~'",
            "'2010-04-11~'",
            "'~2010-02-04'",
            "'~ 2010-02'",
            "'2009-02-04~'",
            "'2010-01-25~'",
            "'4 February 2010'",
            "pd.Timestamp('2010-04-22') - pd.Timedelta(days=77)",
            "'2010-01~'",
            "'2010-03~'",
            "'2010-01-30~'",
            "'2010-02-09~'",
            "'2010-02-04?'",
            "'2010-01/2010-03~'",
            "'2010-02-01/2010-02-08'",
            "'2010-02-20~/2010-02-25~'",
            "'2010-02-04~/..'",
            "'2010-02-30~'",
            "'201X'",
            "''",
            "None",
            "20100204",
            "'~'",
            "['2010-02-04', '~']",
            "'04-02-2010~'",
            "'1431-02-20~'",
            "pd.Timedelta(days=77)",
        ],
        "untouched": ["'...'"],
    },
    "06.5": {
        "equivalent": [
            "bars(iraq, 'share_of_a_percent', '% of all trade', 'A share')",
            "bars(iraq, 'share_of_a_percent', 'share of Pakistan\\'s trade (per cent)')",
            "named('Percent')",
            "named('PER CENT')",
            "named('percentage of all trade')",
            "named('part of all the trade')",
            "named('share of trade (not dollars), in per cent')",
            "named('per cent, not millions of US dollars')",
            "named('% (no longer dollars)')",
            "named('فی صد')",
            "named('فیصد', 'عراق سے تجارت')",
            "named('النسبة المئوية')",
            "named('٪')",
            "named('حصہ')",
            "named('Prozent')",
            "named('pour cent du commerce')",
            "named('share', 'Trade, millions of dollars: a share')",
            _NEW + "done = ax.barh(iraq['year'], share)\ndone = ax.set(xlabel='per cent', title='The share')\nax",
            _NEW
            + "done = ax.bar(iraq['year'], share)\ndone = ax.set(ylabel='per cent')\ndone = fig.suptitle('The share')\nax",
            _NEW + "done = ax.bar(iraq['year'].astype(str), share)\n" + _NAMES,
            _NEW + "done = ax.bar(iraq['year'].tolist(), share.tolist(), width=0.5, color='tab:red')\n" + _NAMES,
            _NEW + "done = [ax.bar(year, part) for year, part in zip(iraq['year'], share)]\n" + _NAMES,
            _NEW
            + "rows = iraq.sort_values('share_of_a_percent')\ndone = ax.bar(rows['year'], rows['share_of_a_percent'])\n"
            + _NAMES,
            "ax = iraq.plot.bar(x='year', y='share_of_a_percent', legend=False)\n" + _NAMES,
            "ax = iraq.plot(kind='barh', x='year', y='share_of_a_percent', xlabel='per cent', title='The share')\nax",
            "done = plt.figure()\ndone = plt.bar(iraq['year'], share)\n"
            "done = plt.ylabel('in %')\ndone = plt.title('Share', loc='left')\nplt.gca()",
            "fig, (ax, other) = plt.subplots(1, 2)\ndone = ax.bar(iraq['year'], share)\n" + _NAMES,
            "ax = iraq.set_index('year')['share_of_a_percent'].plot.bar()\n" + _NAMES,
        ],
        "wrong": [
            "bars(iraq, 'two_way_musd', 'per cent')",
            "bars(iraq, 'share_of_a_percent', 'millions of US dollars')",
            "bars(iraq, 'share_of_a_percent', '')",
            "bars(iraq, 'share_of_a_percent', 'per cent', '')",
            "bars(trade[trade['country_b'] == 'IRQ'], 'share_of_a_percent', 'per cent')",
            "bars(iraq, 'imports_b_from_a_musd', 'per cent')",
            "iraq['share_of_a_percent']",
            "bars(iraq, 'share_of_a_percent', 'per cent').figure",
            "None",
            "named('Centuries')",
            "named('cents')",
            "named('recent years')",
            "named('US dollars')",
            "named('millions')",
            "named('musd')",
            "named('year')",
            "named('   ')",
            "named('...')",
            "named('ڈالر')",
            "named('per cent', '   ')",
            "named('per cent', '...')",
            "bars(iraq.assign(year=iraq['year'] + 1), 'share_of_a_percent', 'per cent')",
            "bars(iraq.assign(share_of_a_percent=share.to_numpy()[::-1]), 'share_of_a_percent', 'per cent')",
            _NEW + "done = ax.bar(range(11), share)\n" + _NAMES,
            _NEW + "done = ax.bar(iraq['year'], iraq['two_way_musd'])\ndone = ax.bar(iraq['year'], share)\n" + _NAMES,
            _NEW + "done = ax.plot(iraq['year'], share)\n" + _NAMES,
            _NEW + "done = ax.barh(iraq['year'], share)\ndone = ax.set(ylabel='per cent', title='The share')\nax",
            _NEW
            + "done = ax.barh(iraq['year'], share)\ndone = ax.set(xlabel='millions of US dollars', title='The share')\nax",
            _NEW + "ax.bar(iraq['year'], share)",
            "ax = plt.subplots()\nax",
            "bars(iraq.head(10), 'share_of_a_percent', 'per cent')",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "musharraf-muslim-force-2007,2007-05-15,", "musharraf-muslim-force-2007,2007-05-25,"),
    ("events", "karbala-pilgrimage-2003,2003-04-22~,", "karbala-pilgrimage-2003,2003-04-22,"),
    ("events", "iraq-buys-pakistani-apcs-2006,2004/2006,", "iraq-buys-pakistani-apcs-2006,2006,"),
    ("events", "Musharraf refuses to send Pakistani troops to Iraq", "Musharraf agrees to send Pakistani troops to Iraq"),
    ("events", "In 2004 Iraq ordered 44 Talha carriers", "In 2004 Iraq ordered 60 Talha carriers"),
    ("events", "Pakistan closes its mission in Baghdad", "Pakistan opens its mission in Baghdad"),
    ("searches", "an embassy works in Baghdad in April 2013", "an embassy works in Baghdad in April 2012"),
    ("claims", ",contested,Armed groups killed two Pakistani", ",corroborated,Armed groups killed two Pakistani"),
    (
        "claims",
        "Trade grew from 4 million dollars in that year to 210",
        "Trade grew from 4 million dollars in that year to 310",
    ),
    (
        "reports",
        'to Iraq, Iran and Syria in a year",600000,,persons',
        'to Iraq, Iran and Syria in a year",600000,600000,persons',
    ),
    ("reports", "given to Pakistani pilgrims,50000,50000,visas", "given to Pakistani pilgrims,150000,150000,visas"),
    ("sources", "Pakistan Observer,PAK,en,,2010-06-23,", "Pakistan Observer,PAK,en,,2010-06-24,"),
    ("figures/unga_agreement", "PAK,IRQ,2003,,,0,,", "PAK,IRQ,2003,0.9,0.9,0,,"),
    ("figures/unga_agreement", "PAK,IRQ,2004,0.9224,", "PAK,IRQ,2004,0.8224,"),
    ("figures/trade", "PAK,IRQ,2013,47,163,210,", "PAK,IRQ,2013,47,63,110,"),
]

TAUGHT = {"legend", "isna", "notna", "dropna", "pivot_table", "Timestamp", "Timedelta"}
PREVIEWED: dict[str, str] = {}
