"""The teacher's verbs: make the student edition of an assignment, a zip for the room, marks, a report, plans, printables.

Run ``python -m classroom --help``. Nothing here is needed by a student.
"""
