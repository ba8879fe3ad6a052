"""Timelines, spans and the charts of the course: a table in, `Axes` out."""
