"""The tools of this course lie further up. Made by `make translate`."""

import sys
from pathlib import Path

_here = Path(__file__).resolve()
sys.path.insert(0, str(next(folder for folder in _here.parents if (folder / "helpers" / "language.py").is_file())))
del sys.modules["helpers"]
__import__("helpers")
