"""The command line of the teacher's commands."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pkgutil import iter_modules

from . import commands
from .errors import TeacherError, passing_fault

STOPPED = 130  # what a shell expects of a program that was stopped by Ctrl+C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the name of the program; the real one by default.

    Returns
    -------
    int
        0 when all was done, also if a person must look at some files; 1 when some work has the status "not marked", or
        `plan` found a fault in the course; 2 when it could not begin; 3 when the machine failed in the middle (a full
        disk, no memory); 130 when it was stopped by Ctrl+C.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] in (["grade"], ["mark"], ["report"], ["release"]) and not {"-h", "--help"} & set(words):
        print(f"{words[0]}: one moment …", file=sys.stderr, flush=True)  # what it needs takes some seconds to load
    options = _parser(words[0] if words else "").parse_args(words)
    try:
        return int(options.run(options))
    except TeacherError as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return error.exit_code
    except (OSError, MemoryError) as problem:
        fault = passing_fault(problem)
        print(f"{options.command}: {fault}", file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print(f"\n{options.command}: stopped. What was finished is kept; run the same command to go on.", file=sys.stderr)
        return STOPPED


def _parser(wanted: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m classroom", description="The teacher's commands.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    names = [found.name for found in iter_modules(commands.__path__)]
    for name in [wanted] if wanted in names else names:  # one command starts without the libraries of the others
        try:
            module = importlib.import_module(f"{commands.__name__}.{name}")
        except ModuleNotFoundError as missing:
            subparsers.add_parser(name, help=f"(needs the package {missing.name}, which is not installed here)")
            continue
        subparser = subparsers.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
