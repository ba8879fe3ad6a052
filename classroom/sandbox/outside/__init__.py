"""The trusted side: starts the sandbox, sends it jobs, and validates what it answers."""
