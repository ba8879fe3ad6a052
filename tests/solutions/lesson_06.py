"""Lesson 06."""

CONTEXT = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load
events = load("events")
sources = load("sources")
votes = load("figures/unga_agreement")
pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
syria = votes[(votes["country_a"] == "IRQ") & (votes["country_b"] == "SYR")]
iraq_side = votes[(votes["country_a"] == "IRQ") & (votes["year"] >= 1990) & (votes["year"] <= 2008)]
trade = load("figures/trade")
iraq = trade[(trade["country_b"] == "IRQ") & (trade["year"] >= 2003) & (trade["year"] <= 2013)]

def bars(rows, column, label, title="Trade with Iraq, as a share of Pakistan's trade"):
    fig, ax = plt.subplots()
    ax.bar(rows["year"], rows[column])
    ax.set_ylabel(label)
    ax.set_title(title)
    plt.close(fig)
    return ax
"""

SOLUTIONS = {
    "06.1": {
        "solution": "syria[syria['agreement'].isna()]['year']",
        "equivalent": [
            "syria.loc[syria['agreement'].isna(), 'year']",
            "list(syria[syria['agreement'].isna()]['year'])",
            "syria[syria['votes'] == 0]['year']",
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
        ],
    },
    "06.2": {
        "solution": "'business-recorder-2010-01-31'",
        "equivalent": ["'cow-diplomatic-exchange-2006'", "'mofa-iraq-2015-09-01'"],
        "wrong": [
            "'business-recorder-2010'",
            "'dawn-2013-04-21'",
            "'Business Recorder'",
            "'...'",
            "['business-recorder-2010-01-31']",
            "sources",
            "2010",
        ],
    },
    "06.3": {
        "solution": "iraq_side.pivot_table(index='year', columns='country_b', values='agreement')['SAU']",
        "equivalent": [
            "iraq_side.pivot(index='year', columns='country_b', values='agreement')['SAU'].dropna()",
            "iraq_side.pivot_table('agreement', 'year', 'country_b')['SAU'].round(3)",
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
        ],
    },
    "06.4": {
        "solution": "'2010-02-04~'",
        "equivalent": ["'2010-02-05~'", "'2010-02~'", "'2010-02-04%'"],
        "wrong": [
            "'2010-02-04'",
            "'2010-02'",
            "'2010~'",
            "'2010-04-11~'",
            "'2009-02-04~'",
            "'2010-01-25~'",
            "'4 February 2010'",
            "pd.Timestamp('2010-04-22') - pd.Timedelta(days=77)",
        ],
    },
    "06.5": {
        "solution": "bars(iraq, 'share_of_a_percent', 'per cent')",
        "equivalent": [
            "bars(iraq, 'share_of_a_percent', '% of all trade', 'A share')",
            "bars(iraq, 'share_of_a_percent', 'share of Pakistan\\'s trade (per cent)')",
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
    ("event_actors", "qazi-un-envoy-iraq-2004,un", "qazi-un-envoy-iraq-2004,oic"),
    ("claims", ",contested,\"Iraq's mission in Islamabad ceased", ",corroborated,\"Iraq's mission in Islamabad ceased"),
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
    ("sources", "37 pilgrims sent back from Baghdad", "73 pilgrims sent back from Baghdad"),
    ("figures/unga_agreement", "PAK,IRQ,2003,,,0,,", "PAK,IRQ,2003,0.9,0.9,0,,"),
    ("figures/unga_agreement", "PAK,IRQ,2004,0.9224,", "PAK,IRQ,2004,0.8224,"),
    ("figures/trade", "PAK,IRQ,2013,47,163,210,", "PAK,IRQ,2013,47,63,110,"),
]

TAUGHT = {"isna", "notna", "dropna", "pivot_table", "scatter", "Timestamp", "Timedelta"}
PREVIEWED: dict[str, str] = {}
