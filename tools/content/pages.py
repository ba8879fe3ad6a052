"""What the derived pages share: the blocks that are written anew, and whether two pictures are the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping

from PIL import Image, ImageChops

_BLOCK = re.compile(r"(<!-- (?P<name>[a-z0-9: ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str, writers: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with each block between ``<!-- name -->`` and ``<!-- end -->`` made anew by the writer of that name.

    A block that nothing writes is a `KeyError`.
    """

    def written(match: re.Match[str]) -> str:
        if match["name"] not in writers:
            raise KeyError(f"The page has a block {match['name']!r}. It can have: {', '.join(writers)}.")
        return f"{match[1]}{writers[match['name']]()}\n{match[3]}"

    return _BLOCK.sub(written, text)


def same_pixels(first: bytes, second: bytes) -> bool:
    """Say whether two files hold the same picture: another machine packs it into other bytes."""
    one, other = (Image.open(io.BytesIO(content)).convert("RGB") for content in (first, second))
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def slug(text: str) -> str:
    """Return the anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
