"""The beginning of a course on another article."""
