"""Lesson 08."""

from content.lessons.forms import lists, spellings

CONTEXT = """
import datetime
from collections import deque
from decimal import Decimal
from fractions import Fraction
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
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
example = pd.DataFrame({
    "forecast": ["It will soon rain in Karachi."],
    "criterion": ["The weather office reports one millimetre of rain or more, at the airport, within one day."],
    "deadline": ["2021-03-20"],
})
course = load("forecasts")
two_forecasts = pd.DataFrame({
    "title": ["arms", "visits"],
    "forecast": ["Iraq buys arms from Pakistan.", "The visits go on."],
    "criterion": [
        "Both governments announce a contract for arms that are made in Pakistan.",
        "A minister of defence of one state travels to the other, and a newspaper reports it.",
    ],
    "deadline": ["2023-12-31", "2022-03-13"],
})
def due(*days):
    return two_forecasts.assign(deadline=list(days))
def panels(upper, lower, rows=steps, titles=("What the article tells", "What it leaves out"), shape=(2, 1)):
    fig, axes = plt.subplots(*shape, figsize=(10, 7))
    for ax, picked, title in zip(axes, (upper, lower), titles):
        plot_timeline(rows, ax=ax, highlight=picked, title=title)
    return fig
"""

SOLUTIONS = {
    "08.1": {
        "equivalent": [
            *lists("[28, 31]"),
            "[(second['earliest'] - first['latest']).days, (second['earliest'] - first['earliest']).days]",
            "28, 31",
            "[28.0, 31.0]",
            "np.array([28.0, 31.0])",
            "pd.Series({'last': 28, 'first': 31})",
            "[np.int64(28), np.float32(31)]",
            "[Decimal(28), Fraction(31)]",
            "deque([28, 31])",
            "{'from her last day': 28, 'from her first day': 31}",
            "sorted({31, 28})",
            "pd.array([28, 31], dtype='Int64')",
            "(pd.Timestamp('2021-02-24') - pd.to_datetime(['2021-01-27', '2021-01-24'])).days",
            "range(28, 32, 3)",
        ],
        "wrong": [
            "30",  # the mistake that is to be mended
            "[30, 30]",
            "[31, 28]",
            "[29, 32]",
            "[30, 31]",
            "31",
            "[28, 31, 34]",
            "[(second['latest'] - first['latest']).days, (second['latest'] - first['earliest']).days]",
            "second['earliest'] - first['earliest']",
            "None",
            "[]",
            "[28]",
            "[28, 28]",
            "[-28, -31]",
            "[28.5, 31]",
            "[28, None]",
            "['a month', 'a month']",
            "np.array([[28, 31], [28, 31]])",
            "np.array([31, 28])",
            "pd.Series([28, 31, 34])",
            "[float('nan'), 31]",
            "[float('inf'), 31]",
            "[True, False]",
            "[1, 1]",
            "'about a month'",
            "[first, second]",
            "sum",
        ],
        "untouched": ["[..., ...]"],
    },
    "08.2": {
        "equivalent": [
            "two_forecasts[['forecast', 'criterion', 'deadline']]",
            "two_forecasts.assign(deadline=pd.to_datetime(two_forecasts['deadline']))",
            "two_forecasts.assign(deadline=['2022', '2031-05'])",
            "two_forecasts.iloc[::-1]",
            "two_forecasts[['deadline', 'forecast', 'criterion']]",
            "two_forecasts.set_index('title')",
            "two_forecasts.set_index('forecast')",
            "two_forecasts.rename(columns=str.title)",
            "two_forecasts.rename(columns=str.upper)",
            "two_forecasts.rename(columns=lambda name: name + ' ')",
            "two_forecasts.rename(columns={'criterion': ' Criterion'})",
            "two_forecasts.astype(object)",
            "two_forecasts.convert_dtypes()",
            "pd.DataFrame(two_forecasts.to_dict('records'))",
            "due(datetime.date(2023, 12, 31), datetime.date(2022, 3, 13))",
            "due(datetime.datetime(2023, 12, 31), pd.Timestamp('2022-03-13'))",
            "due(np.datetime64('2023-12-31'), np.datetime64('2022-03-13'))",
            "due('2021-03-14', '2021')",
            "due(' 2023-12-31 ', '2022-03-13\\n')",
            "due('2023\\u201312\\u201331', '2022\\u201103\\u201113')",
            "due('۲۰۲۳-۱۲-۳۱', '٢٠٢٢-٠٣-١٣')",
            "due('31 December 2023', 'March 13, 2022')",
            "due('2023/12/31', '2022-3-13')",
            "due('December 2023', '13 march 2022')",
            "two_forecasts.assign(criterion='دونوں حکومتیں ایک معاہدے کا اعلان کرتی ہیں')",
            "pd.concat([two_forecasts, two_forecasts.assign(deadline='2031')])",
            "two_forecasts.assign(criterion=two_forecasts['criterion'] + '  ')",
        ],
        "wrong": [
            "two_forecasts.drop(columns='criterion')",
            "two_forecasts.head(1)",
            "two_forecasts.assign(criterion=['They buy many arms.', 'They travel.'])",
            "two_forecasts.assign(deadline=['2020-12-31', '2022-03-13'])",
            "two_forecasts.assign(deadline=['soon', 'later'])",
            "two_forecasts.assign(deadline=['2023~', '2022-03-13/2023'])",
            "['Iraq buys arms from Pakistan.', 'Both governments announce it.', '2023-12-31']",
            "None",
            "example",
            "pd.concat([example, example])",
            "pd.concat([example, example], ignore_index=True)",
            "pd.concat([example, example.assign(deadline='2022-03-20')])",
            "pd.concat([example, two_forecasts.head(1)])",
            "pd.concat([example.assign(forecast='IT WILL SOON RAIN IN KARACHI '), two_forecasts])",
            "example.assign(deadline='2025').merge(pd.DataFrame({'deadline': ['2025', '2025']}))",
            "course",
            "course[['forecast', 'criterion', 'deadline']]",
            "course.head(3)",
            "course.assign(forecast='The visits go on.')",
            "pd.concat([two_forecasts.head(1), course.tail(1)])",
            "pd.concat([two_forecasts.head(1)] * 2)",
            "two_forecasts.assign(forecast=None)",
            "two_forecasts.assign(forecast='   ')",
            "two_forecasts.assign(deadline=None)",
            "two_forecasts.assign(deadline=pd.NaT)",
            "two_forecasts.assign(deadline=float('nan'))",
            "two_forecasts.assign(deadline='2023-02-30')",
            "two_forecasts.assign(deadline='2021-03-13')",
            "two_forecasts.assign(deadline='2021-02')",
            "two_forecasts.assign(deadline='about 2023')",
            "two_forecasts.assign(deadline='03/04/2023')",
            "two_forecasts.assign(deadline=True)",
            "two_forecasts.assign(deadline=2031-1-1)",
            "due(2023-12-31, 2025)",
            "two_forecasts.assign(criterion=8)",
            "two_forecasts.head(0)",
            "two_forecasts.to_csv(index=False)",
            "two_forecasts['forecast']",
            "two_forecasts.T",
            "two_forecasts.assign(criterion=['a b c d e f g', 'a b c d e f g'])",
            "pd.DataFrame",
        ],
        "untouched": [
            "two_forecasts.assign(criterion='...')",
            "two_forecasts.assign(deadline='...')",
            "example.assign(forecast='…')",
        ],
    },
    "08.3": {
        "equivalent": [
            "'By ary-news-2020-07-15 they met in July, and nothing shows that there was only one meeting.'",
            "'The month is open: ' + cited[cited['event_id'] == general]['source_id'].iloc[0]"
            " + ' looks back from a distance.'",
            "'In June: urdupoint-2019-06-18.'",
            "'I rely on urdupoint-2019-06-18.'",
            "'I RELY ON URDUPOINT-2019-06-18'",
            "'They met in July (ARY-News-2020-07-15).'",
            "'  They met in June, says urdupoint-2019-06-18  '",
            "'They met in June.\\n(urdupoint-2019-06-18)'",
            "'They met in June: \\u201curdupoint-2019-06-18\\u201d'",
            "'They met in June \\u2013 urdupoint\\u20132019\\u201306\\u201318'",
            "'They met in June\\u2014urdupoint-2019-06-18\\u2014as it wrote that day.'",
            "'They met in June: `urdupoint-2019-06-18`'",
            "'They met in June/urdupoint-2019-06-18'",
            "'They met in June: urdupoint-\\u0662\\u0660\\u0661\\u0669-\\u0660\\u0666-\\u0661\\u0668'",
            "'وہ جون میں ملے: urdupoint-2019-06-18\\u06d4'",
            "'التقيا في يونيو\\u060c urdupoint-2019-06-18\\u060c وليس في يوليو'",
            "'It was either June or July: urdupoint-2019-06-18 and ary-news-2020-07-15 do not agree.'",
            "'Not vpk-2022-11-21 but urdupoint-2019-06-18 is near the day.'",
            "np.str_('In June, by urdupoint-2019-06-18')",
        ],
        "wrong": [
            "'I follow UrduPoint, because it was written on the day of the visit itself.'",
            "'urdupoint-2019-06-18'",
            "'The meeting in daily-pakistan-2021-02-25 was with the army chief, so it was the same one.'",
            "'I follow urdupoint-2019-06-81, because it was written on the day of the visit itself.'",
            "2019",
            "None",
            "''",
            "'   '",
            "'They met in June, I think, on the eighteenth day of it.'",
            "' urdupoint-2019-06-18. '",
            "'I follow urdupoint 2019 06 18, because it is of that day.'",
            "'I follow urdupoint-2019, because it is of that day.'",
            "'I follow iraqi-defence-official-rawalpindi-2019, because it is an event.'",
            "'I follow vpk-2022-11-21, because it is a source of the course.'",
            "['In June: urdupoint-2019-06-18.', 'In July: ary-news-2020-07-15.']",
            "sources",
            "True",
            "plt.figure()",
            "cited['source_id']",
            "print('In June: urdupoint-2019-06-18.')",
        ],
        "untouched": ["'...'", "'\\u2026'"],
    },
    "08.4": {
        "equivalent": [
            *spellings("2021-03-04/2021-03-14"),
            "'[2021-03-04..2021-03-14]'",
            "'2021-03-04' + '/' + '2021-03-14'",
            "'\\t2021-03-04\\u00a0/\\u00a02021-03-14'",
            "'\\uff12\\uff10\\uff12\\uff11-03-04/2021-03-14'",
        ],
        "wrong": [
            "'2021-03-13~'",
            "'2021-03'",
            "'2021-03/2021-03-14'",
            "'2021-03-05/2021-03-13'",
            "'2021-03-01/2021-03-14'",
            "'2021-03-04~/2021-03-14~'",
            "'2021-03-14/2021-03-04'",
            "'between 4 and 14 March 2021'",
            "None",
            "''",
            "'2021-03-04'",
            "'2021-03-04/2021-03-15'",
            "'2021-03-04/2021-03-13'",
            "'../2021-03-14'",
            "'2021-03-04/..'",
            "'2021-03-04/2021-03-14?'",
            "'2021-03-04/2021-04-14'",
            "'2020-03-04/2021-03-14'",
            "'2021-03-04/2021-02-30'",
            "'/'",
            "'2021-03-04/2021-03-10/2021-03-14'",
            "2021",
            "datetime.date(2021, 3, 4)",
            "['2021-03-04/2021-03-14', '2021-03-13~']",
            "pd.Timestamp('2021-03-13')",
            "'2021-03-04 to 2021-03-14'",
        ],
        "untouched": ["'...'"],
    },
    "08.5": {
        "equivalent": [
            "panels(told, untold, rows=steps[['date', 'title']])",
            "panels(list(steps[told]['event_id']), list(steps[untold]['event_id']))",
            "panels(told, untold, titles=('¶7 and ¶10', 'Silence'))",
            "panels(told, untold, shape=(1, 2))",
            "panels(told, untold, rows=steps.iloc[::-1])",
            "panels(told, untold, rows=steps.sort_values('title'))",
            "panels(told, ~told)",
            "panels(set(steps[told]['event_id']), tuple(steps[untold]['event_id']))",
            "panels(told, untold, titles=('مضمون', 'خاموشی'))",
            "panels(told, untold, titles=('A new chapter', 'First steps'))",
            "panels(told, untold, titles=('1', '2'))",
            "fig, axes = plt.subplots(2, 1, sharex=True)\n"
            "done = plot_timeline(steps, ax=axes[1], highlight=untold, title='Left out')\n"
            "done = plot_timeline(steps, ax=axes[0], highlight=told, title='Told')\n"
            "fig",
            "fig = plt.figure(figsize=(10, 7))\n"
            "low, high = fig.add_axes([0.1, 0.05, 0.8, 0.4]), fig.add_axes([0.1, 0.55, 0.8, 0.4])\n"
            "done = plot_timeline(steps, ax=low, highlight=untold, title='Left out')\n"
            "done = plot_timeline(steps, ax=high, highlight=told, title='Told')\n"
            "fig",
            "fig = panels(told, untold, titles=('', ''))\n"
            "done = [ax.set_title('A title', loc='left') for ax in fig.axes]\n"
            "fig",
            "fig = panels(told, untold)\ndone = fig.suptitle('Two panels')\nfig",
            "fig = panels(told, untold)\ndone = fig.add_axes([0.9, 0.9, 0.1, 0.1]).set_visible(False)\nfig",
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
            "None",
            "panels(told, untold, titles=('One', '   '))",
            "panels(told, untold, titles=('...', '...'))",
            "fig = panels(told, untold, titles=('', ''))\ndone = fig.suptitle('One title for both')\nfig",
            "panels(told, untold, rows=steps.head(4))",
            "panels(untold, untold)",
            "panels(told, None)",
            "panels(list(steps[told]['event_id'])[:1], untold)",
            "plt.figure()",
            "plt.subplots(3, 1)[0]",
            "fig = plt.figure(figsize=(10, 7))\n"
            "low, high = fig.add_axes([0.1, 0.05, 0.8, 0.4]), fig.add_axes([0.1, 0.55, 0.8, 0.4])\n"
            "done = plot_timeline(steps, ax=low, highlight=told, title='Told')\n"
            "done = plot_timeline(steps, ax=high, highlight=untold, title='Left out')\n"
            "fig",
            "plot_timeline",
            "'fig'",
            "told",
            "plt.subplots",
            "fig, axes = plt.subplots(2, 1)\n"
            "done = plot_timeline(steps[told], ax=axes[0], title='Told')\n"
            "done = plot_timeline(steps[untold], ax=axes[1], title='Left out')\n"
            "fig",
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
    ("events", "Juma Enad Saadoon met the army chief", "Juma Enad Saadoon met the air chief"),
    ("claims", "Helping Iraq will also improve", "Helping Iraq will not improve"),
    ("claims", 'production minister to Iraq.",contested,', 'production minister to Iraq.",corroborated,'),
    ("claims", "They name no pair Pakistan–Iran either", "They name one pair Pakistan–Iran"),
    ("claim_events", "9g,iraq-mediation-2019-2020", "9g,imran-khan-mediation-2019"),
    ("claim_events", "9e,pakistani-pilgrims-sent-back-2013", "9e,iraq-invasion-2003"),
    ("forecasts", "memorandum on defence whose signing both report", "memorandum on defence whose signing one reports"),
    ("sources", "ary-news-2020-07-15,,[Report on Bajwa's talk", "ary-news-2020-07-15,,[Report on Qureshi's talk"),
]

# `lock` writes a student's own forecasts; the lesson explains what it does.
TAUGHT = {"to_csv", "lock"}
PREVIEWED: dict[str, str] = {}
