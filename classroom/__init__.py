"""The teacher's commands: the student edition of an assignment, a zip for the room, grades, a report, plans, print kits.

Run ``python -m classroom --help``. Nothing here is needed by a student.
"""
