"""Equivalent and wrong answers to the graded questions, one file an assignment, and the desk on which they are tried."""
