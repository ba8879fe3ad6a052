"""Where the labels of a timeline go: pure geometry, without matplotlib and without pandas.

A timeline has two sides, above and below its ribbon of years. Each is laid out alike: ``x`` runs from left to right, ``y``
runs *outwards* from the ribbon, both in points (1/72 inch). Whoever draws turns the side below upside down. The same input
gives the same output.

1. `geometry.stack`: glyphs that would hide one another get different levels.
2. `leaders.ports`: a leader that would run through another glyph leaves its own sideways first.
3. Labels are put near their glyphs as `flags` while they fit, else in order-preserving `columns`. Both are boundary
   labelling: M. A. Bekos, M. Kaufmann, A. Symvonis and A. Wolff, "Boundary labeling: Models and efficient algorithms for
   rectangular maps", Computational Geometry 36 (2007) 215-236: leaders that keep the order of their sites never cross.

If the labels can't fit, none is dropped: `Layout.fits` is False and `Layout.height` says how much height they would need.
What to do then (wrap, enlarge, number) is the caller's decision.
"""
