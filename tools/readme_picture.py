"""The picture of the README: every event up to the article, drawn from the tables; its alternative text too."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
from PIL import Image, ImageChops

from helpers import load, plot_timeline
from helpers.description import alt_text
from helpers.page import png
from tools.files import write_if_changed

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "notebooks" / "images" / "timeline.png"
ARTICLE_DAY = "2021-03-13"
_IN_README = re.compile(r"!\[[^\]]*\]\(notebooks/images/timeline\.png\)")


def main() -> int:
    """Draw the picture and put its alternative text into the README.

    Returns
    -------
    int
        0.
    """
    content, words = drawn()
    changed = not _same_pixels(content) and write_if_changed(PICTURE, content)
    readme = ROOT / "README.md"
    text = _IN_README.sub(f"![{words}](notebooks/images/timeline.png)", readme.read_text(encoding="utf-8"))
    changed |= write_if_changed(readme, text.encode())
    print(f"README picture: {'refreshed' if changed else 'up to date'}")
    return 0


def drawn() -> tuple[bytes, str]:
    """Draw the timeline of all events up to the article.

    Returns
    -------
    tuple of (bytes, str)
        The PNG and its alternative text.
    """
    events = load("events")
    axes = plot_timeline(
        events[events["earliest"] <= ARTICLE_DAY], title="Pakistan and Iraq, 1947–2021: our selection of events"
    )
    figure = axes.get_figure(root=True)
    assert figure is not None
    content, words = png(figure), alt_text(figure)
    plt.close(figure)
    return content, words.replace("[", "(").replace("]", ")")


def _same_pixels(content: bytes) -> bool:
    """Another machine packs the same picture into other bytes; then the stored file stays."""
    if not PICTURE.exists():
        return False
    new, old = Image.open(io.BytesIO(content)).convert("RGB"), Image.open(PICTURE).convert("RGB")
    return new.size == old.size and ImageChops.difference(new, old).getbbox() is None


if __name__ == "__main__":
    sys.exit(main())
