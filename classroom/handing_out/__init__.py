"""What students are given: the student edition of an assignment, and one zip for the room."""
