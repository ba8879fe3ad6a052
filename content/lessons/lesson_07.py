"""Lesson 07."""

from content.lessons.forms import columns, lists, spellings, tables

CONTEXT = """
from collections import Counter, deque
from decimal import Decimal
from fractions import Fraction
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from helpers import load, plot_timeline
plt.close("all")
events = load("events")
sources = load("sources")
links = load("claim_events")
cited = load("event_sources").merge(sources, on="source_id")
evidence = links.merge(events, on="event_id")
pilots = evidence[evidence["claim_id"] == "7d"]
bears = load("claim_sources").merge(sources, on="source_id")
pages = bears[bears["claim_id"].isin(["7a", "7b", "7c", "7d"])]
counts = pd.crosstab(pages["claim_id"], pages["country"])
era = events[events["era_id"] == "back-channel"]
began = evidence[evidence["claim_id"] == "8c"]
spoken, taken = pd.Timestamp("2017-07-14"), pd.to_datetime(["2017-07-11", "2017-07-09"])

def own(xs, title="Training and talk, 2014-2019", draw="plot"):
    fig, ax = plt.subplots()
    if draw == "plot":
        ax.plot(xs, range(len(xs)), "o")
    else:
        ax.scatter(xs, range(len(xs)))
    ax.set_title(title)
    return ax

def titled(title):
    return plot_timeline(began, title=title)
"""

SOLUTIONS = {
    "07.1": {
        "equivalent": [
            *tables("pilots"),
            "events.merge(load('claim_events')).query('claim_id == \"7d\"')",
            "links = load('claim_events')\nlinks[links['claim_id'] == '7d'].merge(events, on='event_id')",
            "pd.merge(events, load('claim_events'), on='event_id')[lambda rows: rows['claim_id'].isin(['7d'])]",
            "pilots.sort_values('earliest', ascending=False)",
            "pilots[['claim_id', 'event_id', 'title']]",
            "pilots[['title', 'claim_id']]",
            "pilots.set_index('claim_id')",
            "pilots.set_index(['claim_id', 'event_id'])",
            "pilots.set_index('title')",
            "links.merge(events, on='event_id', how='left').loc[lambda rows: rows['claim_id'].eq('7d')]",
            "links.merge(events, left_on='event_id', right_on='event_id', how='inner').query('claim_id == \"7d\"')",
            "links.set_index('event_id').join(events.set_index('event_id')).query('claim_id == \"7d\"')",
            "links.join(events.set_index('event_id'), on='event_id')[lambda rows: rows['claim_id'] == '7d']",
            "dict(list(evidence.groupby('claim_id')))['7d']",
            "events.merge(links[links['claim_id'] == '7d'], how='right')",
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
            "None",
            "evidence[evidence['claim_id'] == '7D']",
            "evidence[evidence['claim_id'].isin(['7c', '7d'])]",
            "evidence[evidence['claim_id'].str.startswith('7')]",
            "pd.concat([pilots, pilots])",
            "pilots['event_id'].tolist()",
            "len(pilots)",
            "evidence.groupby('claim_id')",
            "evidence.query",
            "pilots.to_numpy()",
            "pilots.assign(event_id='mosul-retaken-2017', title='Mosul retaken')",
            "events",
            "links",
            "pd.DataFrame()",
            "plot_timeline(pilots)",
        ],
    },
    "07.2": {
        "equivalent": [
            *spellings("nation-2017-03-31"),
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
            "None",
            "''",
            "'luqman'",
            "'luqman-2017-07 nation-2017-03-31'",
            "'iraqi-envoy-credits-pakistan-2017'",
            "'nation 2017 03 31'",
            "True",
            "sources['source_id'].iloc",
            "{'source_id': 'luqman-2017-07', 'other': 'nation-2017-03-31'}",
        ],
        "untouched": ["'...'", "'\\u2026'"],
    },
    "07.3": {
        "equivalent": [
            "titled('’14 to ’19')",
            "plot_timeline(began[['date', 'title']], title='2014 2019')",
            "plot_timeline(began.set_index('event_id'), title='2014 2019')",
            "plot_timeline(events[events['event_id'].isin(began['event_id'])], title='Pakistan and Iraq, 2014–2019')",
            "plot_timeline(began.sort_values('title'), title='Training, talk and thanks, 2014–19')",
            "titled('What the news says, 2014\\u20132019')",
            "titled('First and last: 2014 and 2019')",
            "titled('Newspapers on Iraq and Pakistan, 2014-2019')",
            "titled('A fresh chapter, 2014-2019')",
            "titled('A new relationship, 2014 to 2019')",
            "titled('How it began: 2014\\u201319')",
            "titled('2014\\u20132019')",
            "titled('2014 \\u2013 2019: four dates')",
            "titled('2014 - 19: four dates')",
            "titled('2014/19')",
            "titled('2014 / 2019')",
            "titled('2014\\u2014the first; 2019\\u2014the last')",
            "titled('from2014to2019')",
            "titled('\\u06f2\\u06f0\\u06f1\\u06f4 سے \\u06f2\\u06f0\\u06f1\\u06f9 تک')",
            "titled('العراق وباكستان \\u0662\\u0660\\u0661\\u0664\\u2013\\u0662\\u0660\\u0661\\u0669')",
            "titled('\\u0662\\u0660\\u0661\\u0664\\u2013\\u0661\\u0669')",
            "titled('Vier Ereignisse, 2014 bis 2019')",
            "titled('2019 back to 2014')",
            "titled('2014, 2016, 2017 and 2019')",
            "titled('Nothing started here, 2014-2019')",
            "titled('Dawn and The News, 2014-2019')",
            "ax = plot_timeline(began)\ndone = ax.set_title('2014 to 2019', loc='left')\nax",
            "ax = plot_timeline(began)\ndone = ax.figure.suptitle('Four events, 2014 to 2019')\nax",
            "fig, ax = plt.subplots()\nplot_timeline(began, ax=ax, title='2014-2019', labels=False)",
            "plot_timeline(began, lanes='kind', title='2014-2019')",
            "plot_timeline(began, title='2014-2019', eras=False, highlight=began['event_id'].tolist())",
            "plot_timeline(began[['date', 'title', 'event_id']], title='2014-2019')",
            "own(pd.to_datetime(began['earliest']))",
            "own(list(began['earliest'].dt.year))",
            "own(began['earliest'], draw='scatter')",
        ],
        "wrong": [
            "plot_timeline(began[['date', 'title']].head(2), title='2014 2019')",
            "plot_timeline(evidence, title='2014 to 2019')",
            "plot_timeline(evidence[evidence['claim_id'] == '8a'], title='2014 to 2017')",
            "plot_timeline(era, title='2014 to 2019')",
            "plot_timeline(began)",
            "plot_timeline(began, title='Behind claim 8c, in 2017')",
            "began",
            "None",
            "titled('Four events behind claim 8c')",
            "titled('2014')",
            "titled('2014 to 2018')",
            "titled('2015-19')",
            "titled('2014-20')",
            "titled('19 events of 2014')",
            "titled('   ')",
            "titled('12014 to 20190')",
            "plot_timeline(began.head(3), title='2014 to 2019')",
            "plot_timeline(began.tail(3), title='2014 to 2019')",
            "plot_timeline(began, title='2014 to 2019').figure",
            "plt.subplots()[1]",
            "own(began['earliest'].head(3))",
            "own(list(era['earliest']))",
            "own(began['earliest'], title='Four events')",
            "own([2014, 2016, 2018, 2019])",
            "plot_timeline",
            "'2014 to 2019'",
            "plot_timeline(began, title='2014 to 2019').get_title()",
            "plot_timeline(pd.concat([began, events[events['event_id'] == 'mosul-retaken-2017']]), title='2014-2019')",
        ],
    },
    "07.4": {
        "equivalent": [
            *columns("counts['PAK']"),
            "pd.crosstab(pages['country'], pages['claim_id']).loc['PAK']",
            "pages[pages['country'] == 'PAK']['claim_id'].value_counts()",
            "counts.PAK",
            "counts.loc[:, 'PAK']",
            "counts['PAK'].sort_values()",
            "counts['PAK'].iloc[::-1]",
            "counts['PAK'].astype(float)",
            "counts['PAK'].astype('Int64')",
            "counts['PAK'].reset_index()",
            "pages[pages['country'] == 'PAK'].groupby('claim_id').size()",
            "pages[pages['country'] == 'PAK'].groupby('claim_id')['source_id'].count()",
            "Counter(pages[pages['country'] == 'PAK']['claim_id'])",
            "pages.pivot_table(index='claim_id', columns='country', values='source_id', aggfunc='count')['PAK']",
            "pd.crosstab(index=pages['claim_id'], columns=pages['country'], dropna=False)['PAK']",
            "(pages['country'] == 'PAK').groupby(pages['claim_id']).sum()",
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
            "None",
            "counts['PAK'].sum()",
            "counts['PAK'].head(3)",
            "counts['PAK'] + 1",
            "counts['PAK'].set_axis(['7d', '7c', '7a', '7b'])",
            "counts['PAK'] > 1",
            "pd.crosstab(pages['claim_id'], pages['country'], normalize='index')['PAK']",
            "[2, 2, 2, 1]",
            "[1, 2, 2, 1, 0]",
            "counts.index",
            "pages.groupby('claim_id')",
            "counts.sum",
            "pd.crosstab",
            "[]",
            "{}",
            "pages[pages['country'] == 'PAK']",
            "counts[['PAK', 'USA']]",
        ],
        "untouched": ["'...'"],
    },
    "07.5": {
        "equivalent": [
            *lists("[3, 5]"),
            "[3, 5]",
            "[int(day) for day in pd.Series([3, 5])]",
            "3, 5",
            "[3.0, 5.0]",
            "np.array([3.0, 5.0], dtype='float32')",
            "pd.Series({'fewest': 3, 'most': 5})",
            "[np.int64(3), np.int8(5)]",
            "[np.float64(3), 5]",
            "[Decimal(3), Fraction(5)]",
            "list((spoken - taken).days)",
            "(spoken - taken).days",
            "deque([3, 5])",
            "range(3, 6, 2)",
            "{'fewest': 3, 'most': 5}",
            "{'fewest': 3, 'most': 5}.values()",
            "pd.array([3, 5], dtype='Int64')",
            "[np.array(3), np.array(5)]",
        ],
        "wrong": [
            "[4, 5]",
            "[5, 3]",
            "[3, 4, 5]",
            "[-5, -3]",
            "[3, 4]",
            "4",
            "[9, 11]",
            "None",
            "[]",
            "[3]",
            "[3.5, 5]",
            "['three', 'five']",
            "[3, None]",
            "[True, 5]",
            "np.array([[3, 5], [3, 5]])",
            "np.array([5, 3])",
            "pd.Series([3, 4, 5])",
            "[float('nan'), 5]",
            "[float('inf'), 5]",
            "[3, 5j]",
            "{3: 'fewest', 5: 'most'}",
            "'from three to five'",
            "[spoken, spoken]",
            "plt.figure()",
            "print([3, 5])",
        ],
        "untouched": ["[..., ...]", "['...', '...']"],
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
    ("claim_sources", "7a,luqman-2017-07", "7a,city-news-2017-07-15"),
    ("reports", "Super Mushshak aircraft ordered by Iraq,20,20,", "Super Mushshak aircraft ordered by Iraq,12,12,"),
    (
        "spans",
        "iraq-abadi,Abadi,IRQ,Governments of Iraq,2014-09-08,",
        "iraq-abadi,Abadi,IRQ,Governments of Iraq,2014-06-08,",
    ),
]

TAUGHT = {"merge", "crosstab", "drop_duplicates", "plot_statements"}
PREVIEWED: dict[str, str] = {}
