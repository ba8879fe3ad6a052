"""One module for each verb. Each has ``HELP`` (one line), ``add_arguments(parser)`` and ``run(options) -> int``."""
