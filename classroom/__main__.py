"""The command line of the teacher's verbs."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pkgutil import iter_modules

from .errors import TeacherError, passing_fault

STOPPED = 130  # what a shell expects of a program that was stopped by Ctrl+C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the name of the program; the real one by default.

    Returns
    -------
    int
        0 when all was done, also if a person must look at something; 1 when the verb found something wrong with the course's
        own material, or a fault of ours kept a file from being marked; 2 when it could not begin; 3 when the machine
        failed in the middle (a full disk, no memory).
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] in (["grade"], ["report"], ["release"]) and not {"-h", "--help"} & set(words):
        print(f"{words[0]}: one moment …", file=sys.stderr, flush=True)  # what it needs takes some seconds to load
    options = _parser().parse_args(words)
    try:
        return int(options.run(options))
    except TeacherError as error:
        print(f"{options.verb}: {error}", file=sys.stderr)
        return error.exit_code
    except (OSError, MemoryError) as problem:
        fault = passing_fault(problem)
        print(f"{options.verb}: {fault}", file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print(f"\n{options.verb}: stopped. What was finished is kept; run the same command to go on.", file=sys.stderr)
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m classroom", description="The teacher's verbs.")
    commands = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for found in iter_modules(commands.__path__):
        verb = importlib.import_module(f"{commands.__name__}.{found.name}")
        command = commands.add_parser(found.name, help=verb.HELP, description=verb.__doc__)
        verb.add_arguments(command)
        command.set_defaults(run=verb.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
