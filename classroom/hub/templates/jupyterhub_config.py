"""JupyterHub for this class. `make hub` may write this file anew; what you decide stands in hub.toml beside it."""

import asyncio
import ipaddress
import os
import pwd
import shutil
import sys
import tomllib
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner
from jupyterhub.utils import can_connect

c = get_config()  # noqa: F821 (JupyterHub puts it here)
HERE = Path(__file__).resolve().parent
OWN = tomllib.loads((HERE / "hub.toml").read_text(encoding="utf-8"))
PRIVATE = HERE / "private"  # for the hub alone: who is logged in, and what keeps that secret
BIN = Path(sys.prefix) / "bin"
PROXY = (
    Path(sys.prefix) / "npm" / "hub-proxy" / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
)
TRYING = OWN["accounts"] == "try"
SYSTEMD = not TRYING and Path("/run/systemd/system").is_dir()
A_STUDENT_MB, THE_REST_MB = 260, 1500  # a server with one lesson open; the system, the hub and the proxy


def is_loopback(host):
    """Say whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


# Where it listens. A password must never cross a network that others can read.
host = OWN["listen"].rpartition(":")[0]
tls = bool(OWN["certificate"] and OWN["key"])
if not is_loopback(host) and TRYING:
    sys.exit(
        f'hub.toml: listen = "{OWN["listen"]}" opens the hub to others, and accounts = "try" has no walls between users.'
    )
if not is_loopback(host) and not (tls or OWN["proxy_in_front"]):
    sys.exit(
        f'hub.toml: listen = "{OWN["listen"]}" opens the hub to others. Give certificate and key, or proxy_in_front = true.'
    )
c.JupyterHub.bind_url = f"{'https' if tls else 'http'}://{OWN['listen']}"
if tls:
    c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = OWN["certificate"], OWN["key"]
c.ConfigurableHTTPProxy.command = ["node", str(PROXY)]
c.ConfigurableHTTPProxy.pid_file = str(PRIVATE / "proxy.pid")
c.JupyterHub.cookie_secret_file = str(PRIVATE / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{PRIVATE / 'hub.sqlite'}"

# Who may log in: always with a password.
if TRYING:
    c.JupyterHub.authenticator_class = "shared-password"
    c.SharedPasswordAuthenticator.user_password = (PRIVATE / "password.txt").read_text(encoding="utf-8").strip()
    c.SharedPasswordAuthenticator.allow_all = True
else:
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.allowed_groups = {OWN["group"]}
    c.PAMAuthenticator.allowed_users = c.PAMAuthenticator.admin_users = {OWN["teacher"]}
    c.PAMAuthenticator.allow_existing_users = False  # else whoever has left the group is let in as before

# Thirty students who come at the same minute start in turn: each server takes about three seconds of a processor, and all
# at once none would be ready before the last. The others see a page that waits for them.
turns = asyncio.Semaphore(OWN["starts_at_once"] or 2 * (os.cpu_count() or 1))


def in_turn(kind):
    """Return a spawner that starts a server only when it is its turn, and keeps the turn until the server answers."""

    class InTurn(kind):
        async def start(self):
            async with turns:
                where = await super().start()
                while await self.poll() is None and not can_connect("127.0.0.1", self.port):
                    await asyncio.sleep(0.2)
                return where

    return InTurn


def run_folder(spawner):
    """Return where a student's server keeps its sockets: in the home, by a short path."""
    home = HERE / "homes" / spawner.user.name if TRYING else Path(pwd.getpwnam(spawner.user.name).pw_dir)
    return str(home / ".run")


def private_home(spawner):
    """Start servers of people only, each with a home that nobody else can read."""
    account = pwd.getpwnam(spawner.user.name)
    if account.pw_uid < 1000:
        raise PermissionError(f"{account.pw_name} is an account of the system, not of a person.")
    os.chmod(account.pw_dir, 0o700)


c.Spawner.cmd = [sys.executable, "-P", str(HERE / "student_server.py")]
c.Spawner.mem_limit = OWN["memory_mb"] * 2**20
if SYSTEMD:
    from systemdspawner import SystemdSpawner

    c.JupyterHub.spawner_class = in_turn(SystemdSpawner)
    c.SystemdSpawner.username_template = "{USERNAME}"
    c.SystemdSpawner.isolate_tmp = True
    c.SystemdSpawner.unit_extra_properties = {"UMask": "0077"}
else:
    c.JupyterHub.spawner_class = in_turn(SimpleLocalProcessSpawner if TRYING else LocalProcessSpawner)
    if TRYING and os.geteuid() == 0:  # in a container; Jupyter else refuses to run as root
        c.Spawner.args = ["--allow-root"]
    c.SimpleLocalProcessSpawner.home_dir_template = str(HERE / "homes" / "{username}")
    if shutil.which("prlimit"):  # without systemd nothing else holds a process to its memory
        c.Spawner.cmd = [shutil.which("prlimit"), f"--data={OWN['memory_mb'] * 2**20}", *c.Spawner.cmd]
if not TRYING:
    c.Spawner.pre_spawn_hook = private_home
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 900  # includes the wait for one's turn
c.Spawner.http_timeout = 180
c.Spawner.environment = {
    "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
    "JUPYTER_CONFIG_PATH": str(HERE / "jupyter"),
    "JUPYTER_PREFER_ENV_PATH": "1",
    "JUPYTER_RUNTIME_DIR": run_folder,
    "GIT_CONFIG_SYSTEM": str(HERE / "gitconfig"),  # git takes a repository of another account only when told so
    "OPENBLAS_NUM_THREADS": "1",  # a thread for each processor costs each kernel memory, and thirty kernels time
    # A kernel that has drawn large pictures else keeps their memory, which is free, from the others: 30 MB after lesson 00.
    "MALLOC_TRIM_THRESHOLD_": str(2**20),
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
}
c.JupyterHub.concurrent_spawn_limit = 0  # nobody is turned away: they wait for their turn
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 1}  # seconds until the page that waits is shown
memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
c.JupyterHub.active_server_limit = OWN["max_servers"] or max((memory_mb - THE_REST_MB) // A_STUDENT_MB, 1)
