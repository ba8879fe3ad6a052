"""Firefox and WebKit, as Debian has them, driven by the standard commands of WebDriver.

Playwright drives builds of its own of these two, which no reader has. Both programs take the same commands: Firefox over a
socket (its protocol is called Marionette), WebKit by a small server (``WebKitWebDriver``). Two sockets need no package.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.support.browser.served import free_port
from tests.support.environment import needs_program

ENGINES = ("firefox", "webkit")
PATIENCE = 90.0  # seconds that a step may take on a busy machine
STARTS = 40.0
# For profiles that last for one test: no first page, no updates, no reports, a quick end.
_PREFERENCES = {
    "marionette.port": 0,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.tabs.warnOnClose": False,
    "app.update.disabledForTesting": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
}
_KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Control": "\ue009", "Space": " ", "ArrowRight": "\ue014"}
_BROWSER = "usr/lib/*/webkit2gtk-*/MiniBrowser"

T = TypeVar("T")
Send = Callable[[str, str, dict[str, Any]], Any]


class Engine:
    """An open window of a browser.

    Parameters
    ----------
    name : str
        One of `ENGINES`.
    send : callable
        Sends a command: its name in Marionette, its method and path in WebDriver, and its parameters.
    """

    def __init__(self, name: str, send: Send) -> None:
        self.name, self._send = name, send

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""
        self._send("Navigate", "POST url", {"url": address})

    def resize(self, width: int, height: int) -> None:
        """Give the page (not its window) this size, as far as the engine lets a window be so small."""
        for _ in range(2):  # the frame of the window is known when it stands
            more = self.run("return [outerWidth - innerWidth, outerHeight - innerHeight]")
            size = {"width": width + max(0, more[0]), "height": height + max(0, more[1])}
            self._send("SetWindowRect", "POST window/rect", size)

    def run(self, script: str, *values: object) -> Any:
        """Run JavaScript in the page and return what it returns; ``arguments`` are the values."""
        return self._send("ExecuteScript", "POST execute/sync", {"script": script, "args": list(values)})

    def until(self, script: str, *values: object, patience: float = PATIENCE) -> Any:
        """Run JavaScript again and again until it returns something true, and return that.

        Raises
        ------
        AssertionError
            If it does not within `patience` seconds; the message holds the script and what the page shows.
        """
        end = time.monotonic() + patience
        while not (found := self.run(script, *values)):
            if time.monotonic() > end:
                seen = self.run("return document.body.innerText.slice(0, 900)")
                raise AssertionError(f"{self.name}: not within {patience:.0f} s: {script}\nThe page shows: {seen}")
            time.sleep(0.1)
        return found

    def click(self, find: str, *values: object) -> None:
        """Scroll to what a selector or an expression of JavaScript finds, and click on it once it stands still."""
        found = find if find.startswith("[") or "(" in find else f"document.querySelector({find!r})"
        place = f"""const one = {found};
            if (!one) return null;
            const box = one.getBoundingClientRect();
            const [x, y] = [Math.round(box.left + Math.min(box.width / 2, 60)), Math.round(box.top + box.height / 2)];
            if (!one.contains(document.elementFromPoint(x, y))) {{
              one.scrollIntoView({{block: 'center', behavior: 'instant'}});
              return null;
            }}
            const still = window.place === `${{x}} ${{y}}`;
            window.place = `${{x}} ${{y}}`;
            return still && [x, y];"""
        x, y = self.until(place, *values)
        move = {"type": "pointerMove", "duration": 0, "x": x, "y": y, "origin": "viewport"}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move, *press]}
        self._send("PerformActions", "POST actions", {"actions": [mouse]})

    def press(self, *keys: str) -> None:
        """Press keys together: ``press("Control", "a")``; a text of several letters is typed."""
        down = [{"type": "keyDown", "value": _KEYS.get(key, key)} for key in keys]
        up = [{"type": "keyUp", "value": key["value"]} for key in reversed(down)]
        self._send("PerformActions", "POST actions", {"actions": [{"type": "key", "id": "keys", "actions": [*down, *up]}]})

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        letters = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self._send("PerformActions", "POST actions", {"actions": [{"type": "key", "id": "keys", "actions": letters}]})

    def picture(self) -> bytes:
        """Return what the window shows, as a PNG."""
        found = self._send("TakeScreenshot", "GET screenshot", {"full": False})
        return base64.b64decode(found)


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Start a browser. Where it is absent the test is skipped with a reason; in CI it fails.

    Parameters
    ----------
    name : str
        One of `ENGINES`.

    Yields
    ------
    Engine
    """
    with {"firefox": _firefox, "webkit": _webkit}[name]() as running:
        yield running


@contextmanager
def _firefox() -> Iterator[Engine]:
    needs_program("firefox-esr")
    with ExitStack() as stack:
        profile = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)))
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items()]
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        stack.enter_context(_running(command, HOME=str(profile)))
        port = _awaited(lambda: int((profile / "MarionetteActivePort").read_text()))
        stream = stack.enter_context(_awaited(lambda: socket.create_connection(("127.0.0.1", port), PATIENCE)))
        marionette = _Marionette(stream)
        marionette.send("NewSession", "", {})
        yield Engine("firefox", marionette.send)


class _Marionette:
    """Messages over a socket: the length of each, a colon, and JSON."""

    def __init__(self, stream: socket.socket) -> None:
        self.stream, self.file, self.count = stream, stream.makefile("rb"), 0
        self.receive()  # who it is

    def receive(self) -> Any:
        length = b""
        while (sign := self.file.read(1)) != b":":
            if not sign:
                raise AssertionError("Firefox has ended.")
            length += sign
        return json.loads(self.file.read(int(length)))

    def send(self, command: str, _: str, values: dict[str, Any]) -> Any:
        self.count += 1
        message = json.dumps([0, self.count, f"WebDriver:{command}", values]).encode()
        self.stream.sendall(b"%d:%b" % (len(message), message))
        _, _, problem, result = self.receive()
        if problem:
            raise AssertionError(f"firefox, {command}: {problem['message']}")
        return result.get("value", result) if isinstance(result, dict) else result


@contextmanager
def _webkit() -> Iterator[Engine]:
    for program in ("WebKitWebDriver", "Xvfb"):
        needs_program(program)
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="webkit-", ignore_cleanup_errors=True))
        session = _session(stack, home)
        stack.callback(_ask, session, "DELETE", None)

        def send(_: str, command: str, values: dict[str, Any]) -> Any:
            method, path = command.split()
            return _ask(f"{session}/{path}", method, values if method == "POST" else None)

        yield Engine("webkit", send)


def _session(stack: ExitStack, home: str) -> str:
    """Start a screen, the driver and its browser, and return the address of the session."""
    reader, writer = os.pipe()
    screen = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    stack.enter_context(_running(screen, pass_fds=(writer,)))
    os.close(writer)
    with os.fdopen(reader) as told:
        display = told.readline().strip()  # it writes the number when it is up, and dies if nobody reads the end of the line
    names = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR")
    folders: dict[str, Any] = dict.fromkeys(names, home)
    no_bus: dict[str, Any] = {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "NO_AT_BRIDGE": "1"}  # nobody answers there in a test
    port = free_port()
    stack.enter_context(_running(["WebKitWebDriver", f"--port={port}"], DISPLAY=f":{display}", **folders, **no_bus))
    server = f"http://127.0.0.1:{port}/session"
    browser = str(next(Path("/").glob(_BROWSER)))
    wanted = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
    begun = _awaited(lambda: _ask(server, "POST", {"capabilities": {"alwaysMatch": wanted}}, STARTS))
    return f"{server}/{begun['sessionId']}"


def _ask(address: str, method: str, values: dict[str, Any] | None, patience: float = PATIENCE) -> Any:
    body = None if values is None else json.dumps(values).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:
            return json.loads(answer.read())["value"]
    except urllib.error.HTTPError as problem:
        raise AssertionError(f"webkit, {address.rpartition('/')[2]}: {problem.read().decode()[:500]}") from None


@contextmanager
def _running(command: list[str], pass_fds: tuple[int, ...] = (), **more: str) -> Iterator[None]:
    """Run a program with some variables set; end it, and all that it has started, at the end."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")} | more
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [shutil.which(command[0]) or command[0], *command[1:]],
        env=environment, stdout=quiet, stderr=quiet, pass_fds=pass_fds, start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        try:
            os.killpg(process.pid, 15)
            process.wait(timeout=10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
        process.wait()


def _awaited(get: Callable[[], T]) -> T:
    """Return what a program gives when it is up."""
    end = time.monotonic() + STARTS
    while True:
        try:
            return get()
        except (OSError, ValueError) as problem:
            if isinstance(problem, TimeoutError) or time.monotonic() > end:
                raise
            time.sleep(0.1)
