"""Every state in which a set-up can be found: mended, or answered with what to type.

The environments are real. What is installed is one small wheel, made here, beside the lock that
names it, so that no test needs a network.
"""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parents[2]
# One process makes the two environments that are copied.
pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("bootstrap")]
AGAIN = "make lab"


def make_wheel(folder, version="1.0"):
    """Write a small package; return the line of a lock that installs it."""
    path = folder / f"smallthing-{version}-py3-none-any.whl"
    info = f"smallthing-{version}.dist-info"
    files = {
        "smallthing.py": f"version = {version!r}\ndef main():\n    print('small thing', version)\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: smallthing\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\nsmallthing = smallthing:main\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            wheel.writestr(name, text)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"smallthing=={version} \\\n    --hash=sha256:{digest}\n"


# What builds the course's own package here: it writes where the course is, as hatchling does.
BACKEND = """
import os, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    info, name = "backprop_by_hand-0.dist-info", "backprop_by_hand-0-py3-none-any.whl"
    files = {
        "_backprop_by_hand.pth": os.getcwd(),
        info + "/METADATA": "Metadata-Version: 2.1\\nName: backprop-by-hand\\nVersion: 0\\n",
        info + "/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[info + "/RECORD"] = "".join(f"{n},,\\n" for n in [*files, info + "/RECORD"])
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture(scope="session")
def wheels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheels")
    return {version: make_wheel(folder, version) for version in ("1.0", "2.0")} | {"in": folder}


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """An environment as Python makes it, to be copied: making one takes seconds."""
    folder = tmp_path_factory.mktemp("template") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return folder


def linked_or_copied(source, target):
    """Link to the thousand files of pip and setuptools, which nobody writes into; copy others."""
    shared = {"pip", "setuptools", "pkg_resources"} & set(Path(source).parts)
    (os.link if shared else shutil.copy2)(source, target)


def copy_environment(template, folder):
    shutil.copytree(
        template, folder, symlinks=True, dirs_exist_ok=True, copy_function=linked_or_copied
    )
    environment = bootstrap.Environment(folder.parent)
    for script in environment.scripts.iterdir():
        if not script.is_symlink():
            bootstrap.readdress(script, str(template), environment)


def furnish(folder, wheels, monkeypatch):
    """Write what a set-up reads, and let an index of packages be a folder."""
    folder.mkdir()
    (folder / "backend.py").write_text(BACKEND)
    (folder / bootstrap.COURSE).write_text(PROJECT)
    (folder / "helpers.py").write_text("here = __file__\n")
    for lock in (bootstrap.LAB, bootstrap.TESTS):
        (folder / lock).write_text(wheels["1.0"])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels["in"]))
    monkeypatch.setenv("BOOTSTRAP_TYPED", AGAIN)
    monkeypatch.setattr(bootstrap, "ROOT", folder)
    monkeypatch.setattr(bootstrap.shutil, "which", without("uv"))


def make_quickly(template, monkeypatch):
    """Let Python make environments quickly."""
    real = bootstrap.run

    def run(command, listen):
        if list(command[1:3]) == ["-m", "venv"]:
            copy_environment(template, Path(command[3]))
        else:
            real(command, listen)

    monkeypatch.setattr(bootstrap, "run", run)


@pytest.fixture
def bare_course(tmp_path, monkeypatch, wheels):
    """A folder with what a set-up reads."""
    furnish(tmp_path / "a course", wheels, monkeypatch)
    return tmp_path / "a course"


@pytest.fixture
def course(bare_course, template, monkeypatch):
    """Such a folder, with a Python that makes environments quickly."""
    make_quickly(template, monkeypatch)
    return bare_course


@pytest.fixture(scope="session")
def installed(tmp_path_factory, wheels, template):
    """An environment that is set up, to be copied: to install takes seconds, too."""
    folder = tmp_path_factory.mktemp("installed") / "a course"
    with pytest.MonkeyPatch.context() as monkeypatch:
        furnish(folder, wheels, monkeypatch)
        make_quickly(template, monkeypatch)
        assert set_up() == 0
    return folder / ".venv"


@pytest.fixture
def ready(course, installed, capfd):
    """A folder that is set up; what says where it is has been mended, as after a move."""
    bootstrap.shutil.copytree(installed, course / ".venv", symlinks=True)
    assert set_up() == 0
    capfd.readouterr()
    return course


def without(*missing):
    real = bootstrap.shutil.which
    return lambda name: None if name in missing else real(name)


def set_up(command="environment"):
    return bootstrap.main([command])


def python_of(course):
    return course / ".venv" / "bin" / "python"


def output_of(*command):
    """What a program prints, whatever PYTHONPATH whoever runs the tests has."""
    clean = bootstrap.clean_environment()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/", env=clean)
    return done.stdout.strip()


def note(course):
    return json.loads((course / ".venv" / "bootstrap.json").read_text())


def is_whole(course, version="1.0"):
    """Whether the package and the course itself are in the environment of this folder."""
    code = "import helpers, smallthing; print(smallthing.version, helpers.here)"
    assert output_of(python_of(course), "-c", code) == f"{version} {course / 'helpers.py'}"
    assert output_of(course / ".venv/bin/smallthing") == f"small thing {version}"
    return not note(course)["unfinished"]


def test_a_fresh_folder_is_set_up_and_a_second_run_does_nothing(bare_course, capfd, monkeypatch):
    course = bare_course
    assert set_up() == 0
    said = capfd.readouterr().out
    assert "165 MB to load, 750 MB on disk" in said
    assert is_whole(course)
    assert output_of(python_of(course), "-m", "pip", "--version")  # %pip works in a notebook
    monkeypatch.setattr(bootstrap, "run", None)
    assert set_up() == 0
    assert capfd.readouterr().out == ""


def test_the_tests_packages_are_the_courses_too(course, monkeypatch):
    assert set_up("test-environment") == 0
    monkeypatch.setattr(bootstrap, "run", None)
    assert set_up() == 0


def test_the_tests_add_to_what_the_course_has(ready, capfd):
    assert set_up("test-environment") == 0
    assert "Setting up: about 80 MB to load" in capfd.readouterr().out
    assert set(note(ready)["installed"]) == {bootstrap.LAB, bootstrap.TESTS, bootstrap.COURSE}


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda env: (env / "bin" / "python").unlink(), "does not start"),
        (lambda env: [p.unlink() for p in (env / "bin").iterdir()], "does not start"),
        (lambda env: (env / "pyvenv.cfg").unlink(), "no pip"),
        (lambda env: bootstrap.shutil.rmtree(next(env.glob("lib/*/*/pip"))), "no pip"),
    ],
)
def test_a_broken_environment_is_made_anew(ready, capfd, break_it, said):
    break_it(ready / ".venv")
    assert set_up() == 0
    printed = capfd.readouterr().out
    assert said in printed
    assert "Making it anew." in printed
    assert is_whole(ready)


def test_an_empty_folder_is_filled(course):
    (course / ".venv").mkdir()
    assert set_up() == 0
    assert is_whole(course)


def test_an_environment_without_a_note_is_completed(course, template):
    copy_environment(template, course / ".venv")
    assert set_up() == 0
    assert is_whole(course)


def test_the_environment_of_another_python_is_made_anew(course, capfd):
    scripts = course / ".venv" / "bin"
    scripts.mkdir(parents=True)
    old_python(scripts / "python", (3, 9, 18))
    assert set_up() == 0
    assert "The environment has Python 3.9.18" in capfd.readouterr().out
    assert is_whole(course)


def old_python(path, version, can_make=True):
    """Write a program that answers like a Python of another version."""
    answer = json.dumps([version, can_make, False])
    path.write_text(f"#!/bin/sh\necho '{answer}'\n")
    path.chmod(0o755)


class StopsAt:
    """A person who presses Ctrl-C when a line appears."""

    def __init__(self, real, line):
        self._real, self._line, self._pressed = real, line, False

    def __call__(self, command, listen):
        def heard(line):
            listen(line)
            if self._line in line and not self._pressed:
                self._pressed = True
                raise KeyboardInterrupt

        return self._real(command, heard)


@pytest.mark.parametrize("line", ["Processing", "Installing collected packages"])
def test_ctrl_c_says_how_to_go_on_and_the_next_run_does(course, monkeypatch, capfd, line):
    real = bootstrap.run
    monkeypatch.setattr(bootstrap, "run", StopsAt(real, line))
    assert set_up() == 130
    assert f"To go on, type: {AGAIN}" in capfd.readouterr().err
    begun = note(course)["unfinished"]  # pip may be ahead of what is read
    assert begun or "Installing" not in line
    monkeypatch.setattr(bootstrap, "run", real)
    assert set_up() == 0
    assert ("An earlier set-up was broken off." in capfd.readouterr().out) is begun
    assert is_whole(course)


def test_what_a_program_did_before_it_was_stopped_is_heard():
    heard = []

    def listen(line):
        heard.append(line)
        if line == "first":
            raise KeyboardInterrupt

    program = "import time; print('first\\nsecond', flush=True); time.sleep(600)"
    with pytest.raises(KeyboardInterrupt):
        bootstrap.run([sys.executable, "-c", program], listen)
    assert [line for line in heard if line] == ["first", "second"]


def test_ctrl_c_while_the_environment_is_made_leaves_nothing_that_is_trusted(
    course, monkeypatch, capfd
):
    def interrupted(command, listen):
        (course / ".venv" / "bin").mkdir()
        raise KeyboardInterrupt

    real = bootstrap.run
    monkeypatch.setattr(bootstrap, "run", interrupted)
    assert set_up() == 130
    monkeypatch.setattr(bootstrap, "run", real)
    assert set_up() == 0
    assert "broken off" in capfd.readouterr().out
    assert is_whole(course)


@pytest.mark.parametrize("name", ["renamed", "with a space", "l" * 120])
def test_a_renamed_folder_keeps_its_environment(ready, monkeypatch, capfd, name):
    moved = ready.rename(ready.with_name(name))
    monkeypatch.setattr(bootstrap, "ROOT", moved)
    monkeypatch.setattr(bootstrap, "install", None)  # nothing is installed again
    assert set_up() == 0
    assert "The folder has moved." in capfd.readouterr().out
    assert is_whole(moved)
    activated = f". '{moved}/.venv/bin/activate'; command -v smallthing"
    assert output_of("sh", "-c", activated) == str(moved / ".venv/bin/smallthing")
    assert set_up() == 0
    assert capfd.readouterr().out == ""


def test_a_copied_folder_uses_its_own_files(ready, monkeypatch):
    copy = ready.with_name("copy")
    bootstrap.shutil.copytree(ready, copy, symlinks=True)
    monkeypatch.setattr(bootstrap, "ROOT", copy)
    assert set_up() == 0
    assert is_whole(copy)
    assert is_whole(ready)


def test_new_requirements_are_installed(ready, wheels, capfd):
    (ready / bootstrap.LAB).write_text(wheels["2.0"])
    assert set_up() == 0
    assert "Bringing it up to date." in capfd.readouterr().out
    assert is_whole(ready, "2.0")


def test_a_change_of_the_courses_own_package_is_installed(ready, monkeypatch):
    with (ready / bootstrap.COURSE).open("a") as project:
        project.write("# new\n")
    runs = []
    real = bootstrap.run
    monkeypatch.setattr(bootstrap, "run", lambda *a: runs.append(a) or real(*a))
    assert set_up() == 0
    assert len(runs) == 2
    assert set_up() == 0
    assert len(runs) == 2


def no_network(monkeypatch):
    """Let every package come from an address at which nothing listens."""
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")


def test_without_a_network_the_course_opens_with_what_is_there(ready, wheels, monkeypatch, capfd):
    (ready / bootstrap.LAB).write_text(wheels["2.0"])
    no_network(monkeypatch)
    capfd.readouterr()
    assert set_up() == 0
    said = capfd.readouterr()
    assert said.out.endswith("No network. Going on with the packages that are here.\n")
    assert is_whole(ready, "1.0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels["in"]))
    assert set_up() == 0  # with a network again, it catches up
    assert is_whole(ready, "2.0")


def test_without_a_network_a_lock_that_asks_for_what_is_there_is_fine(
    ready, wheels, monkeypatch, capfd
):
    (ready / bootstrap.LAB).write_text("# locked anew\n" + wheels["1.0"])
    no_network(monkeypatch)
    assert set_up() == 0
    assert "No network" not in capfd.readouterr().out


def test_without_a_network_a_first_set_up_says_what_to_do(course, monkeypatch, capfd):
    no_network(monkeypatch)
    assert set_up() == 1
    said = capfd.readouterr().err
    assert "there is no network" in said
    assert f"Connect to the internet, then type: {AGAIN}" in said
    assert "smallthing==1.0" in (course / ".venv" / "bootstrap.log").read_text()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lock: lock.replace("sha256:", "sha256:0")[:-2] + "\n",
        lambda lock: lock.partition(" ")[0] + "\n",  # any file would do
    ],
    ids=["another hash", "no hash"],
)
def test_a_package_that_is_not_the_locked_one_is_refused(course, wheels, capfd, spoil):
    (course / bootstrap.LAB).write_text(spoil(wheels["1.0"]))
    assert set_up() == 1
    said = capfd.readouterr().err
    assert "The packages could not be installed." in said
    assert "HASHES" in said.upper()


def test_a_full_disk_is_said_before_it_is_full(course, monkeypatch, capfd):
    usage = bootstrap.shutil.disk_usage(course)._replace(free=100_000_000)
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda place: usage)
    assert set_up() == 1
    said = capfd.readouterr().err
    assert said == (
        f"The course needs 750 MB of disk, and 100 are free. Make room, then type: {AGAIN}\n"
    )
    assert not (course / ".venv").exists()


def test_the_course_for_students_says_that_it_has_no_tests(course, capfd):
    (course / bootstrap.TESTS).unlink(missing_ok=True)
    assert set_up("test-environment") == 1
    assert capfd.readouterr().err.startswith(
        "This is the course for students: it has no tests, and no requirements-test.txt. Clone"
    )
    assert not (course / ".venv").exists()


def test_what_is_no_environment_is_not_deleted(course, capfd):
    precious = course / ".venv" / "thesis.txt"
    precious.parent.mkdir()
    precious.write_text("all my work")
    assert set_up() == 1
    assert "is not an environment. Rename it" in capfd.readouterr().err
    assert precious.read_text() == "all my work"
    bootstrap.shutil.rmtree(precious.parent)
    (course / ".venv").write_text("a file")
    assert set_up() == 1
    assert (course / ".venv").read_text() == "a file"


def test_a_folder_that_may_not_be_written_says_so(course, monkeypatch, capfd):
    def refused(environment, *_):
        raise PermissionError(13, "Permission denied", str(course / ".venv" / "bin"))

    monkeypatch.setattr(bootstrap, "make", refused)
    assert set_up() == 1
    said = capfd.readouterr().err
    assert said == (
        f"You may not write in {course}. Copy it to a folder of your own, and there type: {AGAIN}\n"
    )
    (course / ".venv").mkdir()
    monkeypatch.setattr(bootstrap.Environment, "remove", refused)
    assert set_up() == 1
    said = capfd.readouterr().err
    assert "belongs to somebody else" in said
    assert f"  sudo rm -rf '{course / '.venv'}'\n  {AGAIN}" in said
    monkeypatch.setattr(bootstrap, "WINDOWS", True)
    assert set_up() == 1
    assert "Close Jupyter and its windows" in capfd.readouterr().err


# --- Which Python ---


@pytest.fixture
def pythons(course, tmp_path, monkeypatch):
    """A path on which only the Pythons are that a test puts there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(bootstrap.shutil, "which", without_uv(folder))
    return folder


def without_uv(folder):
    return lambda name: str(folder / name) if (folder / name).exists() else None


def test_an_old_python_says_what_to_type(course, pythons, monkeypatch, capfd):
    old_python(pythons / "python3", (3, 9, 18))
    monkeypatch.setattr(bootstrap.sys, "executable", str(pythons / "python3"))
    assert set_up() == 1
    said = capfd.readouterr().err
    assert "The course needs Python 3.11 or newer; this is Python 3.9.18" in said
    assert f"{AGAIN} PYTHON=python3.13" in said
    assert not (course / ".venv").exists()


def test_a_newer_python_on_the_path_is_used(course, pythons, monkeypatch, capfd):
    old_python(pythons / "python3", (3, 9, 18))
    (pythons / "python3.12").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (pythons / "python3.12").chmod(0o755)
    monkeypatch.setattr(bootstrap.sys, "executable", str(pythons / "python3"))
    assert set_up() == 0
    assert "Python 3.9.18" in capfd.readouterr().out
    assert is_whole(course)


def test_a_python_that_makes_no_environments_says_what_to_install(
    course, pythons, monkeypatch, capfd
):
    old_python(pythons / "python3", (3, 12, 3), can_make=False)
    (pythons / "apt-get").touch()
    monkeypatch.setattr(bootstrap.sys, "executable", str(pythons / "python3"))
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    assert set_up() == 1
    said = capfd.readouterr().err
    assert f"  sudo apt install python3.12-venv\n  {AGAIN}\n" in said
    assert not (course / ".venv").exists()


def test_a_program_that_does_not_start_is_no_python(pythons):
    (pythons / "python3.12").write_text("#!/bin/sh\nexit 127\n")
    (pythons / "python3.12").chmod(0o755)
    assert bootstrap.probe(str(pythons / "python3.12")) is None
    assert bootstrap.probe(str(pythons / "nothing")) is None


def test_an_old_python_can_read_the_program():
    source = (ROOT / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    newer = ("removeprefix", "removesuffix", "capture_output", "text=True", "missing_ok", ":=")
    assert not [word for word in newer if word in source]
    tree = ast.parse(source)
    lines = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = [getattr(n, "module", None) or n.names[0].name for n in lines]
    imported = {name.split(".")[0] for name in names}
    assert imported <= sys.stdlib_module_names - {"tomllib", "zoneinfo", "graphlib"}


# --- uv ---


def fake_uv(folder, script):
    path = folder / "uv"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_uv_is_preferred(course, tmp_path, monkeypatch, capfd):
    """A stand-in that does what uv does, with the Python here; it writes down how it is called."""
    log = tmp_path / "calls"
    uv = fake_uv(
        tmp_path,
        f'echo "$@" >> "{log}"\n'
        f'if [ "$1" = venv ]; then for last; do :; done; exec "{sys.executable}" -m venv "$last"\n'
        'else python="$4"; shift 4; exec "$python" -m pip install "$@"; fi',
    )
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: str(uv) if name == "uv" else None)
    assert set_up() == 0
    made, packages, itself = log.read_text().splitlines()
    assert made.startswith("venv --seed ")
    assert packages.startswith(f"pip install --python {python_of(course)} --require-hashes")
    assert "--no-deps" in itself
    assert is_whole(course)


def test_where_uv_gives_up_pip_takes_over(course, tmp_path, monkeypatch, capfd):
    uv = fake_uv(tmp_path, "echo 'error: no index' >&2; exit 2")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: str(uv) if name == "uv" else None)
    assert set_up() == 0
    said = capfd.readouterr().out
    assert "uv could not make the environment (error: no index). Using pip." in said
    assert is_whole(course)


# --- What is said meanwhile ---


def test_progress_counts_packages_and_megabytes(capsys, monkeypatch):
    monkeypatch.setattr(bootstrap.Progress, "SECONDS_BETWEEN_LINES", 0)
    progress = bootstrap.Progress(3, lambda: 2)
    for line in (
        "Collecting numpy==2.4.6 (from -r requirements.txt (line 1))",
        "  Downloading numpy-2.4.6-cp311.whl.metadata (6.6 kB)",
        "  Downloading numpy-2.4.6-cp311.whl (16.9 MB)",
        "Downloading scipy (35.4MiB)",
        "  Using cached jedi-0.20.1-py3-none-any.whl (1.6 MB)",
        "WARNING: Retrying (Retry(total=4)) after connection broken",
        "Installing collected packages: numpy, scipy",
    ):
        progress.hear(line)
    said = [line.split("  ")[-1] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        "loading: 1 of 3 packages, 0 MB",
        "loading: 1 of 3 packages, 0 MB",
        "loading: 1 of 3 packages, 16 MB",
        "loading: 1 of 3 packages, 52 MB",
        "loading: 1 of 3 packages, 53 MB",
        "no answer from the network, trying again",
        "installing: 2 of 3 packages, 53 MB",
    ]


def test_packages_for_other_systems_are_not_counted(tmp_path, monkeypatch):
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "a==1 \\\n    --hash=sha256:00\n"
        "b==1 ; sys_platform == 'darwin' \\\nc==2 ; x == 'y'\n# d==1\n"
    )
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    assert bootstrap.count(lock) == 2
    monkeypatch.setattr(bootstrap.sys, "platform", "darwin")
    assert bootstrap.count(lock) == 3


def test_what_leads_an_installer_astray_is_left_out(monkeypatch):
    unwanted = ("PYTHONHOME", "PIP_USER", "PIP_TARGET", "VIRTUAL_ENV", "UV_SYSTEM_PYTHON")
    for name in unwanted:
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://example.org")
    kept = bootstrap.clean_environment()
    assert not set(unwanted) & set(kept)
    assert kept["PIP_INDEX_URL"] == "https://example.org"


# --- Opening ---


@pytest.mark.parametrize("command", ["lab", "notebook", "desk"])
def test_options_are_handed_on(ready, monkeypatch, command):
    started = []
    monkeypatch.setattr(bootstrap, "start", lambda command: started.append(command) or 0)
    assert bootstrap.main([command, "--port=9999", "--no-browser"]) == 0
    handed_on = ["--port=9999", "--no-browser"]
    assert started == [[str(python_of(ready)), "-m", "helpers.desk", command, *handed_on]]


def test_without_make_the_program_says_its_own_name(monkeypatch):
    monkeypatch.delenv("BOOTSTRAP_TYPED", raising=False)
    assert bootstrap.typed("lab") == "python3 bootstrap.py lab"
    monkeypatch.setattr(bootstrap, "WINDOWS", True)
    assert bootstrap.typed("lab") == "py bootstrap.py lab"


def test_no_command_lists_them(capsys):
    with pytest.raises(SystemExit):
        bootstrap.main(["--help"])
    said = capsys.readouterr().out
    assert all(command in said for command in bootstrap.COMMANDS)
