"""``make translate TO=ur``: lessons and pages in another language, from the English and a folder of ``.po`` files.

`units` cuts Markdown into what is translated by itself, `sources` says which texts there are, `catalogue` keeps the ``.po``
files in step with them, `build` writes the lessons, the pages, the side tables and the messages.
"""
