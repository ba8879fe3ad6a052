"""Lesson 09."""

from content.lessons.forms import lists, tables

CONTEXT = """
from collections import deque
from decimal import Decimal
from fractions import Fraction
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
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
waqt = "waqt-news-2024-05-11"
words = ["fulfilled", "open", "fulfilled", "not fulfilled", "fulfilled", "partly", "open", "open"]
early, late = after["earliest"] <= "2021-09-13", after["latest"] > "2021-09-13"
doubtful = after[early & late]
fig, ax = plt.subplots()
"""


def _chart(new: str = "half", title: str = "Four rules, one record", give: str = "ax", name: str = "decided") -> str:
    return f"bars = ax.bar([*names, {name!r}], [*shares, {new}])\nshown = ax.set_title({title!r})\n{give}"


def _bars(names: list[str], heights: str = "[*shares, half]") -> str:
    return f"bars = ax.bar({names!r}, {heights})\nshown = ax.set_title('Four rules')\nax"


SOLUTIONS = {
    "09.1": {
        "equivalent": [
            *lists("words"),
            "list(pairs['outcome'])",
            "['fulfilled', 'open', 'open', 'not fulfilled', 'partly', 'partly', 'not fulfilled', 'not fulfilled']",
            "['fulfilled', 'open'] * 4",
            "pd.Categorical(words)",
            "pairs['outcome']",
            "pairs['outcome'].values",
            "pairs[['outcome']]",
            "pairs.set_index('forecast_id')['outcome']",
            "dict(zip(pairs['forecast_id'], words))",
            "deque(words)",
            "[word.title() for word in words]",
            "[word.upper() for word in words]",
            "[f' {word} ' for word in words]",
            "[word + '\\n' for word in words]",
            "[word.replace(' ', '  ') for word in words]",
            "[word.replace(' ', '\\u00a0') for word in words]",
            "['fulfilled'] * 8",
            "['open'] * 7 + ['not fulfilled']",
        ],
        "wrong": [
            "['fulfilled', 'open'] * 3",
            "list(forecasts['outcome'])",
            "['yes', 'no'] * 4",
            "['fulfilled', 'open', 'fulfilled', 'open', 'open', 'fulfilled', 'fulfilled', 'open']",
            "'open'",
            "8",
            "None",
            "[]",
            "words[:7]",
            "words + ['open']",
            "['fulfilled', 'open', 'fulfilled', 'open', 'partly', 'fulfilled', 'fulfilled', 'open']",
            "['fulfilled', 'open', 'fulfilled', 'open', 'not fulfilled', 'FULFILLED', 'open', 'open']",
            "words[:7] + ['unfulfilled']",
            "words[:7] + ['']",
            "words[:7] + [None]",
            "words[:7] + ['half']",
            "[True, False] * 4",
            "[1, 0] * 4",
            "np.array([words, words])",
            "pairs",
            "pairs['outcome'] == 'fulfilled'",
            "pairs['outcome'].tolist",
            "pairs['forecast_id']",
            "' '.join(words)",
            "dict(zip(pairs['forecast_id'], ['fulfilled', 'open', 'open', 'open', 'open', 'fulfilled', 'open', 'open']))",
        ],
        "untouched": ["['open'] * 8"],
    },
    "09.2": {
        "equivalent": [
            "4 / 5",
            "0.8",
            "round((decided['outcome'] == 'fulfilled').mean(), 3)",
            "Fraction(4, 5)",
            "Decimal('0.80')",
            "np.float64(4 / 5)",
            "np.float32(4 / 5)",
            "np.array(4 / 5)",
            "decided['outcome'].value_counts(normalize=True)['fulfilled']",
            "(decided['outcome'] == 'fulfilled').sum() / len(decided)",
            "decided['outcome'].eq('fulfilled').mean()",
            "len(decided[decided['outcome'] == 'fulfilled']) / len(decided)",
            "float(f'{4 / 5:.2f}')",
            "np.mean(decided['outcome'] == 'fulfilled')",
        ],
        "wrong": [
            "(forecasts['outcome'] == 'fulfilled').mean()",
            "(pairs['outcome'] == 'fulfilled').mean()",
            "(decided['outcome'] == 'fulfilled').sum()",
            "decided['outcome'] == 'fulfilled'",
            "(decided['outcome'] != 'fulfilled').mean()",
            "80.0",
            "half",
            "None",
            "np.array([4 / 5, 1 / 5])",
            "[4 / 5, 1 / 5]",
            "0.5",
            "1",
            "0",
            "-4 / 5",
            "float('nan')",
            "float('inf')",
            "True",
            "4 + 7j",
            "(4, 5)",
            "'four fifths'",
            "'4/5'",
            "decided['outcome'].mean if False else (decided['outcome'] == 'fulfilled').mean",
            "decided",
            "pd.NA",
            "pd.Timedelta(days=1)",
            "0.44",
        ],
    },
    "09.3": {
        "equivalent": [
            *lists("[waqt, sentence]"),
            "('geo-news-2026-01-10', sentence)",
            "[jets['source_id'].iloc[0], 'From this paper nobody learns who told it of the deal.']",
            "waqt, sentence",
            "pd.Series({'source_id': waqt, 'sentence': sentence})",
            "{'source_id': waqt, 'sentence': sentence}",
            "deque([waqt, sentence])",
            "[waqt + ' ', sentence]",
            "[waqt.upper(), sentence]",
            "['Waqt-News-2024-05-11\\n', sentence]",
            "['waqt\\u2010news\\u20102024\\u201005\\u201011', sentence]",
            "['waqt-news-\\u06f2\\u06f0\\u06f2\\u06f4-\\u06f0\\u06f5-\\u06f1\\u06f1', sentence]",
            "[waqt, 'It cannot show who paid.']",
            "[waqt, 'Whether Iraq paid.']",
            "[waqt, 'It does not name its informant']",
            "[waqt, 'یہ نہیں بتاتا کہ کس نے ادا کیا\\u06d4']",
            "[waqt, 'لا يبين من دفع.']",
            "[waqt, sentence + '\\n']",
        ],
        "wrong": [
            "'waqt-news-2024-05-11'",
            "[sentence, 'waqt-news-2024-05-11']",
            "['Waqt News', sentence]",
            "['vpk-2022-11-21', sentence]",
            "['waqt-news-2024-05-11', 2024]",
            "jets",
            "None",
            "[]",
            "[waqt]",
            "[waqt, '']",
            "[waqt, '   ']",
            "[waqt, None]",
            "[waqt, waqt]",
            "[waqt, sentence, sentence]",
            "['jf17-deal-reported-2024', sentence]",
            "['waqt-news-2024-05-12', sentence]",
            "sentence",
            "[1, 2]",
            "[True, sentence]",
            "{waqt: sentence}",
            "np.array([[waqt, sentence], [waqt, sentence]])",
            "jets['source_id']",
            "[waqt, '?!']",
        ],
        "untouched": ["[waqt, '...']", "['...', sentence]", "['...', '...']", "('...', '...')", "['\\u2026', '\\u2026']"],
    },
    "09.4": {
        "equivalent": [
            *tables("doubtful"),
            "after[(after['latest'] >= '2021-09-14') & (after['earliest'] < '2021-09-14')]",
            "after[after['date'] == '2021-09']",
            "events[(events['earliest'] <= '2021-09-13') & (events['latest'] > '2021-09-13')]",
            "doubtful.sort_values('latest', ascending=False)",
            "doubtful[['event_id', 'title']]",
            "doubtful[['date', 'title']]",
            "doubtful[['title']]",
            "doubtful.set_index('title')",
            "after.query('earliest <= \"2021-09-13\" < latest')",
            "after.loc[early].loc[late]",
            "after[early][late[early]]",
            "doubtful.drop(columns='description')",
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
            "None",
            "after",
            "after[early | late]",
            "doubtful.head(1)",
            "pd.concat([doubtful, doubtful])",
            "after[after['date'] == '2021-10']",
            "doubtful['event_id'].tolist()",
            "len(doubtful)",
            "doubtful.to_numpy()",
            "after.head(0)",
            "after.groupby('date')",
            "doubtful.head",
            "pd.DataFrame()",
            "doubtful[['date']]",
            "doubtful.T",
            "early",
            "events[events['earliest'] <= '2021-09-13']",
        ],
    },
    "09.5": {
        "equivalent": [
            _chart("4.5 / 5"),
            _chart("0.9", "A half for partly"),
            "fig, new_ax = plt.subplots()\n"
            "bars = new_ax.bar(['half', 'strict', 'generous', 'all'], [half, 0, 1, 4 / 11])\n"
            "shown = new_ax.set_title('Scores', loc='right')\n"
            "new_ax",
            _chart(name="فیصلہ شدہ"),
            _chart(name="half", title="چار قاعدے"),
            _chart(name="4"),
            _bars(["All eleven", " four generous ", "FOUR STRICT", "decided"]),
            _bars(["11", "4", "4 (strict)", "decided"]),
            _bars(["tous", "larges", "stricts", "moiti\u00e9"]),
            "bars = ax.barh([*names, 'decided'], [*shares, half])\nshown = ax.set_title('Four')\nax",
            "bars = ax.bar(names, shares)\nmore = ax.bar('decided', half)\nshown = ax.set_title('Four')\nax",
            "bars = ax.bar(names, shares)\nmore = ax.bar([*names, 'decided'], [*shares, half])\n"
            "shown = ax.set_title('Four')\nax",
            "bars = ax.bar([*names, 'decided'], [*shares, half])\nshown = fig.suptitle('Four')\nax",
            "bars = [ax.bar(name, share) for name, share in zip([*names, 'mine'], [*shares, half])]\n"
            "shown = ax.set_title('Four')\nax",
            "bars = ax.bar(range(4), [*shares, half], tick_label=[*names, 'mine'])\nshown = ax.set_title('Four')\nax",
            "bars = ax.bar(range(4), [*shares, half])\n"
            "shown = ax.set_xticks(range(4), [*names, 'mine'])\nshown = ax.set_title('Four')\nax",
            "ax = pd.Series([*shares, half], index=[*names, 'mine']).plot.bar(title='Four')\nax",
            "table = pd.DataFrame({'rule': [*names, 'mine'], 'share': [*shares, half]})\n"
            "table.plot.barh(x='rule', y='share', title='Four')",
            "bars = plt.bar([*names, 'mine'], [*shares, half])\nshown = plt.title('Four')\nplt.gca()",
            "bars = ax.bar([*names, 'mine'], np.array([*shares, half]) * 100)\n"
            "shown = ax.set(title='Four', ylabel='per cent')\nax",
            "bars = ax.bar(['mine', *names[::-1]], [half, *shares[::-1]])\nshown = ax.set_title('Four')\nax",
        ],
        "wrong": [
            _chart("5 / 7"),
            _chart("4 / 5"),
            _chart("4.5 / 11"),
            _chart(title=""),
            _chart(give="fig"),
            _chart(give="bars"),
            "bars = ax.bar(names, shares)\nshown = ax.set_title('Scores')\nax",
            "ax",
            "None",
            _chart(name=""),
            _chart(name="   "),
            _chart(name="..."),
            _chart(title="   "),
            _chart(title="..."),
            _bars(["four strict", "all eleven", "four generous", "decided"]),
            _bars(["decided", "four generous", "four strict", "all eleven"]),
            _bars(["all eleven", "four strict", "four generous", "decided"]),
            _bars(["all", "strict", "generous", "decided"]),
            "bars = ax.barh([*names[::-1], 'mine'], [*shares, half])\nshown = ax.set_title('Four')\nax",
            "bars = ax.bar([*names, 'mine', 'more'], [*shares, half, half])\nshown = ax.set_title('Four')\nax",
            "line = ax.plot([*names, 'mine'], [*shares, half])\nshown = ax.set_title('Four')\nax",
            "[*shares, half]",
            "half",
            "plt.bar",
            _bars(["all eleven", "four generous", "four strict", "decided"], "[0.5, 1, 0, half]"),
            _bars(["all eleven", "four generous", "four strict", "decided"], "[half] * 4"),
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
    ("forecasts", "2026-03-13,open,iraq-jf17-interest-2026", "2026-03-13,fulfilled,iraq-jf17-interest-2026"),
    ("forecasts", "at least three agreements", "at least two agreements"),
    ("claims", "12a,12,Pakistan needs new partners", "12a,12,Iraq needs new partners"),
    ("reports", "delivered to Iraq,4,4,", "delivered to Iraq,8,8,"),
    ("event_sources", "jf17-deal-reported-2024,waqt-news-2024-05-11", "jf17-deal-reported-2024,geo-news-2026-01-10"),
    ("sources", "Pakistan, Iraq sign land mark defense deal", "Pakistan, Iraq discuss land mark defense deal"),
]

TAUGHT = {"if", "Path", "exists", "read_csv", "assign", "mean"}
PREVIEWED: dict[str, str] = {}
