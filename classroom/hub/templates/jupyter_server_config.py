"""Each student's server. `make hub` may write this file anew; what you decide stands in hub.toml."""

import tomllib
from pathlib import Path

c = get_config()  # noqa: F821 (Jupyter puts it here)
OWN = tomllib.loads((Path(__file__).resolve().parent.parent / "hub.toml").read_text(encoding="utf-8"))

c.MappingKernelManager.kernel_info_timeout = 300  # when a class starts at once, a kernel may take longer than a minute
c.MappingKernelManager.cull_idle_timeout = OWN["kernel_minutes"] * 60
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = True  # a tab that was left open would else keep its kernel for ever
c.LanguageServerManager.autodetect = False  # looks for fifteen programs of other languages at each start
c.ServerApp.shutdown_no_activity_timeout = OWN["server_minutes"] * 60
