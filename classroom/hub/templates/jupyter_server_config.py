"""Each student's server. `make hub` may write this file anew; what you decide stands in hub.toml."""

import os
import tomllib
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

c = get_config()  # noqa: F821 (Jupyter puts it here)
OWN = tomllib.loads((Path(__file__).resolve().parent.parent / "hub.toml").read_text(encoding="utf-8"))

# Kernels of thirty users take their ports from one machine, and now and then two take the same: one of them dies. A socket
# in the student's own folder has no such number, and nobody else can listen to it. Its path must be short.
if len(jupyter_runtime_dir()) < 50:
    c.KernelManager.transport = "ipc"
c.MappingKernelManager.kernel_info_timeout = 300  # when a class starts at once, a kernel may take longer than a minute
c.MappingKernelManager.cull_idle_timeout = OWN["kernel_minutes"] * 60
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = True  # a tab that was left open would else keep its kernel for ever
# A terminal is else a shell that logs in, in which /etc/profile takes the hub's programs out of PATH: no nbgrader, no make.
c.ServerApp.terminado_settings = {"shell_command": [os.environ.get("SHELL") or "/bin/bash"]}
c.LanguageServerManager.autodetect = False  # looks for fifteen programs of other languages at each start
c.LabApp.extension_manager = "readonly"  # nobody may install into the course's environment, so no server looks for more
c.ServerApp.shutdown_no_activity_timeout = OWN["server_minutes"] * 60
