"""What students handed in: find the files, match them to the roster, align each notebook with the assignment."""
