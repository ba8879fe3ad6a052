"""The folder that a build writes to: the old one stays whole until the new one is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced(folder: Path, mark: str) -> Iterator[Path]:
    """Build into a new folder beside an old one, and put it into the old one's place when all went well.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    mark : str
        A file that every build writes. It tells an earlier build, which may be removed, from somebody's own folder.

    Yields
    ------
    pathlib.Path
        The new folder, to be filled.

    Raises
    ------
    FileExistsError
        If the folder holds files, but not the mark.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / mark).exists():
        raise FileExistsError(
            f"{folder} holds files that no build wrote. Choose an empty folder, or one that is not there yet."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        new.chmod(0o755)
        yield new
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
