"""The names of states: tables have their codes (ISO 3166)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from .events import is_missing

OTHERS = {  # states whose voices are cited, but that took part in no event
    "ARE": "United Arab Emirates",
    "BEL": "Belgium",
    "BRA": "Brazil",
    "CAN": "Canada",
    "CHE": "Switzerland",
    "CHL": "Chile",
    "IRL": "Ireland",
    "ITA": "Italy",
    "QAT": "Qatar",
    "RUS": "Russia",
    "SGP": "Singapore",
    "SVK": "Slovakia",
    "SWE": "Sweden",
    "TWN": "Taiwan",
    "ZAF": "South Africa",
}
BODIES, UNKNOWN = "international bodies", "country not known"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from ..data import load  # here, so that a table without codes needs no other

    actors = load("actors")
    states = actors[actors["type"] == "state"]
    return dict(zip(states["actor_id"].tolist(), states["name"].tolist(), strict=True)) | OTHERS | {"INT": BODIES}


def country_name(code: Any) -> str:
    """Return the name of a state by its code; what is no code that the course knows stays as it is."""
    if is_missing(code):
        return UNKNOWN
    text = str(code).strip()
    return _names().get(text, text) if len(text) == 3 and text.isupper() else text


def voices(table: pd.DataFrame) -> list[str]:
    """Return for each row of sources whose voice it is: the speaker's country, or that of the publisher."""
    countries = table["country"].tolist()
    speakers = table["speaker_country"].tolist() if "speaker_country" in table.columns else [None] * len(table)
    return [country_name(own if is_missing(other) else other) for own, other in zip(countries, speakers, strict=True)]
