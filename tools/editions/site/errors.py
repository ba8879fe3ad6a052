"""One kind of error for whoever builds the site: what is wrong, and what to do."""

from __future__ import annotations


class SiteError(Exception):
    """The site cannot be built; the message says why and what to do."""
