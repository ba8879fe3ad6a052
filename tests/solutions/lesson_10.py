"""Lesson 10."""

CONTEXT = """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
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
"""


def _lines(
    second: str = "saudi",
    names: tuple[str, str] = ("Iraq", "Saudi Arabia"),
    end: str = "shown = ax.legend()",
    title: str = "UN",
) -> str:
    return (
        "fig, ax = plt.subplots()\n"
        f"lines = ax.plot(pair['year'], pair['agreement'], label={names[0]!r})\n"
        f"lines = ax.plot({second}['year'], {second}['agreement'], label={names[1]!r})\n"
        f"shown = ax.set_title({title!r})\n"
        f"{end}\n"
        "ax"
    )


SOLUTIONS = {
    "10.1": {
        "solution": "'I would call claim 3i partly right, because zia-in-baghdad-1980 shows a visit, later years do not.'",
        "equivalent": [
            "'8a: corroborated. Before iraqi-envoy-credits-pakistan-2017 nobody admitted any help of this kind.'",
            "'For 4f I choose partly: unvotes-package-2021 cannot say anything at all about two governments.'",
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
        ],
    },
    "10.2": {
        "solution": "[best_case, evidence, change]",
        "equivalent": [
            "(best_case, evidence.assign(measure=['figures/trade', 'none', 'none']), change)",
            "[best_case, evidence.assign(evidence=['cow-trade-4-0', 'osirak-1981', 'the-news-2021-02-27']), change]",
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
        ],
    },
    "10.3": {
        "solution": "'voeten-ideal-points-2025'",
        "equivalent": [
            "'unvotes-package-2021'",
            "'business-recorder-2010-01-31'",
            "sources['source_id'][sources['source_id'] == 'cow-trade-4-0'].iloc[0]",
        ],
        "wrong": ["'Erik Voeten'", "'unga_agreement'", "'v-dem-15'", "'4f'", "['unvotes-package-2021']", "2003"],
    },
    "10.4": {
        "solution": _lines(),
        "equivalent": [
            _lines(names=("with Iraq", "with Saudi Arabia"), title="Pakistan's votes, 1947–2019"),
            "fig, new_ax = plt.subplots()\n"
            "wide = votes[votes['country_a'] == 'PAK'].pivot(index='year', columns='country_b', values='agreement')\n"
            "drawn = wide[['IRQ', 'SAU']].plot(ax=new_ax, title='Agreement')\n"
            "new_ax",
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
        ],
    },
    "10.5": {
        "solution": "(1824741 - 1819386) / (1825161 - 1819386) * 10",
        "equivalent": ["9.3", "9.27", "10 - (1825161 - 1824741) / (1825161 - 1819386) * 10"],
        "wrong": [
            "9",
            "(1824741 - 1819386) / (1825161 - 1819386)",
            "(1825161 - 1824741) / (1825161 - 1819386) * 10",
            "(1825161 - 1819386) / (1824741 - 1819386) * 10",
            "1824741 - 1819386",
            "13",
            "'9.3'",
            "'2021-03-13'",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("claims", "completely normal.,contested,", "completely normal.,partly,"),
    ("claims", "in 2003 Pakistan declined to expel his diplomats", "in 2003 Pakistan agreed to expel his diplomats"),
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

TAUGHT = {"plot", "savefig", "fill_between", "legend", "describe", "alt_text", "mkdir", "write_text"}
PREVIEWED: dict[str, str] = {}
