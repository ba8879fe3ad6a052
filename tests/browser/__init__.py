"""What tests in a real browser share: Chromium, a server of static files, JupyterLab, and axe."""

from .accessibility import axe
from .chromium import Watch, chromium, watched_page
from .lite import wait_for_a_kernel
from .served import free_port, serve

__all__ = ["Watch", "axe", "chromium", "free_port", "serve", "wait_for_a_kernel", "watched_page"]
