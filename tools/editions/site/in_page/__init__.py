"""What runs in the student's browser."""
