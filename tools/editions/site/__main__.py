"""``python -m tools.editions.site``: build the edition that runs in a browser with no server, in ``build/site``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.editions.site import assemble
from tools.editions.site.errors import SiteError

BUILD = Path("build")


def main(arguments: list[str] | None = None) -> int:
    """Build the site and say how to look at it."""
    parser = argparse.ArgumentParser(prog="site", description="Build the edition that runs in a browser with no server.")
    parser.add_argument("--to", metavar="DIR", type=Path, default=BUILD / "site", help="where (default: build/site)")
    parser.add_argument(
        "--offline-wheels",
        metavar="DIR",
        type=Path,
        help="a folder with the five packages that Pyodide publishes on its content network; the site then carries them "
        "and asks no other machine for anything",
    )
    options = parser.parse_args(arguments)
    wheels = options.offline_wheels.resolve() if options.offline_wheels else None
    try:
        built = assemble.build(options.to.resolve(), (BUILD / "cache" / "site").resolve(), wheels)
    except SiteError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"The site is in {options.to}: {built.size / 1e6:.0f} MB. Put the folder on any web server that speaks https.")
    if built.outside:
        print(f"A page fetches {len(built.outside)} packages elsewhere:\n  " + "\n  ".join(built.outside))
    print(f"To look at it here: {Path(sys.executable).name} -m http.server --directory {options.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
