"""Lesson 08."""

CONTEXT = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from helpers import load, plot_timeline
plt.close("all")
events = load("events")
cited = load("event_sources")
sources = load("sources")
recent = events[(events["earliest"] >= "2014-01-01") & (events["earliest"] <= "2021-03-13")]
steps = recent[recent["effect"] == "cooperative"]
general = "iraqi-defence-official-rawalpindi-2019"
told, untold = steps["paragraph"].notna(), steps["paragraph"].isna()
first = events[events["event_id"] == "jalal-visits-baghdad-2021"].iloc[0]
second = events[events["event_id"] == "enad-visits-pakistan-2021"].iloc[0]
two_forecasts = pd.DataFrame({
    "title": ["arms", "visits"],
    "forecast": ["Iraq buys arms from Pakistan.", "The visits go on."],
    "criterion": [
        "Both governments announce a contract for arms that are made in Pakistan.",
        "A minister of defence of one state travels to the other, and a newspaper reports it.",
    ],
    "deadline": ["2023-12-31", "2022-03-13"],
})
def panels(upper, lower, rows=steps, titles=("What the article tells", "What it leaves out")):
    fig, axes = plt.subplots(2, 1, figsize=(10, 7))
    for ax, picked, title in zip(axes, (upper, lower), titles):
        plot_timeline(rows, ax=ax, highlight=picked, title=title)
    return fig
"""

SOLUTIONS = {
    "08.1": {
        "solution": "[28, 31]",
        "equivalent": [
            "(28, 31)",
            "[(second['earliest'] - first['latest']).days, (second['earliest'] - first['earliest']).days]",
        ],
        "wrong": [
            "[31, 28]",
            "[29, 32]",
            "[30, 31]",
            "['28', '31']",
            "31",
            "[28, 31, 34]",
            "[(second['latest'] - first['latest']).days, (second['latest'] - first['earliest']).days]",
            "second['earliest'] - first['earliest']",
        ],
    },
    "08.2": {
        "solution": "two_forecasts",
        "equivalent": [
            "two_forecasts[['forecast', 'criterion', 'deadline']]",
            "two_forecasts.assign(deadline=pd.to_datetime(two_forecasts['deadline']))",
            "two_forecasts.assign(deadline=['2022', '2031-05'])",
        ],
        "wrong": [
            "two_forecasts.drop(columns='criterion')",
            "two_forecasts.head(1)",
            "two_forecasts.assign(criterion=['They buy many arms.', 'They travel.'])",
            "two_forecasts.assign(deadline=['2020-12-31', '2022-03-13'])",
            "two_forecasts.assign(deadline=['soon', 'later'])",
            "two_forecasts.assign(deadline=['2023~', '2022-03-13/2023'])",
            "two_forecasts.assign(forecast=['...', '...'])",
            "['Iraq buys arms from Pakistan.', 'Both governments announce it.', '2023-12-31']",
        ],
    },
    "08.3": {
        "solution": "'I follow urdupoint-2019-06-18, because it was written on the day of the visit itself.'",
        "equivalent": [
            "'By ary-news-2020-07-15 they met in July, and nothing shows that there was only one meeting.'",
            "'The month is open: ' + cited[cited['event_id'] == general]['source_id'].iloc[0]"
            " + ' looks back from a distance.'",
        ],
        "wrong": [
            "'I follow UrduPoint, because it was written on the day of the visit itself.'",
            "'urdupoint-2019-06-18'",
            "'The meeting in daily-pakistan-2021-02-25 was with the army chief, so it was the same one.'",
            "'I follow urdupoint-2019-06-81, because it was written on the day of the visit itself.'",
            "['urdupoint-2019-06-18', 'It was written on the day of the visit itself.']",
            "2019",
        ],
    },
    "08.4": {
        "solution": "'2021-03-04/2021-03-14'",
        "equivalent": ["' 2021-03-04/2021-03-14 '", "'2021-03-04' + '/' + '2021-03-14'"],
        "wrong": [
            "'2021-03-13~'",
            "'2021-03'",
            "'2021-03/2021-03-14'",
            "'2021-03-05/2021-03-13'",
            "'2021-03-01/2021-03-14'",
            "'2021-03-04~/2021-03-14~'",
            "'2021-03-14/2021-03-04'",
            "'between 4 and 14 March 2021'",
        ],
    },
    "08.5": {
        "solution": "panels(told, untold)",
        "equivalent": [
            "panels(list(steps[told]['event_id']), list(steps[untold]['event_id']))",
            "panels(told, untold, titles=('¶7 and ¶10', 'Silence'))",
        ],
        "wrong": [
            "panels(untold, told)",
            "panels(told, told)",
            "panels(None, None)",
            "panels(recent['paragraph'].notna(), recent['paragraph'].isna(), rows=recent)",
            "panels(told, untold, titles=('', ''))",
            "plot_timeline(steps, highlight=told, title='What the article tells')",
            "plt.subplots(2, 1)[0]",
            "steps[told]",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "jalal-visits-baghdad-2021,2021-01-24/2021-01-27?,", "jalal-visits-baghdad-2021,2021-01-24/2021-01-28?,"),
    ("events", "enad-visits-pakistan-2021,2021-02-24/2021-02-27,", "enad-visits-pakistan-2021,2021-02-23/2021-02-27,"),
    ("events", "imran-khan-mediation-2019,2019-10-13/2019-10-15,", "imran-khan-mediation-2019,2018-10-13/2018-10-15,"),
    ("events", "Iraq flies 29 of its officers home", "Iraq flies 92 of its officers home"),
    ("events", "On 26 January she met President Barham Salih", "On 25 January she met President Barham Salih"),
    ("event_actors", "saudi-led-military-coalition-2015-2017,IRQ", "saudi-led-military-coalition-2015-2017,YEM"),
    ("event_actors", "iraq-mediation-2019-2020,USA", "iraq-mediation-2019-2020,SYR"),
    ("claims", 'production minister to Iraq.",contested,', 'production minister to Iraq.",corroborated,'),
    ("claims", "They name no Pakistan–Iran pair either", "They name one Pakistan–Iran pair"),
    ("claim_events", "9g,iraq-mediation-2019-2020", "9g,imran-khan-mediation-2019"),
    ("claim_events", "11c,iraq-buys-pakistani-apcs-2006", "11c,iraq-invasion-2003"),
    ("forecasts", "memorandum on defence whose signing both report", "memorandum on defence whose signing one reports"),
    ("sources", "ary-news-2020-07-15,,[Report on Bajwa's talk", "ary-news-2020-07-15,,[Report on Qureshi's talk"),
]

# `lock` writes a student's own forecasts; the lesson explains what it does.
TAUGHT = {"to_csv", "lock"}
PREVIEWED: dict[str, str] = {}
