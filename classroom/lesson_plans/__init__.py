"""The minutes of the lessons and the tables of the teacher's guide."""
