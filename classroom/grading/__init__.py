"""Points, feedback and the gradebook: from the answers of the sandbox to what a teacher and a student read."""
