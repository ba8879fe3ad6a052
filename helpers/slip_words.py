"""What is said of each common slip: tables of what Python says, and what to do. `slips` reads them."""

from __future__ import annotations

from .language import later

# Letters of other keyboards, and what Python wants in their place.
KEYS = {
    **dict.fromkeys("“”„‟«»＂", later('the straight quotation mark "')),
    **dict.fromkeys("‘’‚‛‹›´`＇", later("the straight quotation mark '")),
    **dict.fromkeys("،，、", later("the comma ,")),
    **dict.fromkeys("؛；", later("the semicolon ;")),
    **dict.fromkeys("–—−‐‑", later("the short line - (minus)")),
    **dict.fromkeys("×✕", later("the star *")),
    **dict.fromkeys("（﴿", later("the round bracket (")),
    **dict.fromkeys("）﴾", later("the round bracket )")),
    "÷": later("the slash /"),
    "٪": later("the sign %"),
    "：": later("the colon :"),
    "۔": later("the point ."),
    "≤": later("the two signs <="),
    "≥": later("the two signs >="),
    "≠": later("the two signs !="),
}


DOTS = later(
    "Three dots (...) still stand where an answer belongs: in this line, or in the cell that makes a name which this line "
    "uses. Write your answer there, run that cell, then run this one again."
)


BLANK = later("A blank (____) still stands in this line. Write in its place what belongs there, and run the cell again.")

QUOTE = later(
    "A quotation mark is missing: a text begins in this line and does not end. (An apostrophe, as in Iraq's, ends a text "
    "that begins with '. Use \" around such a text. A text stays in one line.)"
)


# A part of what Python says (3.11 to 3.14), and what to do. The first that fits is used.
SYNTAX = (
    (
        r"unterminated (triple-quoted |f-)?string",
        QUOTE,
    ),
    (r"was never closed", later("A bracket is open and never closed. Every ( needs a ), every [ a ], and every { a }.")),
    (
        r"does not match opening parenthesis|unmatched '",
        later(
            "A bracket has no partner, or one of another kind. Every ( needs a ), every [ a ], and every { a }. Count them."
        ),
    ),
    (
        r"incomplete input|unexpected EOF|was never closed",
        later("The cell ends too early: a bracket, a quotation mark or a line beneath a colon is missing."),
    ),
    (
        r"cannot assign to expression here",
        later(
            "On the left of = stands no name. A name has letters, digits and _, but no blank and no hyphen, as in my_table. "
            "To ask whether two things are equal, write ==."
        ),
    ),
    (
        r"Maybe you meant '=='|cannot assign to|expression cannot contain assignment",
        later("One = gives a name to a value; the name stands on the left. To ask whether two things are equal, write ==."),
    ),
    (
        r"Perhaps you forgot a comma",
        later(
            "Python cannot read what stands here. Often a comma is missing between two things, or a bracket or a quotation "
            "mark just before them."
        ),
    ),
    (
        r"expected ':'",
        later("A colon : is missing at the end of this line. What belongs to it stands beneath, after four spaces."),
    ),
    (r"leading zeros in decimal", later("An id or a date is a text: put it between quotation marks.")),
    (
        r"invalid decimal literal",
        later("A number and letters stand together. If it is a name or an id, put it between quotation marks."),
    ),
    (
        r"positional argument follows keyword",
        later("What has a name (title=…) comes last in the round brackets. Put what has no name before it, or give it one."),
    ),
    (r"keyword argument repeated", later("The same name with = stands twice in the round brackets. Keep one of them.")),
    (
        r"non-printable character",
        later("A sign that cannot be seen stands here, often an odd blank from a copied text. Type it again."),
    ),
)


INDENT = (
    (
        r"expected an indented block",
        later("What belongs to the line above, which ends with a colon, stands after four spaces."),
    ),
    (
        r"unexpected indent",
        later(
            "This line begins with blanks, and it does not belong to a line above that ends with a colon. Take "
            "the blanks away."
        ),
    ),
    (
        r"",
        later(
            "The blanks at the beginning of the lines do not fit together. Use four for what belongs to a line with a colon."
        ),
    ),
)


# Kind and beginning of a message, and what to do. What is said holds for every error of this beginning.
COMMON = (
    (
        r"TypeError: only list-like objects are allowed to be passed to isin|TypeError: \w+\.isin\(\) takes",
        later('isin wants one list, in square brackets, also for a single value: isin(["a", "b"]).'),
    ),
    (
        r"ValueError: \('Lengths must match to compare'|ValueError: Lengths must match",
        later("== compares with one value, or with as many as there are rows. For a few values use isin."),
    ),
    (
        r"TypeError: .* takes .*positional arguments? but .* (was|were) given",
        later(
            'A value in the round brackets has no place there. Say what it is for, as in title="…"; and put several values '
            "that belong together into one list, in square brackets. After a word such as isna the round "
            "brackets may be missing."
        ),
    ),
    (
        r"FileNotFoundError: ",
        later(
            "There is no such file. A name without a folder is looked for beside the notebook. Compare the name, with its "
            "ending, letter by letter."
        ),
    ),
    (
        r"TypeError: .* missing \d+ required positional argument",
        later("Something is missing in the round brackets: the last line says what. Compare them with the example above."),
    ),
    (
        r"(TypeError|AttributeError): .*got an unexpected keyword argument",
        later(
            "Python does not know the name before the = that the last line quotes. "
            "Compare it with the example, letter by letter."
        ),
    ),
    (
        r"TypeError: Cannot perform \w+ with non-ordered Categorical|TypeError: .*does not support operation '\w+'",
        later(
            "Words have no mean and no largest. Pick a column of numbers first; or compare first (==), and then "
            "take the mean."
        ),
    ),
    (
        r"ValueError: All arrays must be of the same length",
        later("The lists of a table must be equally long. Count their entries."),
    ),
    (
        r"ValueError: If using all scalar values, you must pass an index",
        later('A column is a list, even a list of one. Write square brackets around each: "date": ["1999"].'),
    ),
    (
        r"ValueError: Length of values \(\d+\) does not match length of index",
        later(
            "The list has another number of entries than the table has rows. A missing comma makes one text of two: "
            "count the commas."
        ),
    ),
    (
        r"ValueError: (not enough|too many) values to unpack",
        later("Before the = stands another number of names than there are values. For two panels: fig, (above, below) = …"),
    ),
    (
        r"ValueError: shape mismatch|ValueError: x and y must have same first dimension|ValueError: 'yerr' \(shape",
        later(
            "Two columns or lists in these round brackets have different lengths. Take them from the same table; and write "
            "a number without a comma (1300, not 1,300)."
        ),
    ),
    (
        r"ValueError: '.*' is not a valid format string",
        later('A column stands here without its table. Write table["year"], not "year" alone.'),
    ),
    (r"TypeError: 'Text' object is not callable", later('ax.title is the title itself. To write one: ax.set_title("…").')),
    (r"TypeError: unsupported operand type\(s\) for \^", later("A power is written with two stars: 1300 ** 0.5.")),
    (
        r"TypeError: Can only merge Series or DataFrame objects",
        later("A table stands between quotation marks. The name of a table has none; the name of a column has."),
    ),
    (
        r"AttributeError: 'numpy\.ndarray' object has no attribute '(plot|bar|hlines|tick_params|set_\w+)'",
        later(
            "Here stand several drawings (axes) where one is wanted. "
            "Give each a name: fig, (above, below) = plt.subplots(2, 1)."
        ),
    ),
    (
        r"AttributeError: 'tuple' object has no attribute '(plot|bar|hlines|scatter|set_\w+)'",
        later("plt.subplots() gives two things, a figure and its axes: fig, ax = plt.subplots()."),
    ),
)
