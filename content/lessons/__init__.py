"""What the tests know of each lesson: solutions of its exercises, faults that it must notice, what it teaches.

``SOLUTIONS``: what is right in another way than the solution that students see (``helpers/exercises/solutions/``), and what
students write wrongly. Each is code, run after ``CONTEXT``; the last line is the answer. ``FAULTS``: a table, what stands in
it, and what a slip of the hand would make of it. ``TAUGHT``: the functions, methods and forms of Python that the lesson
introduces; ``PREVIEWED``: those that it uses before the lesson, named here, that explains them.
"""
