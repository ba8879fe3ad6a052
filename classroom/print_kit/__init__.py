"""A lesson without computers, as PDF."""
