"""Lesson 01."""

CONTEXT = """
import pandas as pd
from helpers import load
events = load("events")
claims = load("claims")
founding = events.head(13)
links = load("event_sources").merge(load("sources"), on="source_id")
agreement = links[links["event_id"] == "us-pakistan-defence-agreement-1954"]
width = founding["latest"] - founding["earliest"]
"""

SOLUTIONS = {
    "01.1": {
        "solution": "founding['kind'].head(4)",
        "equivalent": ["founding.head(4)['kind']", "list(founding['kind'][:4])", "events.kind.iloc[:4]"],
        "wrong": [
            "founding['kind']",
            "founding['kind'].head()",
            "founding['kind'].tail(4)",
            "founding.head(4)",
            "founding['title'].head(4)",
            "'kind'",
            "4",
        ],
    },
    "01.2": {
        "solution": "founding.sort_values('title').head(3)",
        "equivalent": [
            "founding.sort_values(by='title', ascending=True)[:3]",
            "founding.sort_values('title', ignore_index=True).iloc[0:3]",
        ],
        "wrong": [
            "founding.sort_values('title', ascending=False).head(3)",
            "founding.head(3).sort_values('title')",
            "founding.sort_values('title')",
            "founding.sort_values('title')['title'].head(3)",
            "founding.sort_values('date').head(3)",
            "events.sort_values('title').head(3)",
            "'title'",
        ],
    },
    "01.3": {
        "solution": "agreement[agreement['kind'] == 'primary']['source_id'].iloc[0]",
        "equivalent": ["agreement.set_index('kind').loc['primary', 'source_id']"],
        "wrong": [
            "agreement[agreement['kind'] == 'secondary']['source_id'].iloc[0]",
            "agreement[agreement['kind'] == 'news']['source_id'].iloc[0]",
            "'primary'",
            "agreement['title'].iloc[0]",
            "agreement",
            "0",
        ],
    },
    "01.4": {
        "solution": "founding.assign(width=width).sort_values('width', ascending=False)['title'].head(3)",
        "equivalent": [
            "list(founding['title'][width.sort_values(ascending=False).index[:3]])",
            "founding.assign(width=width).nlargest(3, 'width')['title']",
        ],
        "wrong": [
            "founding.assign(width=width).sort_values('width')['title'].head(3)",
            "founding.assign(width=width).sort_values('width')['title'].tail(3)",
            "founding.assign(width=width).sort_values('width', ascending=False)['width'].head(3)",
            "founding.assign(width=width).sort_values('width', ascending=False).head(3)",
            "founding.assign(width=width).sort_values('width', ascending=False)['title']",
            "founding['title'].head(3)",
            "width",
        ],
    },
    "01.5": {
        "solution": "'Claim 1d holds: he was a convert, a scholar and he knew the region well.'",
        "equivalent": ["'In a short column nobody can date a desk, so 1c is fair enough for its readers.'"],
        "wrong": [
            "'He was right about nearly everything that he wrote about the man.'",
            "'1c is right.'",
            "'Claim 9c holds: the two states had no quarrel of interests at that time.'",
            "1",
            "['1c']",
        ],
    },
}

# A table, what stands there, and what a slip of the hand would make of it: the lesson must notice.
FAULTS = [
    ("events", "treaty-of-friendship-1950,1950-02-26,", "treaty-of-friendship-1950,1950-02-27,"),
    ("events", "palestine-partition-vote-1947,1947-11-29,", "palestine-partition-vote-1947,1947-11-28,"),
    ("events", "iraq-royal-visit-1954,1954-03~,", "iraq-royal-visit-1954,1954-03,"),
    ("events", "asad-middle-east-division,1949~/1951~,", "asad-middle-east-division,1947/1951~,"),
    ("events", "Muhammad Asad heads Pakistan's", "Muhammad Assad heads Pakistan's"),
    ("events", "Pakistan's Liaquat Ali Khan visits Baghdad", "Pakistan's Liaquat Ali Khan visits Tehran"),
    ("events", "Saudi Arabia, Egypt and Syria. After", "Saudi Arabia, Egypt and Iraq. After"),
    ("event_actors", "liaquat-baghdad-visit-1949,IRQ", "liaquat-baghdad-visit-1949,IRN"),
    ("event_actors", "seato-signed-1954,PAK", "seato-signed-1954,IRQ"),
    ("actors", "muhammad-asad,Muhammad Asad,", "muhammad-asad,Leopold Weiss,"),
    ("claims", ",contested,In 1947 Asad led a department", ",corroborated,In 1947 Asad led a department"),
    ("sources", "in a collection of documents, p. 2194", "in a collection of documents, p. 2195"),
]

TAUGHT = {"head", "tail", "sort_values", "slice", "show_paragraph", "minus of columns"}
PREVIEWED = {"merge": "07", "mask": "02"}
