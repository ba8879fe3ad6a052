"""A hub that runs, and students who use it as a browser does: log in, get the course, run cells, fetch and submit."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
import websocket

PATIENCE = 900.0  # seconds; a class that starts at once on a small machine takes minutes


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now."""
    opened = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in opened]
    finally:
        for one in opened:
            one.close()


@contextmanager
def running(folder: Path, log: Path) -> Iterator[str]:
    """Run the hub of a folder on free ports, and yield its address. All that it started ends with it."""
    port, api, inside = free_ports(3)
    call = [
        *(str(Path(sys.prefix) / "bin" / "jupyterhub"), "-f", str(folder / "jupyterhub_config.py")),
        *(f"--JupyterHub.bind_url=http://127.0.0.1:{port}", f"--JupyterHub.hub_port={inside}"),
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api}",
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    with log.open("wb") as said:
        hub = subprocess.Popen(call, cwd=folder / "private", env=clean, stdout=said, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(lambda: requests.get(f"{address}/hub/health", timeout=5).ok, hub, log)
        yield address
    finally:
        hub.send_signal(signal.SIGTERM)  # the hub stops the students' servers and the proxy
        try:
            hub.wait(60)
        except subprocess.TimeoutExpired:
            hub.kill()


def _await(is_there: Any, hub: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if hub.poll() is not None:
            break
        try:
            if is_there():
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise AssertionError(f"The hub did not answer:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@dataclass
class Ran:
    """What came of running one cell."""

    status: str
    pictures: int = 0
    error: str = ""
    text: str = ""


@dataclass
class Student:
    """One who sits at a browser.

    Attributes
    ----------
    address : str
        Of the hub.
    name, password : str
        What is typed into the form.
    """

    address: str
    name: str
    password: str
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def server(self) -> str:
        """The address of this student's own server."""
        return f"{self.address}/user/{self.name}"

    def log_in(self) -> None:
        """Fill in the form of the first page, and let the hub start the server."""
        self.session.get(f"{self.address}/hub/login", timeout=PATIENCE)
        form = {"username": self.name, "password": self.password, "_xsrf": self._cookie("/hub/")}
        answer = self.session.post(f"{self.address}/hub/login", data=form, timeout=PATIENCE)
        if "/hub/login" in answer.url or answer.status_code >= 400:
            raise PermissionError(f"{self.name} was not let in: {answer.status_code} at {answer.url}")
        made = self.session.post(
            f"{self.address}/hub/api/users/{self.name}/tokens",
            headers={"X-XSRFToken": self._cookie("/hub/"), "Referer": f"{self.address}/hub/token"},
            json={},
            timeout=PATIENCE,
        )
        made.raise_for_status()
        self.session.headers["Authorization"] = f"token {made.json()['token']}"

    def start(self) -> None:
        """Ask for the server, and wait until it answers."""
        asked = self.session.post(f"{self.address}/hub/api/users/{self.name}/server", timeout=PATIENCE)
        if asked.status_code not in (201, 202, 400):  # 400: it runs, or is about to, since the student logged in
            asked.raise_for_status()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.session.get(f"{self.server}/api/status", timeout=PATIENCE).status_code == 200:
                return
            me = self.session.get(f"{self.address}/hub/api/users/{self.name}", timeout=PATIENCE).json()
            if not me.get("pending") and not me.get("servers"):
                raise AssertionError(f"The server of {self.name} ended before it answered; the hub's log says why.")
            time.sleep(0.5)
        raise TimeoutError(f"The server of {self.name} did not start.")

    def pull(self, link: str) -> None:
        """Follow the link that hands out the course, as nbgitpuller's page does."""
        asked = {name.lower(): values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        wanted = {name: asked[name] for name in ("repo", "branch", "targetpath")}
        with closing(self._get("git-pull/api", params=wanted, stream=True)) as answer:
            said = [json.loads(line[6:]) for line in answer.iter_lines() if line.startswith(b"data: ")]
        if not said or said[-1]["phase"] != "finished":
            raise AssertionError(f"{self.name} did not get the course: {said[-3:]}")

    def read(self, path: str) -> dict[str, Any]:
        """Return a notebook in the student's home."""
        content: dict[str, Any] = self._get(f"api/contents/{path}").json()["content"]
        return content

    def write(self, path: str, notebook: dict[str, Any]) -> None:
        """Save a notebook, as JupyterLab does."""
        self.session.put(
            f"{self.server}/api/contents/{path}", json={"type": "notebook", "content": notebook}, timeout=PATIENCE
        ).raise_for_status()

    def assignment(self, action: str, course: str, name: str) -> None:
        """``fetch`` or ``submit`` an assignment by nbgrader's list."""
        asked = {"course_id": course, "assignment_id": name}
        answer = self.session.post(f"{self.server}/assignments/{action}", json=asked, timeout=PATIENCE)
        answer.raise_for_status()
        if answer.json().get("success") is not True:
            raise AssertionError(f"{self.name} could not {action} {name}: {answer.text[-1500:]}")

    def run(self, path: str, sources: Sequence[str]) -> Iterator[Ran]:
        """Open a notebook's kernel and run cells in it, one after the other; the kernel stays, as in an open tab."""
        asked: Any = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        made = self.session.post(f"{self.server}/api/sessions", json=asked, timeout=PATIENCE)
        if made.status_code != 201:
            raise ConnectionError(f"No kernel started for {self.name}: {made.status_code} {made.text[:500]}")
        address = f"{self.server.replace('http', 'ws', 1)}/api/kernels/{made.json()['kernel']['id']}/channels"
        header = [f"Authorization: {self.session.headers['Authorization']}"]
        with closing(websocket.create_connection(address, header=header, timeout=PATIENCE)) as channel:
            for source in sources:
                yield _run(channel, source)

    def terminal(self, command: str) -> str:
        """Type a command into a new terminal, and return what it says."""
        made = self.session.post(f"{self.server}/api/terminals", timeout=PATIENCE)
        made.raise_for_status()
        address = f"{self.server.replace('http', 'ws', 1)}/terminals/websocket/{made.json()['name']}"
        header, said = [f"Authorization: {self.session.headers['Authorization']}"], ""
        with closing(websocket.create_connection(address, header=header, timeout=60)) as channel:
            channel.send(json.dumps(["stdin", f'{command}; echo "the ""end"\r']))
            while "the end" not in said:
                kind, text = json.loads(channel.recv())[:2]
                said += text if kind == "stdout" else ""
        return said

    def _get(self, path: str, **options: Any) -> requests.Response:
        answer = self.session.get(f"{self.server}/{path}", timeout=PATIENCE, **options)
        answer.raise_for_status()
        return answer

    def _cookie(self, path: str) -> str:
        return next((str(one.value) for one in self.session.cookies if one.name == "_xsrf" and one.path == path), "")


def _run(channel: websocket.WebSocket, source: str) -> Ran:
    number = uuid.uuid4().hex
    header = {
        "msg_id": number,
        "msg_type": "execute_request",
        "username": "",
        "session": number,
        "date": "",
        "version": "5.3",
    }
    content = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    channel.send(json.dumps(message))
    ran, idle = Ran(""), False
    while not (ran.status and idle):
        opcode, frame = channel.recv_data()
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            raise ConnectionError(f"The kernel's connection was closed: {frame!r}")
        said = json.loads(frame)
        if said.get("parent_header", {}).get("msg_id") != number:
            continue
        kind, body = said["msg_type"], said["content"]
        if kind == "execute_reply":
            ran.status, ran.error = body["status"], body.get("ename", "")
        elif kind == "status":
            idle = idle or body["execution_state"] == "idle"
        elif kind in ("display_data", "execute_result"):
            ran.pictures += "image/png" in body["data"]
        elif kind == "stream":
            ran.text += re.sub(r"\x1b\[[0-9;]*m", "", body["text"])
    return ran
