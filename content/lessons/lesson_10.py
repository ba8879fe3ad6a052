"""Lesson 10."""

from content.lessons.forms import spellings

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
events = load("events")
claims = load("claims")
behind = load("claim_events")
sources = load("sources")
votes = load("figures/unga_agreement")
pair = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "IRQ")]
saudi = votes[(votes["country_a"] == "PAK") & (votes["country_b"] == "SAU")]
plt.close("all")
model = "In 10d and 10e the author is exact: within about a month, two ministers visited each other's countries."
model_change = "A source that shows an ambassador of Pakistan in Baghdad from 2006 to 2010 would change my mind about 4f."
best_case = (
    "In 10d and 10e the author is exact: the defence production minister came in January 2021, and within about a month "
    "Iraq's minister returned her visit."
)
evidence = pd.DataFrame({
    "claim_id": ["4f", "3i", "10e"],
    "evidence": ["pakistani-envoy-attacked-2005", "zia-in-baghdad-1980", "enad-visits-pakistan-2021"],
    "measure": ["unga_agreement", "trade", "none"],
})
change = "A list of ambassadors in Baghdad for every year after 2005 would change my mind about claim 4f."
pages = sources.set_index("source_id")["url"]

def review(**columns):
    return [best_case, evidence.assign(**columns), change]
"""


def _lines(
    second: str = "saudi",
    names: tuple[str, str] = ("Iraq", "Saudi Arabia"),
    end: str = "shown = ax.legend()",
    title: str = "UN",
    first: str = "pair",
) -> str:
    return (
        "fig, ax = plt.subplots()\n"
        f"lines = ax.plot({first}['year'], {first}['agreement'], label={names[0]!r})\n"
        f"lines = ax.plot({second}['year'], {second}['agreement'], label={names[1]!r})\n"
        f"shown = ax.set_title({title!r})\n"
        f"{end}\n"
        "ax"
    )


def _legend(*names: str, first: str = "pair", second: str = "saudi") -> str:
    return (
        "fig, ax = plt.subplots()\n"
        f"lines = ax.plot({first}['year'], {first}['agreement'])\n"
        f"lines = ax.plot({second}['year'], {second}['agreement'])\n"
        "shown = ax.set_title('UN')\n"
        f"shown = ax.legend({list(names)!r})\n"
        "ax"
    )


_BOTH = "fig, ax = plt.subplots()\nfor rows, name in [(pair, 'Iraq'), (saudi, 'Saudi Arabia')]:\n"

SOLUTIONS = {
    "10.1": {
        "equivalent": [
            "'8a: corroborated. Before iraqi-envoy-credits-pakistan-2017 nobody admitted any help of this kind.'",
            "'For 4f I choose partly: unvotes-package-2021 cannot say anything at all about two governments.'",
            "'3i is partly right: zia-in-baghdad-1980.'",
            "'I call 3i partly right (zia-in-baghdad-1980).'",
            "'I CALL 3I PARTLY RIGHT, SEE ZIA-IN-BAGHDAD-1980'",
            "'3I is Partly right, see Zia-in-Baghdad-1980.'",
            "'  3i is partly right, see zia-in-baghdad-1980  '",
            "'3i is partly right,\\nsee zia-in-baghdad-1980'",
            "'3i is \\u201cpartly\\u201d right: \\u201czia-in-baghdad-1980\\u201d'",
            "'3i is `partly` right: `zia-in-baghdad-1980`'",
            "'3i is partly right \\u2013 zia\\u2011in\\u2011baghdad\\u20111980'",
            "'3i\\u2014partly right\\u2014zia-in-baghdad-1980 shows it'",
            "'3i: not contested but unverified, as zia-in-baghdad-1980 shows'",
            "'\\u06f3i is partly right, see zia-in-baghdad-\\u06f1\\u06f9\\u06f8\\u06f0'",
            "'دعویٰ 3i کو میں partly کہوں گا\\u060c zia-in-baghdad-1980 کی وجہ سے\\u06d4'",
            "'أصنف 3i partly بسبب zia-in-baghdad-1980.'",
            "'3i is an opinion; zia-in-baghdad-1980 does not decide it.'",
            "np.str_('3i is partly right, see zia-in-baghdad-1980')",
        ],
        "wrong": [
            "'I would call 3i contested, because zia-in-baghdad-1980 shows that there were friendly visits as well.'",
            "'I would call 3i partly right, because there were friendly visits as well in these years.'",
            "'I would call it partly right, because zia-in-baghdad-1980 shows a visit in those years.'",
            "'I would call 3i partly right, because mosul-falls-2014 shows how much they had to speak about.'",
            "'3i and 4f are partly right, because zia-in-baghdad-1980 shows that there was a visit in those years.'",
            "'3i partly zia-in-baghdad-1980'",
            "['3i', 'partly', 'zia-in-baghdad-1980']",
            "3",
            "None",
            "''",
            "'   '",
            "'3i'",
            "'I would call 99z partly right, because zia-in-baghdad-1980 shows a visit in those years.'",
            "'I would call 3i true, because zia-in-baghdad-1980 shows a visit in those years.'",
            "'I would call 3i half right, because zia-in-baghdad-1980 shows a visit in those years.'",
            "'I would call 3i partly right, because zia-in-baghdad-1908 shows a visit in those years.'",
            "'I would call 3i partly right, because Zia in Baghdad 1980 shows a visit in those years.'",
            "'I would call 3i partially right, because zia-in-baghdad-1980 shows a visit in those years.'",
            "'I would call claim 3 partly right, because zia-in-baghdad-1980 shows a visit in those years.'",
            "claims",
            "claims['support']",
            "True",
            "plt.figure()",
            "print('3i is partly right: zia-in-baghdad-1980')",
        ],
        "untouched": ["'...'", "'\\u2026'"],
    },
    "10.2": {
        "equivalent": [
            "review(measure=['unga agreement', 'trade.csv', 'none'])",
            "(best_case, evidence.assign(measure=['figures/trade', 'none', 'none']), change)",
            "[best_case, evidence.assign(evidence=['cow-trade-4-0', 'osirak-1981', 'the-news-2021-02-27']), change]",
            "best_case, evidence, change",
            "deque([best_case, evidence, change])",
            "np.array([best_case, evidence, change], dtype=object)",
            "pd.Series([best_case, evidence, change])",
            "{'best_case': best_case, 'evidence': evidence, 'change': change}",
            "review(measure=['Trade', 'None', 'NONE'])",
            "review(measure=[' trade ', 'none', 'none'])",
            "review(measure=['trade', None, None])",
            "review(measure=['Figures/Polls', 'regimes\\n', 'embassies'])",
            "review(claim_id=['4F', '3I', '10E'])",
            "review(claim_id=[' 4f', '3i ', '10e\\n'])",
            "review(claim_id=['\\u06f4f', '\\u06f3i', '\\u06f1\\u06f0e'])",
            "review(evidence=evidence['evidence'].str.upper())",
            "review(evidence=' ' + evidence['evidence'] + ' ')",
            "review(evidence=evidence['evidence'].str.replace('-', '\\u2011'))",
            "[best_case, evidence.iloc[::-1], change]",
            "[best_case, evidence[['measure', 'evidence', 'claim_id']], change]",
            "[best_case, evidence.rename(columns=str.title), change]",
            "[best_case, evidence.rename(columns=lambda name: f' {name} '), change]",
            "[best_case, evidence.set_index('claim_id'), change]",
            "[best_case, evidence.assign(note='mine'), change]",
            "[best_case, evidence.astype('category'), change]",
            "[best_case, pd.concat([evidence, evidence]), change]",
            "[best_case.upper(), evidence, change.upper()]",
            "[best_case.replace('10d', '10D').replace('-', '\\u2013'), evidence, change + '\\n']",
        ],
        "wrong": [
            "[change, best_case, evidence]",
            "evidence",
            "[best_case, evidence.head(2), change]",
            "[best_case, evidence.assign(evidence='mosul-falls-2014'), change]",
            "[best_case, evidence.assign(measure='none'), change]",
            "[best_case, evidence.assign(measure='a poll'), change]",
            "['The author is right in many things, and he wrote a short, clear column about long years.', evidence, change]",
            "[best_case, evidence, 'Nothing at all could change my mind about any of these claims.']",
            "None",
            "[]",
            "[best_case, evidence]",
            "[best_case, evidence, change, change]",
            "[model, evidence, change]",
            "[best_case, evidence, model_change]",
            "[model.upper() + ' ', evidence, change]",
            "[model, evidence, model_change]",
            "['4f ' * 14, evidence, change]",
            "[best_case, evidence, '4f ' * 9]",
            "[best_case, evidence, change.replace('4f', '7a')]",
            "[best_case, evidence.drop(columns='measure'), change]",
            "review(claim_id=['4f', '3i', '99z'])",
            "review(claim_id=['4f', '4f', '3i'])",
            "review(claim_id=['4f', '4F', '3i'], evidence=['pakistani-envoy-attacked-2005'] * 2 + ['zia-in-baghdad-1980'])",
            "review(evidence=evidence['evidence'] + 'x')",
            "review(claim_id=['3i', '4f', '10e'])",
            "review(evidence=None)",
            "review(measure=None)",
            "review(measure=['trade', 'none', 7])",
            "[best_case, evidence.to_numpy(), change]",
            "[best_case, change, evidence]",
            "['', evidence, '']",
            "[None, evidence, None]",
            "pd.DataFrame",
        ],
        "untouched": ["[..., ..., ...]", "['...', '...', '...']"],
    },
    "10.3": {
        "equivalent": [
            *spellings("unvotes-package-2021"),
            "'unvotes-package-2021'",
            "'business-recorder-2010-01-31'",
            "sources['source_id'][sources['source_id'] == 'cow-trade-4-0'].iloc[0]",
        ],
        "wrong": [
            "'Erik Voeten'",
            "'unga_agreement'",
            "'v-dem-15'",
            "'4f'",
            "['unvotes-package-2021', 'voeten-ideal-points-2025']",
            "2003",
            "None",
            "''",
            "'   '",
            "'unvotes-package-2012'",
            "'unvotes-package'",
            "'unvotes package 2021'",
            "'unvotes-package-2021 voeten-ideal-points-2025'",
            "'pakistani-envoy-attacked-2005'",
            "sources",
            "sources['source_id']",
            "True",
            "b'unvotes-package-2021'",
        ],
        "untouched": ["'...'"],
    },
    "10.4": {
        "equivalent": [
            _BOTH + "    ax.plot(rows['year'], rows['agreement'])\n"
            "    ax.text(rows['year'].max() + 1, rows['agreement'].iloc[-1], name)\n"
            "ax.set_title('T')\nax",
            _BOTH
            + "    ax.plot(rows['year'].astype(str), rows['agreement'], label=name)\nax.legend()\nax.set_title('T')\nax",
            _lines(names=("with Iraq", "with Saudi Arabia"), title="Pakistan's votes, 1947–2019"),
            "fig, new_ax = plt.subplots()\n"
            "wide = votes[votes['country_a'] == 'PAK'].pivot(index='year', columns='country_b', values='agreement')\n"
            "drawn = wide[['IRQ', 'SAU']].plot(ax=new_ax, title='Agreement')\n"
            "new_ax",
            _lines(names=("IRAQ ", " saudi arabia")),
            _lines(names=("Irak", "Arabie saoudite")),
            _lines(names=("Pakistan and Iraq", "Pakistan and the Saudis")),
            _lines(names=("IRQ", "SAU")),
            _lines(names=("Baghdad", "Riyadh")),
            _lines(names=("Iraq", "KSA")),
            _lines(names=("عراق", "سعودی عرب")),
            _lines(names=("العراق", "السعودية")),
            _lines(names=("\u4f0a\u62c9\u514b", "\u6c99\u7279")),
            _lines(title="اقوام متحدہ"),
            _lines(names=("عێراق", "عەرەبستانی سعوودی")),
            _lines(names=("इराक", "सऊदी अरब")),
            _lines(first="saudi", second="pair", names=("Saudi Arabia", "Iraq")),
            _lines(first="pair.iloc[::-1]"),
            _lines(end="shown = fig.legend()"),
            _lines(end="shown = fig.legend(loc='upper right')\nshown = ax.axvline(2003)"),
            _lines(end="shown = ax.legend(['Iraq', 'Saudi Arabia'])"),
            _lines(end="shown = ax.legend(loc='lower left', title='with')"),
            _lines(title="", end="shown = ax.legend()\nshown = ax.set_title('Votes', loc='left')"),
            _lines(title="", end="shown = ax.legend()\nshown = fig.suptitle('Votes')"),
            _lines(names=("Iraq", "Saudi Arabia"), end="shown = ax.legend()\nshown = ax.axhline(0.8)"),
            _legend("Iraq", "Saudi Arabia"),
            _legend("with Iraq", "with Saudi Arabia"),
            _legend("Saudi Arabia", "Iraq", first="saudi", second="pair"),
            "fig, ax = plt.subplots()\n"
            "a, b = ax.plot(pair['year'], pair['agreement'], saudi['year'], saudi['agreement'])\n"
            "shown = ax.legend([b, a], ['Saudi Arabia', 'Iraq'])\nshown = ax.set_title('UN')\nax",
            "fig, ax = plt.subplots()\n"
            "a, b = ax.plot(pair['year'], pair['agreement'], 'o-', saudi['year'], saudi['agreement'], 's--')\n"
            "a.set_label('Iraq')\nb.set_label('Saudi Arabia')\nshown = ax.legend()\nshown = ax.set_title('UN')\nax",
            "lines = plt.plot(pair['year'], pair['agreement'], label='Iraq')\n"
            "lines = plt.plot(saudi['year'], saudi['agreement'], label='Saudi Arabia')\n"
            "shown = plt.legend()\nshown = plt.title('UN')\nplt.gca()",
            "ax = pair.plot(x='year', y='agreement', label='Iraq')\n"
            "ax = saudi.plot(x='year', y='agreement', label='Saudi Arabia', ax=ax, title='UN')\nax",
            "fig, ax = plt.subplots()\n"
            "lines = ax.plot(pair['year'].tolist(), pair['agreement'].to_numpy(float), label='Iraq', color='k')\n"
            "lines = ax.plot(np.array(saudi['year'], float), list(saudi['agreement']), label='Saudi Arabia')\n"
            "shown = ax.legend()\nshown = ax.set_title('UN')\nax",
            "fig, ax = plt.subplots()\n"
            "lines = ax.plot(pair['year'], np.ma.masked_invalid(pair['agreement'].to_numpy(float)), label='Iraq')\n"
            "lines = ax.plot(saudi['year'], saudi['agreement'], label='Saudi Arabia')\n"
            "shown = ax.legend()\nshown = ax.set_title('UN')\nax",
            "fig, ax = plt.subplots()\n"
            "lines = ax.plot(pd.to_datetime(pair['year'].astype(str)), pair['agreement'], label='Iraq')\n"
            "lines = ax.plot(pd.to_datetime(saudi['year'].astype(str)), saudi['agreement'], label='Saudi Arabia')\n"
            "shown = ax.legend()\nshown = ax.set_title('UN')\nax",
            "fig, (top, ax) = plt.subplots(2, 1)\n" + _lines().split("\n", 1)[1],
            "fig, ax = plt.subplots()\nlines = ax.plot(pair['year'], 100 * pair['agreement'], label='Iraq')\n"
            "lines = ax.plot(saudi['year'], 100 * saudi['agreement'], label='Saudi Arabia')\n"
            "shown = ax.legend(), ax.set_title('In per cent')\nax",
        ],
        "wrong": [
            _lines("votes[(votes['country_a'] == 'IRQ') & (votes['country_b'] == 'SAU')]"),
            _lines("votes[(votes['country_a'] == 'PAK') & (votes['country_b'] == 'IRN')]"),
            _lines("saudi.dropna()"),
            _lines(names=("votes", "votes")),
            _lines(end="pass"),
            _lines(title=""),
            "fig, ax = plt.subplots()\nlines = ax.plot(saudi['year'], saudi['agreement'], label='Saudi Arabia')\nax",
            "saudi",
            "None",
            _lines(names=("Saudi Arabia", "Iraq")),
            _lines(names=("SAUDI ARABIA", "IRAQ")),
            _lines(names=("سعودی عرب", "عراق")),
            _lines(names=("with Saudi Arabia", "with Iraq")),
            _lines(names=("عربستان", "عراق")),
            _lines(names=("सऊदी अरब", "इराक")),
            _lines(names=("沙特", "伊拉克")),
            _lines(names=("Arabie saoudite", "Irak")),
            _lines(names=("Iraq", "Iraq")),
            _lines(names=("Saudi Arabia", "Saudi Arabia")),
            _lines(names=("", "")),
            _lines(names=("Iraq", "")),
            _lines(names=("line 1", "line 2")),
            _lines(names=("Iraq", "Iran")),
            _lines(names=("Iraq", "Pakistan")),
            _legend("Saudi Arabia", "Iraq"),
            _legend("Iraq"),
            _legend("one", "two"),
            _lines(end="shown = ax.legend(['Saudi Arabia', 'Iraq'])"),
            _lines(title="   "),
            _lines(title="..."),
            _lines(first="pair.dropna()"),
            _lines(first="pair.fillna(0)"),
            _lines(first="pair[pair['year'] > 2003]"),
            _lines(end="shown = ax.legend()\nax = fig"),
            _lines(end="shown = ax.legend()\nax = shown"),
            _lines(first="pair.assign(agreement=pair['votes'])"),
            _lines(first="pair.assign(agreement=pair['agreement'].interpolate())"),
            "fig, ax = plt.subplots()\ndrawn = ax.scatter(pair['year'], pair['agreement'])\nax",
            "plt.plot",
            "'ax'",
        ],
    },
    "10.5": {
        "equivalent": [
            "9.3",
            "9.27",
            "10 - (1825161 - 1824741) / (1825161 - 1819386) * 10",
            "9.2727",
            "9.25",
            "Fraction(5355, 5775) * 10",
            "Decimal('9.3')",
            "np.float32(9.27)",
            "np.float64(9.2727)",
            "np.array(9.2727)",
            "round(9.272727, 2)",
            "(1824741 - 1819386) / 577.5",
            "np.interp(1824741, [1819386, 1825161], [0, 10])",
            "float('9.27')",
        ],
        "wrong": [
            "9",
            "(1824741 - 1819386) / (1825161 - 1819386)",
            "(1825161 - 1824741) / (1825161 - 1819386) * 10",
            "(1825161 - 1819386) / (1824741 - 1819386) * 10",
            "1824741 - 1819386",
            "13",
            "'2021-03-13'",
            "None",
            "9.0",
            "10",
            "92.7",
            "13.3",
            "-9.27",
            "float('nan')",
            "float('inf')",
            "np.array([9.27, 0.73])",
            "[9.27, 10]",
            "True",
            "9.27 + 1j",
            "'about nine'",
            "pd.NaT",
            "pd.NA",
            "(1824741, 1819386)",
            "pages",
            "round",
            "print(9.27)",
            "np.array([1824741, 1819386])",
        ],
        "untouched": ["'...'"],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("claims", "completely normal.,contested,", "completely normal.,partly,"),
    (
        "claims",
        "the mean share of Pakistan's trade was 1.45 per cent",
        "the mean share of Pakistan's trade was 4.15 per cent",
    ),
    ("claim_events", "3i,zia-in-baghdad-1980", "3i,iran-revolution-1979"),
    ("events", "enad-visits-pakistan-2021,2021-02-24/2021-02-27,", "enad-visits-pakistan-2021,2021-02-14/2021-02-27,"),
    ("events", "Pakistan declines to expel Iraq's diplomats", "Pakistan agrees to expel Iraq's diplomats"),
    ("event_actors", "joint-ministerial-commission-2001,IRQ", "joint-ministerial-commission-2001,IRN"),
    ("figures/unga_agreement", "PAK,IRQ,2011,0.7784,", "PAK,IRQ,2011,0.8784,"),
    ("figures/unga_ideal_point_distance", "PAK,IRQ,2004-2013,2004,2013,0.21,", "PAK,IRQ,2004-2013,2004,2013,0.12,"),
    ("figures/trade", "PAK,IRQ,2013,47,163,210,0.259,", "PAK,IRQ,2013,47,163,210,2.59,"),
    ("figures/embassies", "PAK,IRQ,1975,ambassador,none,true,", "PAK,IRQ,1975,ambassador,none,false,"),
    ("figures/regimes", "IRQ,2024,0.351,0.307,0.392,", "IRQ,2024,0.351,0.347,0.392,"),
    ("sources", "https://www.arabnews.pk/node/1824741", "https://www.arabnews.pk/node/1842741"),
]

TAUGHT = {"plot", "savefig", "fill_between", "describe", "alt_text", "mkdir", "write_text"}
PREVIEWED: dict[str, str] = {}
