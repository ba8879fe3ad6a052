"""What starts the sandbox, sends it jobs, and validates its answers. Runs in the teacher's process."""
