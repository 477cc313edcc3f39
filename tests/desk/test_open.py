"""How the course is opened: with which settings, as whom, and with whose options."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

import bootstrap
import helpers.desk.__main__ as opening
from helpers.desk import SETTINGS, settings

pytestmark = pytest.mark.tier("check")


def read(student, exchange):
    """What Jupyter makes of the settings: its own merge, the first folder wins."""
    from jupyter_server.config_manager import BaseJSONConfigManager, recursive_update

    merged = {"page": {}, "server": {}, "overrides": {}}
    for folder in reversed(settings(student, exchange)):
        files = {
            "page": (folder / "labconfig", "page_config"),
            "overrides": (folder / "labconfig", "default_setting_overrides"),
            "server": (folder, "jupyter_server_config"),
        }
        for key, (place, name) in files.items():
            recursive_update(merged[key], BaseJSONConfigManager(config_dir=str(place)).get(name))
    off = {name for name, value in merged["page"].get("disabledExtensions", {}).items() if value}
    return off, merged["server"]["ServerApp"]["jpserver_extensions"], merged


def test_a_student_without_an_exchange_has_validate_and_no_more_of_nbgrader():
    off, servers, _ = read(student=True, exchange=False)
    assert {f"@jupyter/nbgrader:{name}" for name in (
        "assignment-list", "course-list", "create-assignment", "formgrader", "menu"
    )} <= off  # fmt: skip
    assert "@jupyter/nbgrader:validate-assignment" not in off
    assert servers["helpers.desk"]
    assert not servers["nbgrader.server_extensions.formgrader"]
    assert not servers["nbgrader.server_extensions.assignment_list"]


def test_a_student_with_an_exchange_has_the_assignment_list_too():
    off, servers, _ = read(student=True, exchange=True)
    assert not {"@jupyter/nbgrader:assignment-list", "@jupyter/nbgrader:menu"} & off
    assert "@jupyter/nbgrader:formgrader" in off
    assert "nbgrader.server_extensions.assignment_list" not in servers


def test_an_instructor_has_formgrader_and_create_assignment():
    for exchange in (True, False):
        off, servers, merged = read(student=False, exchange=exchange)
        assert not {f"@jupyter/nbgrader:{n}" for n in ("formgrader", "create-assignment")} & off
        assert servers.get("nbgrader.server_extensions.formgrader", True)
        assert "default_url" not in merged["server"]["ServerApp"]


@pytest.mark.parametrize("student", [True, False])
def test_nobody_is_asked_about_news(student):
    _, _, merged = read(student, exchange=False)
    notification = merged["overrides"]["@jupyterlab/apputils-extension:notification"]
    assert notification == {"fetchNews": "false", "checkForUpdates": False}


def test_the_settings_are_part_of_the_package():
    assert all(folder.is_dir() for folder in settings(student=True, exchange=False))
    for path in SETTINGS.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


# --- The exchange ---


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "jupyter_config_path", lambda: [str(tmp_path / "own")])
    monkeypatch.setattr(opening, "NBGRADERS_EXCHANGE", str(tmp_path / "default"))
    for name in ("own", "course", "exchange"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_without_a_folder_there_is_no_exchange(places):
    assert not opening.has_exchange(places / "course")


def test_nbgraders_own_place_counts(places):
    (places / "default").mkdir()
    assert opening.has_exchange(places / "course")


@pytest.mark.parametrize("place", ["own", "course"])
def test_the_documented_line_counts(places, place):
    config = places / place / "nbgrader_config.py"
    config.write_text(f'c = get_config()\nc.Exchange.root = "{places / "exchange"}"  # here\n')
    assert opening.has_exchange(places / "course")
    config.write_text(f'c.Exchange.root = "{places / "nowhere"}"\n')
    assert not opening.has_exchange(places / "course")
    config.write_text(f'# c.Exchange.root = "{places / "exchange"}"\n')
    assert not opening.has_exchange(places / "course")


def test_the_line_is_the_one_that_instructors_read():
    text = (Path(__file__).parents[2] / "docs/instructors.md").read_text(encoding="utf-8")
    assert set(opening.EXCHANGE.findall(text)) == {"/srv/nbgrader/exchange"}


# --- The command ---


@pytest.fixture
def started(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(opening.os, "execve", lambda *call: calls.append(call) or 0)
    monkeypatch.chdir(tmp_path)
    return calls


@pytest.mark.parametrize(
    ("kind", "module", "folder"),
    [("lab", "jupyterlab", "notebooks"), ("notebook", "notebook", "notebooks"),
     ("desk", "jupyterlab", "")],
)  # fmt: skip
def test_each_desk_opens_its_folder(started, tmp_path, monkeypatch, kind, module, folder):
    monkeypatch.setattr(opening, "is_root", lambda: False)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/own")
    opening.main([kind, "--port=9999"])
    ((program, command, environment),) = started
    assert program == sys.executable
    root = f"--ServerApp.root_dir={(tmp_path / folder).resolve()}"
    assert command == [sys.executable, "-m", module, root, "--port=9999"]
    *ours, own = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert own == "/own"
    assert ("student" in [Path(path).name for path in ours]) == (kind != "desk")
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_a_codespace_is_let_in_from_its_own_address_alone(started, monkeypatch):
    monkeypatch.setenv("CODESPACE_NAME", "fuzzy-lamp")
    monkeypatch.setenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    opening.main(["lab"])
    command = started[0][1]
    assert "--ServerApp.allow_origin=https://fuzzy-lamp-8888.app.github.dev" in command
    assert {"--no-browser", "--port=8888", "--ServerApp.port_retries=0"} <= set(command)


def test_the_codespace_does_what_the_bootstrap_knows():
    root = Path(__file__).parents[2]
    container = json.loads((root / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    for key in ("updateContentCommand", "postAttachCommand"):
        python, program, command = container[key].split()
        assert (python, program) == ("python3", "bootstrap.py")
        assert command in bootstrap.COMMANDS
    assert container["forwardPorts"] == [opening.CODESPACE_PORT]
    minor = int(re.search(r"python:3\.(\d+)-", container["image"])[1])
    assert bootstrap.OLDEST[1] <= minor <= bootstrap.NEWEST[1]


def test_root_is_let_in_with_one_line_of_warning(started, monkeypatch, capsys):
    monkeypatch.setattr(opening, "is_root", lambda: True)
    opening.main(["lab"])
    assert "--allow-root" in started[0][1]
    assert capsys.readouterr().err.count("\n") == 1
