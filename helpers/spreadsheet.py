"""Texts for a table that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import re

# A formula can begin where a field begins. Where Excel splits at ";" (most of Europe) or at tabs, quotation marks that suit
# the comma do not hold a field together, so a formula can also begin after one of these. What nobody sees is passed over.
_UNSEEN = (
    r"[\"\x00-\x08\x0b\x0c\x0e-\x20\x85\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
)
_RUNS = re.compile(rf"(^|[;\t\r\n|])({_UNSEEN}[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])")
_BLANK_FIRST = re.compile(r"[\t\r\n]")


def harmless(value: object) -> object:
    """Put a quote before a text that a spreadsheet would take for a formula; numbers stay, a whole one loses its ``.0``."""
    if isinstance(value, str):
        quoted = _RUNS.sub(r"\1'\2", value)
        return f"'{quoted}" if _BLANK_FIRST.match(quoted) else quoted
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
