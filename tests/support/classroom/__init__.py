"""What tests of the classroom share: a small assignment, and made-up students. No name or work of a real person."""
