"""The second hint of each exercise, and one good solution with its reading: their one home.

One file a lesson, with a dictionary ``SOLUTIONS``. The tests run each solution in its lesson. Where a judgement is asked
for, there are two good answers that disagree. A teacher may leave this folder out (`make bundle ARGS="--no-solutions"`).
"""
