"""Make the small package of `in_page`, which speaks to a student when the page cannot load something."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from pathlib import Path

from classroom.files import write_if_changed

MODULE = Path(__file__).parent / "in_page" / "course_page.py"
NAME = MODULE.stem
# IPython reads this file when it starts; a wheel's folder "data" is laid where Python itself lies.
CONFIG = "etc/ipython/ipython_config.py"
LOADS = f'c.InteractiveShellApp.extensions = ["{NAME}"]\n'


def wheel(folder: Path) -> Path:
    """Write the wheel into a folder, and return it.

    Its version is counted from its content: a browser that kept an older one must not take it for this.
    """
    code = MODULE.read_bytes()
    version = f"1.{int(hashlib.sha256(code + LOADS.encode()).hexdigest()[:8], 16)}"
    info = f"{NAME}-{version}.dist-info"
    files = {
        f"{NAME}.py": code,
        f"{NAME}-{version}.data/data/{CONFIG}": LOADS.encode(),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},{_record_hash(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    target = folder / f"{NAME}-{version}-py3-none-any.whl"
    write_if_changed(target, _zip(files))
    return target


def _record_hash(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def _zip(files: dict[str, bytes]) -> bytes:
    """Pack with one fixed time of day, so that the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
