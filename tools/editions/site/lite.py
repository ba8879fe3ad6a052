"""Let JupyterLite build the site, and fail when any part of it fails.

JupyterLite itself only warns when one of its parts (it calls them addons) cannot be loaded, and then builds a site that
lacks something.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jupyterlite_core.addons import (  # type: ignore[import-untyped]
    get_addon_entry_points,
    get_addon_implementations,
)
from jupyterlite_core.manager import LiteManager  # type: ignore[import-untyped]
from jupyterlite_pyodide_kernel.constants import (  # type: ignore[import-untyped]
    PYODIDE_KERNEL_NPM_NAME,
    PYODIDE_KERNEL_PLUGIN_ID,
)

from classroom.colophon import colophon
from tools.editions.site.errors import SiteError

OVERRIDES = Path(__file__).resolve().parents[2] / "lab_overrides.json"
EXTENSIONS = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
KERNEL_EXTENSION = EXTENSIONS / PYODIDE_KERNEL_NPM_NAME
WIDGETS_EXTENSION = EXTENSIONS / "@jupyter-widgets" / "jupyterlab-manager"
# The views of the course: JupyterLab, and one notebook alone, which fits a telephone. From there lead ways to the list of
# files (tree) and to pages of text (edit).
APPS = ("lab", "notebooks", "tree", "edit")
# Of the course's settings of JupyterLab, this one opens pages of text to be read. The view "edit" would stay empty with it.
IN_LAB_ONLY = "@jupyterlab/docmanager-extension:plugin"
# What a build consists of, in order; the last three only look.
STEPS = [f"{phase}{step}" for step in ("init", "build", "check") for phase in ("pre_", "", "post_")]


class StrictManager(LiteManager):
    """JupyterLite's builder, without its patience."""

    def create_addons(self) -> dict[str, Any]:
        """Start all addons, or fail."""
        addons: dict[str, Any] = super().create_addons()
        missing = sorted(set(get_addon_entry_points()) - set(addons) - set(self.disable_addons))
        if missing:
            not_loaded = sorted(set(missing) - set(get_addon_implementations()))
            raise SiteError(
                f"These parts of JupyterLite do not start: {', '.join(missing)}"
                + (f" (not even loaded: {', '.join(not_loaded)})" if not_loaded else "")
                + ". Without them the site would lack something. Build the environment anew: make -B env-site."
            )
        return addons


def settings(prefetch: list[str]) -> dict[str, Any]:
    """Return the configuration of the site: what JupyterLite reads from ``jupyter-lite.json``.

    The packages in `prefetch` are loaded while Python starts. Others are loaded when a cell imports them; an import inside
    the helpers is not seen, so what only they import must be there.
    """
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": prefetch}}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": colophon().short,
            "litePluginSettings": {PYODIDE_KERNEL_PLUGIN_ID: kernel},
        },
    }


def build(work: Path, contents: Path, output: Path, prefetch: list[str]) -> None:
    """Build the site with what the student finds (`contents`); `SiteError` if any part of JupyterLite fails.

    `work` is JupyterLite's own folder: its ``static/pyodide`` holds Pyodide, the packages and the lock. For `prefetch` see
    `settings`.
    """
    (work / "jupyter-lite.json").write_text(json.dumps(settings(prefetch), indent=2), encoding="utf-8")
    everywhere = json.loads(OVERRIDES.read_text(encoding="utf-8"))
    in_lab = {IN_LAB_ONLY: everywhere.pop(IN_LAB_ONLY, {})}
    (work / "lab").mkdir()
    (work / "overrides.json").write_text(json.dumps(everywhere), encoding="utf-8")
    (work / "lab" / "overrides.json").write_text(json.dumps(in_lab), encoding="utf-8")
    manager = StrictManager(
        lite_dir=work,
        output_dir=output,
        cache_dir=work / ".cache",
        contents=[contents],
        apps=APPS,
        federated_extensions=[str(KERNEL_EXTENSION), str(WIDGETS_EXTENSION)],
        ignore_sys_prefix=("federated_extensions",),
        no_sourcemaps=True,
        no_libarchive=True,
        no_unused_shared_packages=True,
    )
    log = work / "build.log"
    manager._doit_config = {**manager._doit_config, "dep_file": str(work / ".doit.db"), "outfile": str(log), "verbosity": 0}
    manager.initialize()
    if manager.doit_run(*STEPS):
        words = log.read_text(encoding="utf-8") if log.exists() else ""
        raise SiteError(f"JupyterLite could not build the site. Its last words:\n{words[-3000:].strip()}")
