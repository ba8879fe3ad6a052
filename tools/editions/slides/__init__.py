"""``make slides``: a deck for each lesson, shown by reveal.js, with what is too long to project in the speaker's notes."""
