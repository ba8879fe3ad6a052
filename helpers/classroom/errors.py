"""What a verb says when it cannot go on."""


class TeacherError(Exception):
    """Something that the teacher can put right: the message says what was given, what is allowed, what to do."""
