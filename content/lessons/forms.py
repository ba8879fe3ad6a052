"""The forms in which one right answer comes: as people type and paste a text, and as pandas hands on a column or a table."""

from __future__ import annotations

_PERSIAN, _ARABIC = (str.maketrans("0123456789", digits) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))
_HYPHENS = "\u2010\u2011\u2013\u2212"
_STROKES = ("\u2044", "\u2215", "\uff0f", " / ")  # for the one between two dates


def spellings(text: str) -> list[str]:
    """Return code for an id or a date with other hyphens, strokes, digits and capitals, and with signs around it."""
    changed = [text.upper(), text.title(), text.translate(_PERSIAN), text.translate(_ARABIC)]
    changed += [text.replace("-", hyphen) for hyphen in _HYPHENS]
    changed += [text.replace("/", stroke) for stroke in _STROKES]
    changed += [f" {text} ", f"\t{text}\r\n", f"\u200e{text}\u00a0", f"\u200f{text}", f"“{text}”", f"{text}."]
    return [*(repr(one) for one in dict.fromkeys(changed) if one != text), f"np.str_({text!r})"]


def lists(code: str) -> list[str]:
    """Return code for whatever else holds the entries of a list in their order."""
    return [
        form.format(code)
        for form in ("tuple({})", "np.array({}, dtype=object)", "pd.Series({})", "pd.Index({})", "iter({})")
    ]


def columns(code: str) -> list[str]:
    """Return code for the entries of a column, out of the table or still in one."""
    ends = (".tolist()", ".values", ".to_numpy()", ".array", ".to_frame()", ".to_dict()", ".astype(object)")
    return [*(code + end for end in ends), f"tuple({code})", f"pd.Index({code})", f"(value for value in {code})"]


def tables(code: str) -> list[str]:
    """Return code for the rows of a table in another order, with another index, with other types, and with a column more."""
    ends = (".iloc[::-1]", ".sort_values('title')", ".set_index('event_id')", ".reset_index()", ".astype(object)")
    return [code + end for end in (*ends, ".convert_dtypes()", ".assign(mine='note')")]
