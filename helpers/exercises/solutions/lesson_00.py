"""Lesson 00: second hints and solutions."""

from ...language import later
from .form import one

SOLUTIONS = {
    "00.1": one(
        later(
            "The cell above took one year from another. `published` is the year of the article. Which year is "
            "taken from it here?"
        ),
        "years = published - 1973",
        later("Read it from right to left: take 1973 from the value of `published`, and call the result `years`."),
    ),
    "00.2": one(
        later(
            "Ask of each: can it be true or false? Is it a paper in which one can look? Or does it say what "
            "somebody should do?"
        ),
        'kinds = ["claim", "source", "opinion"]',
        later(
            "A list of three strings, in the order of the question. Each stands between straight quotation "
            "marks; commas part them."
        ),
    ),
    "00.3": one(
        later(
            "Copy the cell above it. Change the name before the `=`, the dates and the titles. Both lists must "
            "be equally long."
        ),
        "family = pd.DataFrame({\n"
        '    "date": ["1999-05-17", "2004~"],\n'
        '    "title": ["I am born", "We move to Lahore"],\n'
        "})",
        later(
            "Two columns, each with a list of two entries. The first date goes with the first title. `2004~` "
            "means about 2004."
        ),
    ),
    "00.4": one(
        later(
            "Look along the column `date` of the twelve rows for one that has the sign ~ twice. Then find its "
            "`event_id` in the list "
            "`chosen`."
        ),
        'about = "asad-middle-east-division"',
        later(
            "The date is `1949~/1951~`: about 1949 until about 1951. An id is a text, so it stands between quotation marks."
        ),
    ),
}
