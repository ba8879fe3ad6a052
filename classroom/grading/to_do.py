"""What a student can do about lost points, without a hint of hidden tables.

Why they were lost says the sentence before it on the page.
"""

from __future__ import annotations

_BY_REASON = {
    "unanswered": "Try it now. A part of an answer is a good beginning.",
    "form": "Change your answer and run the check again, until it has nothing to say.",
    "differs": "Read the task again, and compare: which rows, which columns, which order does it ask for?",
    "differs on other tables": "Look in your cell for what fits these tables only, and let the cell work it out instead.",
    "stopped": "Change the cell, then choose Restart Kernel and Run All Cells. It must end without a message.",
    "stopped on other tables": "Look for the line that could stop so, and write it so that other rows fit it too.",
}
_NOTHING = (
    "There is nothing under this name. Look for the last line that sets it. What it calls, for example show or print, may "
    "give nothing back; or a return is missing in your function."
)
# By words of the sentence before it (`difference`, `unset_names`, a visible check), the first that fits.
_BY_WORDS = {
    "form": {
        "nothing (None)": _NOTHING,
        "NoneType": f"NoneType is Python's word for nothing. {_NOTHING}",  # of a check that names the type
        "a mask": "A mask says which rows you want. Put it in square brackets behind the table, for example table[mask].",
        "round brackets are missing": "Write round brackets behind the name of the function, so that it is called.",
        "not counted yet": "Your table is divided into groups. Say behind it what to do with each, for example .size().",
    },
    "differs": {
        "Your function": "Call it yourself, with other values than those in the task, and look at what each gives. Does it "
        "use the names in its brackets, and no fixed value in their place?",
        "drawn": "Compare your figure with the task: which rows, which column, which kind of chart, which words?",
        "order is not the one": "Look in the task for the order that it asks for, and sort as the last step.",
        "goes down should go across": "Exchange the two in your code: what stands first goes down.",
        "Only the sign": "Look at the last step, and subtract the other way round.",
        "times one number": "The task says whether to count, or to take shares. Look at your last step: does it do this?",
        "a share": "The task says whether a share or a percentage is asked for. Look at your last step, the division.",
        "It is close": "Round only at the end. If it is a mean, look in the task for what each value counts.",
        "too large.": "Look which rows go into the number, and what is added up or divided by what.",
        "too small.": "Look which rows go into the number, and what is added up or divided by what.",
        "column": "Compare the names of your columns with those in the task.",
        "labels are right": "The names on the left of your result are right, so look at how each value is worked out.",
        "label": "Labels are the names on the left of your result. Compare your conditions with the task: what is counted?",
        "row": "Compare each condition in your code with the task: is one missing, is one too much, is one turned round?",
    },
    "differs on other tables": {
        "order is not the one": "Look in the task for the order that it asks for, and sort as the last step: your tables "
        "may be in this order by chance.",
    },
    "stopped": {
        "do not set": "Begin a line of the answer cell with this name and =, and write your result after it. Then choose "
        "Restart Kernel and Run All Cells: it must end without a message.",
    },
}


def what_to_do(reason: str, sentence: str) -> str:
    """Return what a student can do about a `points.Reason`; empty where there is nothing to do, as while a person marks."""
    by_words = _BY_WORDS.get(reason, {})
    return next((told for words, told in by_words.items() if words in sentence), _BY_REASON.get(reason, ""))
