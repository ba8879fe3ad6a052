"""Lesson 00."""

CONTEXT = """
import pandas as pd
from helpers import load
published = 2021
events = load("events")
"""

SOLUTIONS = {
    "00.1": {
        "solution": "published - 1973",
        "equivalent": ["48", "2021 - 1973", "len(range(1973, 2021))", "48.0"],
        "wrong": ["1973 - published", "published - 1947", "'48'", "published", "[48]", "None", "True"],
    },
    "00.2": {
        "solution": "['claim', 'source', 'opinion']",
        "equivalent": ["('claim', 'source', 'opinion')", "['Claim', ' source', 'OPINION']"],
        "wrong": [
            "['source', 'claim', 'opinion']",
            "['claim', 'claim', 'opinion']",
            "['claim', 'source', 'claim']",
            "['claim', 'source', 'fact']",
            "['claim', 'source']",
            "'claim, source, opinion'",
            "['...', '...', '...']",
        ],
    },
    "00.3": {
        "solution": "pd.DataFrame({'date': ['1999-05-17', '2004~'], 'title': ['I am born', 'We move to Lahore']})",
        "equivalent": [
            "pd.DataFrame([['1999', 'A'], ['198X', 'B'], ['2001/2003', 'C']], columns=['date', 'title'])",
            "pd.DataFrame([{'date': '1999?', 'title': 'A', 'place': 'X'}, {'date': '2000', 'title': 'B', 'place': 'Y'}])",
        ],
        "wrong": [
            "{'date': ['1999', '2000'], 'title': ['A', 'B']}",
            "pd.DataFrame({'year': ['1999', '2000'], 'title': ['A', 'B']})",
            "pd.DataFrame({'date': ['1999'], 'title': ['A']})",
            "pd.DataFrame({'date': ['17.5.1999', '2000'], 'title': ['A', 'B']})",
            "pd.DataFrame({'date': ['1999-02-30', '2000'], 'title': ['A', 'B']})",
            "pd.DataFrame({'date': [1999, 2000], 'title': ['A', 'B']})",
            "pd.DataFrame({'date': ['1999', '2000'], 'title': ['A', ' ']})",
        ],
    },
    "00.4": {
        "solution": "'asad-middle-east-division'",
        "equivalent": ["events['event_id'][2]", "'asad-middle-' + 'east-division'"],
        "wrong": [
            "'iran-iraq-war-1980-1988'",
            "'treaty-of-friendship-1950'",
            "'Asad'",
            "'mosul-falls-2014'",
            "['asad-middle-east-division']",
            "2",
            "'iraq-royal-visit-1954'",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "july-revolution-1958,1958-07-14,", "july-revolution-1958,1958-07-15,"),
    ("events", "iran-iraq-war-1980-1988,1980-09-22/1988-08-20,", "iran-iraq-war-1980-1988,1980-09-22/1988-08-21,"),
    ("events", "conflict,conflictual,government,3,", "conflict,neutral,government,3,"),
    ("events", "jalal-visits-baghdad-2021,2021-01-24/", "jalal-visits-baghdad-2021,2021-01-25/"),
]

TAUGHT = {"len", "list", "load", "show", "show_table", "plot_timeline", "check", "DataFrame", "dict", "explore_timeline"}
PREVIEWED = {"mask": "02", "isin": "02"}
