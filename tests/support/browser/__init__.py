"""What tests in a real browser share: Chromium, Firefox and WebKit, a server of static files, JupyterLab, and axe."""

from tests.support.browser.accessibility import axe
from tests.support.browser.chromium import Watch, chromium, watched_page
from tests.support.browser.engines import ENGINES, Engine, engine
from tests.support.browser.lite import wait_for_a_kernel
from tests.support.browser.served import free_port, serve

__all__ = [
    "ENGINES",
    "Engine",
    "Watch",
    "axe",
    "chromium",
    "engine",
    "free_port",
    "serve",
    "wait_for_a_kernel",
    "watched_page",
]
