"""What the tests know of the teacher's guide: the slips of beginners, lesson by lesson, run to see what Python says."""
