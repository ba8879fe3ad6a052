"""The source of an assignment, and its hidden tables."""
