"""Marking by hand: one question over all students, rubrics, comments, second markers, and joining what two have marked."""
