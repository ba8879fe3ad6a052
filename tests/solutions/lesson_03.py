"""Lesson 03."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
from collections import Counter
import numpy as np
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

_QUARRELS = "era[(era['kind'] == 'diplomacy') & (era['effect'] == 'conflictual')]"
_DAY = "era[(era['earliest'] <= '1973-02-15') & (era['latest'] >= '1973-02-15')]"
_COUNTED = "sources[sources['source_id'].isin(ids)]['country'].value_counts()"


def _drawn(title: str) -> str:
    return f"plot_timeline(months, title={title!r})"


SOLUTIONS = {
    "03.1": {
        "solution": _QUARRELS,
        "equivalent": [
            "era[era['kind'] == 'diplomacy'][lambda rows: rows['effect'] == 'conflictual']",
            'era.query(\'kind == "diplomacy" and effect == "conflictual"\')',
            _QUARRELS + ".sort_values('earliest', ascending=False)",
            _QUARRELS + ".sort_values('title')",
            _QUARRELS + ".set_index('event_id')",
            _QUARRELS + ".reset_index(drop=True)",
            "era.loc[era['kind'].eq('diplomacy') & era['effect'].eq('conflictual')]",
            "era[era['kind'].isin(['diplomacy']) & era['effect'].isin(['conflictual'])]",
            "diplomacy = era[era['kind'] == 'diplomacy']\ndiplomacy[diplomacy['effect'] == 'conflictual']",
            "era[~((era['kind'] != 'diplomacy') | (era['effect'] != 'conflictual'))]",
            "events[(events['kind'] == 'diplomacy') & (events['effect'] == 'conflictual')]",  # no other era has such rows
            _QUARRELS + ".sample(frac=1, random_state=3)",
            "era[np.logical_and(era['kind'] == 'diplomacy', era['effect'] == 'conflictual')]",
        ],
        "wrong": [
            "era[era['kind'] == 'diplomacy']",
            "era[era['effect'] == 'conflictual']",
            "era[(era['kind'] == 'diplomacy') | (era['effect'] == 'conflictual')]",
            "era[(era['kind'] == 'conflict') & (era['effect'] == 'conflictual')]",
            "era[(era['kind'] == 'diplomacy') & (era['effect'] == 'cooperative')]",
            _QUARRELS + "['title']",
            "(era['kind'] == 'diplomacy') & (era['effect'] == 'conflictual')",
            "2",
            "era[(era['kind'] == 'Diplomacy') & (era['effect'] == 'conflictual')]",
            _QUARRELS + "[['event_id', 'title', 'kind', 'effect']]",
            _QUARRELS + ".head(1)",
            "pd.concat([" + _QUARRELS + "] * 2)",
            _QUARRELS + ".head",
            "era.groupby(['kind', 'effect'])",
            "era",
            "len(" + _QUARRELS + ")",
            "print(" + _QUARRELS + ")",
            "era[era['kind'] == 'diplomacy'].head(len(" + _QUARRELS + "))",
            "'diplomacy & conflictual'",
        ],
    },
    "03.2": {
        "solution": "'unvotes-roll-call-1227'",
        "equivalent": [
            "'jta-1971-12-09'",
            "'assembly-vote-report-1971'",
            "sources['source_id'][sources.index].loc[lambda s: s == 'jta-1971-12-09'].iloc[0]",
            "' jta-1971-12-09 '",
            "'JTA-1971-12-09'",
            "'jta–1971–12–09'",
            "'jta-۱۹۷۱-۱۲-۰۹'",
            "'jta-1971-12-09\u00a0'",
            "'Unvotes-Roll-Call-1227'",
            "np.str_('jta-1971-12-09')",
            "'“jta-1971-12-09”'",
            "'jta-1971-12-09\t'",
        ],
        "wrong": [
            "'Jewish Telegraphic Agency'",
            "'un-ceasefire-vote-1971'",
            "'dawn-1973-02-11'",
            "'unvotes'",
            "['jta-1971-12-09', 'unvotes-roll-call-1227']",
            "1971",
            "'3d'",
            "''",
            "'jta-1971-12-09, unvotes-roll-call-1227'",
            "'jta-1971-12-90'",
            "'I take jta-1971-12-09'",
            "sources",
            "sources['source_id']",
            "sources['source_id'] == 'jta-1971-12-09'",
            "'jta 1971 12 09'",
            "print('jta-1971-12-09')",
            "None",
            "True",
        ],
    },
    "03.3": {
        "solution": _COUNTED,
        "equivalent": [
            "links[links['event_id'] == 'embassy-arms-find-1973'].merge(sources, on='source_id')['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)].groupby('country').size()",
            "sources[sources['source_id'].isin(ids)][['country']].value_counts()",
            _COUNTED + ".to_dict()",
            _COUNTED + ".to_frame()",
            _COUNTED + ".reset_index()",
            _COUNTED + ".sort_index()",
            _COUNTED + ".astype(float)",
            "Counter(sources[sources['source_id'].isin(ids)]['country'])",
            "sources[sources['source_id'].isin(ids)].groupby('country')['source_id'].count()",
            "sources[sources['source_id'].isin(ids)].groupby('country')[['source_id']].count()",
            "list(" + _COUNTED + ".items())",
            "sources[sources['source_id'].isin(ids)]['country'].value_counts(ascending=True)",
            "sources[sources['source_id'].isin(ids)].groupby('country', as_index=False).size()",
        ],
        "wrong": [
            "sources['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)]['country']",
            "sources[sources['source_id'].isin(ids)]['kind'].value_counts()",
            "sources[sources['source_id'].isin(links[links['event_id'] == 'doubts-about-arms-1973']['source_id'])]"
            "['country'].value_counts()",
            "sources[sources['source_id'].isin(ids)]",
            _COUNTED + " * 2",
            "'USA'",
            "len(ids)",
            _COUNTED + ".head(1)",
            "sources[sources['source_id'].isin(ids)]['country'].value_counts(normalize=True)",
            _COUNTED + ".index",
            _COUNTED + ".tolist()",
            "sources[sources['source_id'].isin(ids)]['country'].unique()",
            "sources[sources['source_id'].isin(ids)].groupby('country')",
            "sources[sources['source_id'].isin(ids)]['country'].value_counts",
            "sources[sources['source_id'].isin(ids)]['country'].nunique()",
            "sources[sources['source_id'].isin(ids)]['publisher'].value_counts()",
            "{}",
            "ids",
            "sources['source_id'].isin(ids)",
            _COUNTED + ".sum()",
        ],
    },
    "03.4": {
        "solution": _DAY,
        "equivalent": [
            "era[(era['latest'] >= '1973-02-15') & (era['earliest'] < '1973-02-16')]",
            "events[(events['earliest'] <= '1973-02-15') & (events['latest'] >= '1973-02-15')]",
            _DAY + ".sort_values('title')",
            _DAY + ".sort_values('latest', ascending=False)",
            _DAY + ".set_index('event_id')",
            _DAY + "[['date', 'title']]",
            _DAY + ".set_index('title')",
            _DAY + ".reset_index()",
            "era[era['earliest'].le('1973-02-15') & era['latest'].ge('1973-02-15')]",
            "day = pd.Timestamp('1973-02-15')\nera[(era['earliest'] <= day) & (day <= era['latest'])]",
            "era.query('earliest <= \"1973-02-15\" <= latest')",
            "begun = era[era['earliest'] <= '1973-02-15']\nbegun[begun['latest'] >= '1973-02-15']",
        ],
        "wrong": [
            "era[era['earliest'] <= '1973-02-15']",
            "era[era['latest'] >= '1973-02-15']",
            "era[era['earliest'] == '1973-02-15']",
            "era[era['date'] == '1973-02-15']",
            "era[(era['earliest'] >= '1973-02-15') & (era['latest'] <= '1973-02-15')]",
            "era[(era['earliest'] <= '1973-02-14') & (era['latest'] >= '1973-02-14')]",
            _DAY + "['title']",
            "'1973-02-15'",
            "(era['earliest'] <= '1973-02-15') & (era['latest'] >= '1973-02-15')",
            "era[(era['earliest'] < '1973-02-15') & (era['latest'] > '1973-02-15')]",
            "era[(era['earliest'] <= '1973-02-15') | (era['latest'] >= '1973-02-15')]",
            "era",
            _DAY + ".head(1)",
            _DAY + ".head",
            "era[(era['earliest'] <= '1937-02-15') & (era['latest'] >= '1973-02-15')].head(0)",
            "pd.concat([" + _DAY + ", " + _DAY + "])",
            _DAY + "['event_id'].tolist()",
            "len(" + _DAY + ")",
            "weeks",
            "plot_timeline(" + _DAY + ")",
        ],
    },
    "03.5": {
        "solution": "plot_timeline(months, title='September 1972 to March 1973, in order')",
        "equivalent": [
            "plot_timeline(era[9:14], title='Accusations, a search, a dismissal: 1972–73')",
            "plot_timeline(months.sort_values('title'), title='What was said and done, 1972 and 1973')",
            _drawn("The results of the search were shown in 1973"),
            _drawn("١٩٧٣ کے واقعات"),
            _drawn("۱۹۷۲ سے ۱۹۷۳ تک"),
            _drawn("Why Balochistan rose in 1973"),
            _drawn("How the arms of 1973 led to a dismissal"),
            _drawn("1973: arms trigger the dismissal"),
            _drawn("No cause is claimed: 1972 / 73"),
            _drawn("Arms brought to a hall, 1973"),
            _drawn("1973"),
            _drawn("Herbst ’72 bis Frühjahr ’73"),
            _drawn("1972 – 1973"),
            _drawn("从1972年到1973年"),
            "axes = plot_timeline(months)\naxes.figure.suptitle('Events of 1973')\naxes",
            "axes = plot_timeline(months)\naxes.set_title('Sept. 1972 to Mar. 1973', loc='left')\naxes",
        ],
        "wrong": [
            "plot_timeline(weeks, title='February and March 1973')",
            "plot_timeline(era, title='1968–78')",
            "plot_timeline(months)",
            "plot_timeline(era[9:15], title='September 1972 to March 1973')",
            "months",
            "plot_timeline(months[:0], title='1973')",
            _drawn("1999"),
            _drawn("From 1972 to 1999"),
            _drawn("September to March, in order"),
            _drawn("   "),
            _drawn("1972–78"),
            _drawn("197"),
            _drawn("19733"),
            _drawn("Events of February and March 1973, in their order"),
            "plot_timeline(months, title='Events of 1973').figure",
            "plot_timeline",
            "plot_timeline(months.tail(3), title='1973')",
            "plot_timeline(era[8:14], title='1972–73')",
            "print(plot_timeline(months, title='Events of 1973'))",
            "'September 1972 to March 1973'",
            "[plot_timeline(months, title='Events of 1973')]",
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
