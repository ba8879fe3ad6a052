"""What `make hub` writes: who may log in and from where, what students get, what they never get, and the plan."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import jupyterlab.commands
import pytest
import yaml
from traitlets.config import Config, PyFileConfigLoader

from classroom.__main__ import main
from classroom.course import ROOT, SAMPLE
from classroom.errors import TeacherError
from classroom.handing_out.bundle import is_secret
from classroom.hub import folder, programs
from classroom.hub.folder import make_hub, open_hub, student_files
from classroom.hub.plan import FIGURES, plan, table
from classroom.hub.programs import check_readable, closed_to_others
from classroom.hub.repository import commit_files
from classroom.submissions.notebook import nbgrader_metadata
from tests.support.environment import needs_program

FEW = {"my_notebooks/00_start_here.ipynb": b"{}\n", "helpers/__init__.py": b"\n"}


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy is fetched, and the course is in git, where a hub runs: tests/classroom/test_hub_class.py."""
    monkeypatch.setattr(folder, "install_proxy", lambda: None)
    monkeypatch.setattr(folder, "compile_packages", lambda: None)
    monkeypatch.setattr(folder, "commit_files", lambda *_: 0)


def made(tmp_path: Path, **settings: object) -> Path:
    """A hub to try, with other settings."""
    target = tmp_path / "hub"
    make_hub(open_hub(target, None, None), FEW)
    lines = (target / "hub.toml").read_text(encoding="utf-8").splitlines()
    for name, value in settings.items():
        lines = [f"{name} = {json.dumps(value)}" if line.split(" =")[0] == name else line for line in lines]
    (target / "hub.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def loaded(target: Path) -> Config:
    return PyFileConfigLoader("jupyterhub_config.py", path=str(target)).load_config()


# Who may log in, and from where


def test_a_hub_to_try_asks_for_a_password_and_listens_to_this_machine(tmp_path: Path) -> None:
    target = made(tmp_path)
    config = loaded(target)
    password = (target / "private" / "password.txt").read_text(encoding="utf-8").strip()
    assert config.JupyterHub.bind_url == "http://127.0.0.1:8000"
    assert config.JupyterHub.authenticator_class == "shared-password"
    assert config.SharedPasswordAuthenticator.user_password == password and len(password) >= 12
    assert [
        (target / name).stat().st_mode & 0o7777 for name in ("private", "private/password.txt", "homes", "exchange")
    ] == [*(0o700, 0o600, 0o700, 0o1777)]
    # In the exchange students may put work into a folder that they can't list.
    [course] = (target / "exchange").iterdir()
    assert [(course / name).stat().st_mode & 0o7777 for name in ("", "outbound", "inbound")] == [0o755, 0o755, 0o3733]
    assert "dummy" not in (target / "jupyterhub_config.py").read_text(encoding="utf-8").lower()


def test_with_accounts_only_members_of_the_group_log_in_with_their_own_passwords(tmp_path: Path) -> None:
    config = loaded(made(tmp_path, accounts="system", teacher="amina"))
    assert config.JupyterHub.authenticator_class == "pam"
    assert config.PAMAuthenticator.allowed_groups == {"students"} and config.PAMAuthenticator.allowed_users == {"amina"}
    assert "allow_all" not in config.PAMAuthenticator and not config.SharedPasswordAuthenticator


def test_who_has_left_the_group_is_not_let_in_though_the_hub_knows_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JupyterHub allows all whom it has seen before, as soon as anybody is allowed by name."""
    from jupyterhub.auth import PAMAuthenticator  # here: half a second that other processes need not spend

    own = PAMAuthenticator(config=loaded(made(tmp_path, accounts="system", teacher="amina")))
    monkeypatch.setattr(PAMAuthenticator, "system_user_exists", lambda self, user: True)
    groups = {"students": 7}
    monkeypatch.setattr(PAMAuthenticator, "_getgrnam", lambda self, name: SimpleNamespace(gr_gid=groups[name]))
    monkeypatch.setattr(PAMAuthenticator, "_getpwnam", lambda self, name: SimpleNamespace(pw_gid=8))
    monkeypatch.setattr(PAMAuthenticator, "_getgrouplist", lambda self, name, gid: [gid, 7] if name == "s001" else [gid])
    for name in ("s001", "s002", "amina"):  # as at each start of the hub, for all in its database
        asyncio.run(own.add_user(SimpleNamespace(name=name)))
    assert [bool(own.check_allowed(name, None)) for name in ("s001", "s002", "amina")] == [True, False, True]


@pytest.mark.parametrize(
    ("settings", "opened"),
    [
        ({"listen": "127.0.0.1:9000"}, True),
        ({"listen": "localhost:9000"}, True),
        ({"listen": "[::1]:9000"}, True),
        ({"listen": "0.0.0.0:8000"}, False),
        ({"listen": ":8000"}, False),
        ({"listen": "hub.example.org:443"}, False),
        ({"accounts": "system", "listen": "0.0.0.0:8000"}, False),
        ({"accounts": "system", "listen": "0.0.0.0:443", "certificate": "/c"}, False),
        ({"accounts": "system", "listen": "0.0.0.0:443", "certificate": "/c", "key": "/k"}, True),
        ({"listen": "0.0.0.0:443", "certificate": "/c", "key": "/k"}, False),  # to try: never
        ({"accounts": "system", "listen": "10.0.0.5:8000", "proxy_in_front": True}, True),
        ({"listen": "10.0.0.5:8000", "proxy_in_front": True}, False),
    ],
)
def test_no_password_crosses_a_network_in_the_open(tmp_path: Path, settings: dict[str, object], opened: bool) -> None:
    target = made(tmp_path, **settings)
    if not opened:
        with pytest.raises(SystemExit, match="opens the hub to others"):
            loaded(target)
        return
    secure = "certificate" in settings
    assert loaded(target).JupyterHub.bind_url == f"http{'s' if secure else ''}://{settings['listen']}"


def test_a_home_is_closed_before_a_server_starts_and_no_account_of_the_system_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    hook = loaded(made(tmp_path, accounts="system")).Spawner.pre_spawn_hook
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    account = SimpleNamespace(pw_uid=1000, pw_dir=str(home), pw_name="s001")
    monkeypatch.setattr("pwd.getpwnam", lambda name: account)
    hook(SimpleNamespace(user=SimpleNamespace(name="s001")))
    assert home.stat().st_mode & 0o777 == 0o700
    account.pw_uid = 0
    with pytest.raises(PermissionError, match="an account of the system"):
        hook(SimpleNamespace(user=SimpleNamespace(name="root")))


def test_limits_culling_and_time_outs_are_those_of_the_settings(tmp_path: Path) -> None:
    target = made(tmp_path, memory_mb=512, kernel_minutes=10, server_minutes=20, max_servers=7)
    config = loaded(target)
    assert config.Spawner.mem_limit == 512 * 2**20 and config.JupyterHub.active_server_limit == 7
    assert config.Spawner.start_timeout >= 600 and config.JupyterHub.concurrent_spawn_limit == 0
    server = PyFileConfigLoader("jupyter_server_config.py", path=str(target / "jupyter")).load_config()
    kernels = server.MappingKernelManager
    assert (kernels.cull_idle_timeout, kernels.kernel_info_timeout, kernels.cull_connected) == (600, 300, True)
    assert server.ServerApp.shutdown_no_activity_timeout == 1200


def test_packages_are_compiled_for_those_who_may_not_write_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "one.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.setattr(programs, "ROOT", tmp_path / "course")
    with monkeypatch.context() as patch:
        patch.setattr(programs, "sys", SimpleNamespace(prefix=str(tmp_path), path=[str(tmp_path / "lib"), "/elsewhere"]))
        programs.compile_packages()
    assert list((tmp_path / "lib" / "__pycache__").glob("one.*.pyc"))


def test_a_file_of_passwords_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The shell that is told `> passwords.csv` makes the file before the script runs, and others may read it."""
    script = (folder.TEMPLATES / "accounts.sh").read_text(encoding="utf-8")
    passwords = tmp_path / "passwords.csv"
    with passwords.open("wb") as out:
        passwords.chmod(0o644)
        before_accounts = script.partition("group=")[0]
        subprocess.run(["sh", "-c", f"{before_accounts}\necho s001,secret"], stdout=out, check=True)
    assert passwords.read_text(encoding="utf-8") == "s001,secret\n" and passwords.stat().st_mode & 0o777 == 0o600
    said = subprocess.run(["sh", "-c", f"{before_accounts}\necho s001"], capture_output=True, text=True, check=True)
    assert said.stdout == "s001\n" and not said.stderr  # a pipe or a terminal has no such rights


def test_systemd_finds_no_fault_in_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_program("systemd-analyze")
    monkeypatch.setattr(folder, "check_readable", lambda _: None)  # pytest's own folder is closed to others
    monkeypatch.setattr(folder, "_give", lambda *_: None)
    target = tmp_path / "hub 100%"
    make_hub(open_hub(target, "system", "amina"), FEW)
    said = subprocess.run(
        ["systemd-analyze", "verify", target / folder.SERVICE], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")
    text = (target / folder.SERVICE).read_text(encoding="utf-8")
    assert "NOT RUN" in text and "100%%" in text and str(Path(sys.prefix) / "bin" / "jupyterhub") in text


@pytest.mark.parametrize(("folder", "ipc"), [("/home/a-student-with-a-long-name/.run", True), ("/" + "long/" * 12, False)])
def test_kernels_share_no_ports_unless_the_path_is_too_long_for_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, ipc: bool
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", folder)
    server = PyFileConfigLoader("jupyter_server_config.py", path=str(made(tmp_path) / "jupyter")).load_config()
    assert (server.KernelManager.get("transport") == "ipc") is ipc


# What students get


def test_students_get_lessons_without_results_and_no_solved_assignment() -> None:
    files = student_files()
    lessons = [path for path in files if path.endswith(".ipynb")]
    assert len(lessons) == sum(len(list((ROOT / "notebooks").glob(f"{folder}[0-9][0-9]_*.ipynb"))) for folder in ("", "??/"))
    assert not any(map(is_secret, files))
    for path in lessons:
        cells = json.loads(files[path])["cells"]
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
        assert not any(nbgrader_metadata(cell).get("solution") for cell in cells)
    everything = b"".join(files.values())
    source = json.loads((SAMPLE / "source" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8"))
    for cell in source["cells"]:
        if "### BEGIN SOLUTION" in (text := "".join(cell["source"])):
            assert text.encode() not in everything
    assert {path for path in files if "solutions/lesson_" in path}
    assert not {path for path in student_files(solutions=False) if "solutions/lesson_" in path}


def test_what_a_list_of_ignored_files_names_is_handed_out_all_the_same(tmp_path: Path) -> None:
    needs_program("git")
    assert commit_files(tmp_path / "course.git", {".gitignore": b"my_notebooks/\n", **FEW}) == 3
    assert git(tmp_path / "course.git", "ls-tree", "-r", "--name-only", "main").splitlines() == [".gitignore", *sorted(FEW)]


def test_a_change_adds_a_commit_and_a_student_s_own_lines_stay(tmp_path: Path) -> None:
    needs_program("git")
    repository = tmp_path / "course.git"
    assert commit_files(repository, FEW | {"old.md": b"old\n"}) == 3
    first = git(repository, "rev-parse", "main")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "copy")
    (tmp_path / "copy" / "my_notebooks" / "00_start_here.ipynb").write_bytes(b'{"mine": 1}\n')
    assert commit_files(repository, FEW | {"old.md": b"old\n"}) == 0 and git(repository, "rev-parse", "main") == first
    assert commit_files(repository, FEW | {"new.md": b"new\n"}) == 2
    assert git(repository, "rev-list", "--count", "main") == "2" and git(repository, "rev-parse", "main~1") == first
    pulled = subprocess.run(
        [sys.executable, "-m", "nbgitpuller.pull", f"file://{repository}", "main", "copy"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert pulled.returncode == 0, pulled.stderr
    assert (tmp_path / "copy" / "my_notebooks" / "00_start_here.ipynb").read_bytes() == b'{"mine": 1}\n'
    assert (tmp_path / "copy" / "new.md").exists() and not (tmp_path / "copy" / "old.md").exists()


def git(where: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=where, check=True, capture_output=True, text=True).stdout.strip()


def test_what_student_servers_set_in_jupyterlab_is_still_there() -> None:
    """A private name of JupyterLab: if a new version has another, each start costs half a second more."""
    assert "jupyterlab.commands._yarn_config = " in (folder.TEMPLATES / "student_server.py").read_text(encoding="utf-8")
    assert callable(jupyterlab.commands._yarn_config)


# The folder


def test_what_the_owner_decided_is_never_changed(tmp_path: Path) -> None:
    target = made(tmp_path, memory_mb=2048)
    before, password = (target / "hub.toml").read_bytes(), (target / "private" / "password.txt").read_bytes()
    (target / "jupyterhub_config.py").write_text("an older one", encoding="utf-8")
    make_hub(open_hub(target, None, None), FEW)
    assert (target / "hub.toml").read_bytes() == before and (target / "private" / "password.txt").read_bytes() == password
    assert loaded(target).Spawner.mem_limit == 2048 * 2**20


@pytest.mark.parametrize(
    ("content", "asked", "said"),
    [
        (None, (None, None), "holds other things"),
        ("accounts = ", (None, None), "cannot be read"),
        ('course = "c"\nteacher = "t"\n', (None, None), "cannot be read"),
        ('course = "c"\nteacher = "t"\naccounts = "all"\n', (None, None), '"system" and "try" are allowed'),
        ('course = "c"\nteacher = "t"\naccounts = "try"\n', ("system", None), 'says accounts = "try", and you asked for'),
        ('course = "c"\nteacher = "t"\naccounts = "try"\n', (None, "x"), 'says teacher = "t", and you asked for "x"'),
    ],
)
def test_a_folder_that_is_no_hub_of_this_kind_is_refused(
    tmp_path: Path, content: str | None, asked: tuple[str | None, str | None], said: str
) -> None:
    (tmp_path / ("thesis.txt" if content is None else "hub.toml")).write_text(content or "mine", encoding="utf-8")
    with pytest.raises(TeacherError, match=said):
        open_hub(tmp_path, *asked)  # type: ignore[arg-type]


def test_a_teacher_without_an_account_is_named(tmp_path: Path) -> None:
    with pytest.raises(TeacherError, match="has no account nobody-of-this-name"):
        make_hub(open_hub(tmp_path / "hub", "system", "nobody-of-this-name"), FEW)


def test_a_python_that_students_cannot_run_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="course-") as name:  # pytest's own folder is closed to others
        root = Path(name)
        home, link = root / "home", root / "python"
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "python").touch()
        link.symlink_to(home / "bin" / "python")
        for path in (root, home, home / "bin", home / "bin" / "python"):
            path.chmod(0o755)
        assert closed_to_others(link) is None
        (home / "bin" / "python").chmod(0o700)
        assert closed_to_others(link) == link
        (home / "bin" / "python").chmod(0o755)
        home.chmod(0o700)
        assert closed_to_others(link) == home
        monkeypatch.setattr(programs.sys, "executable", str(link))
        with pytest.raises(TeacherError, match=r"home is closed to other users.*make env-hub PYTHON="):
            check_readable(root)


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hub", str(tmp_path / "hub"), "--dry-run"]) == 0
    assert not (tmp_path / "hub").exists() and "my_notebooks/00_start_here.ipynb" in capsys.readouterr().out
    assert main(["hub"]) == 2


# Kubernetes, examples, plan


# The keys of Zero to JupyterHub's chart that the course uses, with their types, as its values.schema.yaml has them
# (commit 02dd73df01bd). A key that the chart does not know is refused by helm.
OF_THE_CHART: dict[str, type | tuple[type, ...]] = {
    "hub.config": dict,
    "hub.concurrentSpawnLimit": int,
    "hub.extraConfig": dict,
    "proxy.https.enabled": bool,
    "proxy.https.hosts": list,
    "proxy.https.letsencrypt.contactEmail": str,
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.defaultUrl": str,
    "singleuser.startTimeout": int,
    "singleuser.cpu.limit": (int, float),
    "singleuser.cpu.guarantee": (int, float),
    "singleuser.memory.limit": str,
    "singleuser.memory.guarantee": str,
    "singleuser.extraEnv": dict,
    "singleuser.storage.type": str,
    "singleuser.storage.capacity": str,
    "singleuser.storage.homeMountPath": str,
    "singleuser.storage.extraVolumes": list,
    "singleuser.storage.extraVolumeMounts": list,
    "singleuser.extraFiles": dict,
    "cull.enabled": bool,
    "cull.timeout": int,
    "cull.every": int,
}


def test_the_values_for_kubernetes_have_the_chart_s_keys_and_types() -> None:
    def leaves(values: dict[str, object], place: str = "") -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in values.items():
            key = f"{place}{name}"
            whole = not isinstance(value, dict) or key in OF_THE_CHART
            found |= {key: value} if whole else leaves(value, f"{key}.")
        return found

    values = yaml.safe_load((ROOT / "classroom" / "hub" / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
    found = leaves(values)
    assert {key for key, value in found.items() if not isinstance(value, OF_THE_CHART.get(key, ()))} == set()
    assert set(found) == set(OF_THE_CHART)
    for file in values["singleuser"]["extraFiles"].values():
        assert set(file) == {"mountPath", "stringData"} and file["mountPath"].startswith("/")


def test_whoever_was_let_in_by_an_admin_may_log_in_on_kubernetes_and_the_littlest_hub() -> None:
    """JupyterHub 5 lets in admins alone, unless it is told of others."""
    values = yaml.safe_load((ROOT / "classroom" / "hub" / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
    own = values["hub"]["config"]["NativeAuthenticator"]
    assert own["allow_all"] is True and not own.get("open_signup", False)
    page = (ROOT / "notebooks" / "teaching" / "hub_admin.md").read_text(encoding="utf-8")
    settings = re.findall(r"^tljh-config (?:set|add-item) (\S+)", page, flags=re.MULTILINE)
    assert {"auth.NativeAuthenticator.allow_all", "users.admin"} <= set(settings)
    assert "auth.NativeAuthenticator.open_signup" not in settings


def test_the_values_for_kubernetes_are_yaml_whose_python_compiles() -> None:
    values = yaml.safe_load((ROOT / "classroom" / "hub" / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
    pieces = [*values["hub"]["extraConfig"].values()]
    pieces += [one["stringData"] for one in values["singleuser"]["extraFiles"].values()]
    for piece in pieces:
        ast.parse(piece)
    [mount] = values["singleuser"]["storage"]["extraVolumeMounts"]
    [volume] = values["singleuser"]["storage"]["extraVolumes"]
    assert mount["name"] == volume["name"] and mount["readOnly"] is True
    assert values["hub"]["config"]["JupyterHub"]["authenticator_class"] == "native" and values["proxy"]["https"]["enabled"]
    course = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    assert f'course_id = "{course}"' in pieces[1]


@pytest.mark.parametrize("name", ["slurm.sh", "parallel.sh"])
def test_the_examples_are_about_ten_lines_that_a_shell_can_read(name: str) -> None:
    path = ROOT / "classroom" / "hub" / "examples" / name
    shell = "bash" if name == "slurm.sh" else "sh"
    assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 13


def test_a_plan_follows_the_figures_and_names_what_gives_way_first(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = plan(30, 30), plan(30_000, 3_000)
    memory = FIGURES["memory"].value
    assert small.machines == 1 and small.processors * 4 * 1000 >= 30 * memory
    assert large.machines * (large.memory_gb - FIGURES["rest"].value) * 1000 >= 3_000 * memory
    assert plan(30, 10).minutes <= plan(30, 30).minutes or plan(30, 10).processors < small.processors
    assert plan(300, 90).kept_hours == pytest.approx(4 * plan(90, 90).kept_hours)  # four groups, each at its own hour
    assert large.used_hours == pytest.approx(1000 * small.used_hours)
    assert all(one.minutes <= 3 for one in (small, plan(300, 90), large))
    for students, at_once in ((0, 0), (10, 11), (10, 0)):
        with pytest.raises(ValueError, match="cannot start at once"):
            plan(students, at_once)
    assert table([(30, 30)]).count("\n") == 2
    for name, first in (("memory", "memory"), ("server", "processors at the bell")):
        with monkeypatch.context() as patch:
            patch.setitem(FIGURES, name, replace(FIGURES[name], value=10 * FIGURES[name].value))
            assert plan(300, 90).bottleneck == first and plan(300, 90).machines > plan(30, 3).machines


def test_a_process_may_take_no_more_memory_than_the_settings_say(tmp_path: Path) -> None:
    needs_program("prlimit")
    command = loaded(made(tmp_path, memory_mb=300)).Spawner.cmd
    assert command[1] == f"--data={300 * 2**20}" and command[-1].endswith("student_server.py")
    greedy = [*command[:2], sys.executable, "-c", "x = bytearray(400 * 2**20)"]
    ended = subprocess.run(greedy, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert ended.returncode != 0 and "MemoryError" in ended.stderr
