"""Lesson 01: second hints and solutions."""

from ...language import later
from .form import one, two

SOLUTIONS = {
    "01.1": one(
        later(
            "Two steps, from left to right: `founding`, then the column in square brackets, then a dot and "
            "`head` with the number "
            "in round brackets."
        ),
        'first_titles = founding["title"].head(4)',
        later("From `founding` take the column `title`; of that take the first four. Square brackets pick, round ones do."),
    ),
    "01.2": one(
        later(
            "First sort the whole table with `sort_values`, and name the column in its round brackets. Then a "
            "dot, and the first "
            "three rows."
        ),
        'by_title = founding.sort_values("title").head(3)',
        later(
            "Sort all rows by title, then keep three. The other order (three rows, then sort) would sort the "
            "three oldest events."
        ),
    ),
    "01.3": one(
        later(
            "The column `kind` of the table above says it of each source. Find the row, and copy its `source_id` "
            "between quotation "
            "marks."
        ),
        'primary = agreement[agreement["kind"] == "primary"]["source_id"].iloc[0]',
        later(
            "Keep the row whose kind is primary, take its `source_id`, and of that the first. To copy the id by "
            "hand is right, too."
        ),
    ),
    "01.4": one(
        later(
            "Three steps after `founding.assign(width=width)`: sort by `width` with `ascending=False`, pick one "
            "column, keep three."
        ),
        'widest = founding.assign(width=width).sort_values("width", ascending=False)["title"].head(3)',
        later(
            "Add the column `width`, sort with the widest first, take the titles, keep three. Each dot goes on "
            "with the result before."
        ),
    ),
    "01.5": two(
        later(
            "Choose one of the claims 1a to 1f. Write its id, and one thing in the article's favour. A text "
            "stands between quotation "
            "marks."
        ),
        (
            'defence = "Claim 1d holds: he was a convert, a scholar, and he knew the region well."',
            later("This defends the portrait: what the author says of the man is carried by the sources."),
        ),
        (
            'defence = "Claim 1c is loose about the dates, but in a short column nobody can date a desk."',
            later(
                "This one admits a weak place and defends the form: a column has no room for dates. Which defence "
                "would he prefer?"
            ),
        ),
    ),
}
