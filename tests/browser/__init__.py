"""What tests in a real browser share: Chromium, a server of static files, JupyterLab, and axe."""

from .accessibility import axe
from .chromium import Watch, chromium, watched_page
from .served import free_port, serve

__all__ = ["Watch", "axe", "chromium", "free_port", "serve", "watched_page"]
