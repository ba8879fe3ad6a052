"""Solutions of the exercises: what is right, what is right in another way, and what students write wrongly.

They live here and not in the lessons. Each entry is code, run after ``CONTEXT`` of its lesson; the last line is the answer.
"""
