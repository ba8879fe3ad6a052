"""One module for each command. Each has ``HELP`` (one line), ``add_arguments(parser)`` and ``run(options) -> int``."""
