"""What a beginner's common slips mean, in plain words: from an error to a sentence that says what to do.

Each function here takes one kind of error and returns "" where it does not know the slip. What is said must be true of every
error that it is said of: where two causes are possible, both are named.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import json
import keyword
import os
import pkgutil
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

from . import shadows
from .language import later, say, say_count
from .slip_words import BLANK, COMMON, DOTS, INDENT, KEYS, QUOTE, SYNTAX

MAX_LISTED = 12  # columns that a message lists
# What the first code cell of a lesson makes.
FROM_THE_FIRST_CELL = {"pd", "plt", "np", "sys"}
LIBRARIES = ("pandas", "matplotlib", "numpy", "ipywidgets", "helpers")  # what a cell of a lesson may import


def advice(error: Exception, trace: TracebackType | None, names: dict[str, Any]) -> str:
    """Say in plain words what a common slip means and what to do, by the `names` made so far; "" for any other error."""
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    if isinstance(error, SyntaxError):
        return _unreadable(error)
    if isinstance(error, NameError):
        return _unknown_name(error, names, frames)
    if isinstance(error, ImportError) and frames and frames[-1].f_globals is names:  # no import of a library's own
        return _unknown_import(error)
    if "ellipsis" in str(error) and isinstance(error, (TypeError, AttributeError, ValueError)):
        return say(DOTS)
    if words := _said_by(COMMON, f"{type(error).__name__}: {error}"):
        return words
    if _from_helpers(frames) and not isinstance(
        error, AttributeError
    ):  # our functions say themselves what is wrong: only the way there is long
        return say("This function could not use what it was given. Its own message stands below.") if str(error) else ""
    if isinstance(error, KeyError):
        return _unknown_key(error, frames)
    if isinstance(error, AttributeError):
        return _unknown_attribute(error, frames)
    return _of_another_type(error, frames, names)


# ------------------------------------------------------------------------------------------------------------ names


def _unknown_name(error: NameError, names: dict[str, Any], frames: list[FrameType]) -> str:
    name = error.name or (re.findall(r"'([^']+)'", str(error)) or [""])[0]
    if not name or isinstance(error, UnboundLocalError):
        return ""
    if frames and frames[-1].f_globals is not names:  # a name of a library's own
        return ""
    if not name.strip("_"):
        return say(BLANK)
    if name.lower() in ("true", "false", "none"):
        return say("Capitals count: Python writes `{right}`.", right=name.capitalize())
    if name.lower() in ("nan", "null", "na"):
        return say("An empty cell equals nothing, so == cannot find it. Ask the column: .isna(), or .notna().")
    if name in FROM_THE_FIRST_CELL | set(_course_names()):
        return say(
            "The first cell with code brings `{name}`, and it has not run since you opened this page. Run that "
            "cell, then this one. (Quicker: the menu Run, then Run All Above Selected Cell.)",
            name=name,
        )
    known = {other for other in {*names, *dir(builtins)} if not other.startswith("_")}
    same = next((other for other in sorted(known) if other.lower() == name.lower()), "")
    if same:
        return say("Capitals count. The name that you made is `{same}`, not `{name}`.", same=same, name=name)
    if cell := _cell_that_makes(name):
        return say(
            "The cell that makes `{name}` has not run since you opened this page. It begins:\n{cell}\nRun that "
            "cell, then this one. (Quicker: the menu Run, then Run All Above Selected Cell.)",
            name=name,
            cell=cell,
        )
    return _meant_name(name, known)


def _meant_name(name: str, known: set[str]) -> str:
    if name in _tables():
        return say(
            '`{name}` is a table of the course. Fetch it by its name, between quotation marks: load("{name}")', name=name
        )
    pandas = sys.modules.get("pandas")
    if pandas is not None and callable(getattr(pandas.Series, name, None)):
        return say('`{name}` stands after a table or a column, with a dot between: table["date"].{name}(…).', name=name)
    near = _nearest(name, known)
    if near:
        return say(
            "Python does not know the name `{name}`. Did you mean `{near}`? Or has the cell that makes it not "
            "run since you opened this page? Then run that cell first. And if it is a word and not a name, put "
            "it between quotation marks.",
            name=name,
            near=near,
        )
    return say(
        "Python does not know the name `{name}`. Or has the cell that makes it not run since you opened this "
        "page? Then run that cell first. And if it is a word and not a name, put it between quotation marks.",
        name=name,
    )


def _unknown_import(error: ImportError) -> str:
    """What is not to be had: a library, a part of one, or a name in it."""
    if hidden := shadows.advice(error):
        return hidden
    if missing := re.match(r"cannot import name '([^']+)' from '([^']+)'", str(error)):
        name, module = missing.groups()
        near = _nearest(name, {*dir(sys.modules.get(module)), *_parts(module)})
        words = say("`{module}` has nothing that is called `{name}`.", module=module, name=name)
    elif isinstance(error, ModuleNotFoundError) and error.name:
        module, _, last = error.name.rpartition(".")
        near = _nearest(last, _parts(module) if module else LIBRARIES)
        near = f"{module}.{near}" if module and near else near
        words = say("Python finds no library `{name}` here.", name=error.name)
        if not module and not near:
            return f"{words} " + say(
                "The lessons use only {known}. A library beside these must be installed first.", known=", ".join(LIBRARIES)
            )
    else:
        return ""
    return f"{words} " + (
        say("Did you mean `{near}`?", near=near) if near else say("Compare the name with the example, letter by letter.")
    )


def _parts(module: str) -> set[str]:
    """The modules in a package that is imported."""
    return {part.name for part in pkgutil.iter_modules(getattr(sys.modules.get(module), "__path__", []))}


def _course_names() -> Iterable[str]:
    return getattr(sys.modules.get(__package__ or ""), "__all__", ())


def _tables() -> set[str]:
    data = sys.modules.get(f"{__package__}.data")
    return {resource["name"] for resource in data.package()["resources"]} if data else set()


def _cell_that_makes(name: str) -> str:
    """The first line of the cell of this notebook that makes a name; "" if there is none, or the notebook isn't known."""
    own = os.environ.get("JPY_SESSION_NAME", "")  # Jupyter tells a kernel its notebook
    page = Path.cwd() / Path(own).name
    if not own.endswith(".ipynb") or not page.is_file():
        return ""
    try:
        cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    makes = next((source for source in sources if name in _made_by(source)), "")
    return next((line[:70] for line in makes.splitlines() if line.strip()), "")


def _made_by(source: str) -> set[str]:
    """The names that a cell makes: by `=`, by `import`, by `def`."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    inner = [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.comprehension, ast.ClassDef))
    ]
    hidden = {id(name) for node in inner for name in ast.walk(node)}  # made in there, and unknown outside
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in hidden]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.FunctionDef):
            made.add(node.name)
    return made


# ------------------------------------------------------------------------------------------------- columns and keys


def _unknown_key(error: KeyError, frames: list[FrameType]) -> str:
    found = next(_tables_in(frames), None)
    if found is None:
        return ""
    table, by_row = found
    key = error.args[0] if error.args else None
    if isinstance(key, bool):
        return say(
            "The square brackets got {key}, and no column has this name. Two words were compared, not a column: "
            'write the table\'s name inside, too, as in events[events["kind"] == "treaty"].',
            key=key,
        )
    if key is ...:
        return say(DOTS)
    if isinstance(key, tuple) and hasattr(table, "columns") and table.columns.nlevels == 1:
        return say(
            'Several columns stand in a list of their own, in two pairs of square brackets: table[["date", "title"]].'
        )
    columns = [str(name) for name in getattr(table, "columns", table.index)]
    named = hasattr(table, "columns") and all(isinstance(name, str) for name in table.columns)
    if isinstance(key, int) and named and not by_row:
        return say(
            "`[{key}]` looks for a column of the name {key}. For a row write a beginning and an end: [{key}:{next}].",
            key=key,
            next=key + 1,
        )
    merging = any(frame.f_code.co_name == "merge" for frame in frames)
    return _missing_keys(key, table, columns, by_row, merging)


def _missing_keys(key: Any, table: Any, columns: list[str], by_row: bool, merging: bool) -> str:
    known = set(columns) | ({str(name) for name in table.index} if by_row else set())
    missing = [one for one in _keys(key) if one not in known]
    if not missing:
        dropped = _keys(key) if isinstance(key, str) and key.endswith("not found in axis") else []
        return (
            say('drop takes rows away. For a column write: table.drop(columns="{name}").', name=dropped[0])
            if dropped
            else ""
        )
    among = "entries" if not hasattr(table, "columns") else "rows" if by_row else "columns"
    lines = [say(_MISSING[among, merging], name=one) + _near_column(one, columns) for one in missing[:3]]
    if hasattr(table, "columns"):
        lines.append(_listed(columns))
    return "\n".join(lines)


# What was looked for: entries of a column, rows or columns, or columns; and whether two tables were merged.
_MISSING = {
    ("entries", False): later("There is no entry {name!r} here."),
    ("rows", False): later("There is no row and no column {name!r} here."),
    ("columns", False): later("There is no column {name!r} here."),
    ("entries", True): later("There is no entry {name!r} in one of the two tables."),
    ("rows", True): later("There is no row and no column {name!r} in one of the two tables."),
    ("columns", True): later("There is no column {name!r} in one of the two tables."),
}


def _keys(key: Any) -> list[str]:
    """The names that pandas says are missing: one, or those that its sentence quotes."""
    if not isinstance(key, str):
        return [str(key)] if isinstance(key, int) else []
    sentence = re.fullmatch(r"None of .*|\[.*\] not (?:in index|found in axis)|.*not in index.*", key, flags=re.DOTALL)
    if sentence or key.startswith("Columns not found: "):
        return re.findall(r"'([^']*)'", key.split("dtype")[0])
    return [key.removeprefix("Column not found: ")]


def _near_column(name: str, columns: list[str]) -> str:
    same = [column for column in columns if column.lower().strip() == name.lower().strip()]
    if same:
        return " " + say("{name!r} is written with other capitals or blanks, and they count.", name=same[0])
    near = _nearest(name, columns)
    return " " + say("Did you mean {near!r}?", near=near) if near else ""


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:MAX_LISTED])
    if len(names) > MAX_LISTED:
        return say_count(
            "The columns of that table: {names} and {count} more.",
            "The columns of that table: {names} and {count} more.",
            len(names) - MAX_LISTED,
            names=shown,
        )
    return say("The columns of that table: {names}.", names=shown)


def _tables_in(frames: list[FrameType]) -> Iterator[tuple[Any, bool]]:
    """Yield the tables or columns in which pandas looked for a name, and whether it may have looked among rows."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return
    inside = [frame for frame in frames if f"{os.sep}pandas{os.sep}core{os.sep}" in frame.f_code.co_filename]
    by_row = any(frame.f_code.co_filename.endswith("indexing.py") for frame in inside)
    owners = [frame.f_locals.get("self") for frame in inside]
    merge = next((owner for owner in owners if type(owner).__name__ == "_MergeOperation"), None)
    if merge is not None:  # which of the two tables lacks the column
        for side in (getattr(merge, "left", None), getattr(merge, "right", None)):
            wanted = [*(getattr(merge, "left_on", None) or ()), *(getattr(merge, "on", None) or ())]
            if isinstance(side, pandas.DataFrame) and any(str(name) not in map(str, side.columns) for name in wanted):
                yield side, False
    for frame in inside:
        for name in ("self", "data", "obj"):
            found = frame.f_locals.get(name)
            if type(found).__name__.endswith("Indexer"):  # what .loc and .iloc are
                found = getattr(found, "obj", None)
            elif type(found).__name__.endswith("GroupBy"):  # one that is half made answers no question
                found = object.__getattribute__(found, "__dict__").get("obj")
            if isinstance(found, (pandas.DataFrame, pandas.Series)):
                yield found, by_row


# ------------------------------------------------------------------------------------------------------- attributes


def _unknown_attribute(error: AttributeError, frames: list[FrameType]) -> str:
    said = re.search(r"^(?:type object |module )?'?(\w[\w.]*)'?(?: object)? has no attribute '(\w+)'", str(error))
    last = frames[-1].f_code.co_filename if frames else ""
    ours = bool(frames) and "__getattr__" not in frames[-1].f_code.co_name and frames[-1] is not frames[_own(frames)]
    if not said or (ours and not last.endswith(("generic.py", "accessor.py"))):
        return ""
    kind, name = said[1], said[2]
    if kind == "NoneType":
        return say(
            "What stands before the dot is nothing (None). A function that only shows something, such as print or show, "
            "gives nothing back. Look at the line that made it."
        )
    thing = error.obj if error.obj is not None else None
    if isinstance(thing, ModuleType) and (hidden := shadows.advice(error)):
        return hidden
    known = [one for one in dir(thing) if not one.startswith("_")] if thing is not None else []
    near = next((one for one in known if one.lower() == name.lower()), "") or _nearest(name, known)
    what = say("the module {kind}", kind=kind) if isinstance(thing, ModuleType) else _called(kind)
    sentences = [say("After the dot stands `{name}`, and {what} has nothing of this name.", name=name, what=what)]
    if near:
        sentences.append(say("Did you mean `{near}`?", near=near))
    if kind in ("DataFrame", "Series") and not near and hasattr(sys.modules.get("pandas"), name):
        sentences.append(say("It belongs to pandas itself: pd.{name}(…).", name=name))
    elif kind == "Series" and not near and (accessor := _accessor(thing, name)):
        sentences.append(say("For each value of a column write: table[…].{accessor}.{name}.", accessor=accessor, name=name))
    elif kind == "DataFrame":
        sentences.append(say('A column is safest in square brackets: table["title"].'))
    return " ".join(sentences)


def _accessor(column: Any, name: str) -> str:
    """Behind which word pandas has a name for each value of a column: "str" for texts, "dt" for days; else empty."""
    pandas = sys.modules["pandas"]
    if pandas.api.types.is_numeric_dtype(column):
        return ""
    word = "dt" if pandas.api.types.is_datetime64_any_dtype(column) else "str"
    return word if hasattr(getattr(pandas.Series, word), name) else ""


def _own(frames: list[FrameType]) -> int:
    """The place of the last frame of the notebook: the one that has what only a notebook has."""
    return max((number for number, frame in enumerate(frames) if "get_ipython" in frame.f_globals), default=0)


def _called(kind: str) -> str:
    names = {
        "DataFrame": later("a table"),
        "Series": later("a column"),
        "str": later("a text"),
        "int": later("a number"),
        "float": later("a number"),
        "list": later("a list"),
        "dict": later("a dictionary"),
        "tuple": later("a tuple (several values with commas)"),
        "function": later("a function"),
        "method": later("a function"),
        "builtin_function_or_method": later("a function"),
        "Axes": later("a drawing (axes)"),
        "set": later("a set"),
        "bool": later("True or False"),
    }
    return say(names[kind]) if kind in names else say("a value of the type {kind}", kind=kind)


# ----------------------------------------------------------------------------------------------------------- syntax


def _unreadable(error: SyntaxError) -> str:
    message = error.msg or ""
    if found := re.search(r"invalid (?:non-printable )?character '?(.)?'? ?\(U\+([0-9A-Fa-f]+)\)", message):
        return _foreign_key(chr(int(found[2], 16)))
    if error.text and (typed := _stray(error.text)) and "invalid syntax" in message:
        return _foreign_key(typed)
    line = error.text or ""
    if re.match(r"invalid (syntax|decimal literal)", message) and line.count("'") % 2:
        return say(QUOTE)
    if "=!" in line and "invalid syntax" in message:
        return say("Not equal is written != : the exclamation mark stands first.")
    table = INDENT if isinstance(error, IndentationError) else SYNTAX
    return say(next((words for pattern, words in table if re.search(pattern, message)), ""))


def _stray(text: str) -> str:
    """The first letter of another keyboard that stands outside of the quotation marks of a line."""
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    return next((sign for sign in outside if sign in KEYS and sign != "`"), "")


def _foreign_key(sign: str) -> str:
    if sign.isdigit():
        return say("Python reads the digits 0 to 9 only, and here stands {sign}. Type the number with these.", sign=sign)
    if not sign.isprintable() or sign.isspace():
        return say(
            "A sign that cannot be seen stands here, often an odd blank from a copied text. Delete it and type it again."
        )
    if sign == "…":
        return say("Here stands one sign that looks like three dots. Put your answer in its place.")
    if sign in KEYS:
        return say(
            "Here stands {sign}, a sign of another keyboard or of a text program. Python wants {right}. Type it again.",
            sign=sign,
            right=say(KEYS[sign]),
        )
    return say(
        'Python cannot read the sign {sign} in this place. Words stand between straight quotation marks, as in "claim".',
        sign=sign,
    )


# ------------------------------------------------------------------------------------------------------ other types


def _said_by(table: Iterable[tuple[str, str]], message: str) -> str:
    return say(next((words for pattern, words in table if re.match(pattern, message, re.DOTALL)), ""))


def _of_another_type(error: Exception, frames: list[FrameType], names: dict[str, Any]) -> str:
    message = str(error)
    if called := re.search(
        r"^'(DataFrame|Series|str|int|float|list|dict|tuple|Axes|module)' object is not callable", message
    ):
        return say(
            'Round brackets stand after {what}, as after a function. Square brackets pick: table["title"]. Round '
            "ones do. (Or have you given the name of a function to a value? Then restart the kernel.)",
            what=_called(called[1]),
        )
    if re.search(r"^'(\w*method|function|builtin_function_or_method)' object is not subscriptable", message):
        return say("Square brackets stand after a function. A function wants round ones: head(3), not head[3].")
    if isinstance(error, ValueError) and "truth value of a" in message and "ambiguous" in message:
        return say(
            "A whole column of True and False stands where Python wants one of them. Between two masks write & for and, "
            '| for or, with round brackets around each: (a["x"] == 1) & (a["y"] == 2).'
        )
    if re.search(r"^unsupported operand type\(s\) for [&|]|^(Cannot perform|operation) '(r?and_|r?or_)'", message):
        return say("Round brackets are missing: with & or | each question stands in a pair of its own, (…) & (…).")
    if _in_the_cell(frames, names):
        return _in_the_line(error, message)
    return ""


def _in_the_line(error: Exception, message: str) -> str:
    if re.search(
        r"^(unsupported operand type\(s\) for .*'str'|can only concatenate str|must be str|'[<>]=?' not supp)", message
    ):
        return say(
            'A text and something that is no text meet here. "48" is a text, 48 a number. '
            "Look at what stands between quotation marks."
        )
    if isinstance(error, IndexError) and "out of range" in message:
        return say("There are not so many entries. Python counts from 0: the first is [0], the second [1].")
    if isinstance(error, TypeError) and "NoneType" in message:
        return say(
            "A value is nothing (None) here. print and show only show: they give nothing back. "
            "Look at the line that made it."
        )
    return ""


def _in_the_cell(frames: list[FrameType], names: dict[str, Any]) -> bool:
    return bool(frames) and frames[-1].f_globals is names


def _from_helpers(frames: list[FrameType]) -> bool:
    own = __package__ or ""
    modules = [str(frame.f_globals.get("__name__", "")) for frame in frames]
    return bool(modules) and modules[-1].startswith(f"{own}.")


def _nearest(name: str, known: Iterable[str]) -> str:
    """The nearest of the names that are known; "" if none is near."""
    by_small = {one.lower(): one for one in sorted(known, reverse=True) if not keyword.iskeyword(one)}
    near = difflib.get_close_matches(name.lower(), by_small, n=1, cutoff=0.7)
    return by_small[near[0]] if near else ""
