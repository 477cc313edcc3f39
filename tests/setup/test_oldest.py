"""The oldest versions that the course says will do: every notebook runs with them."""

import json
import os
import subprocess
import venv
from pathlib import Path

import pytest

from helpers.environment import PACKAGES
from tests.waiting import PATIENT

ROOT = Path(__file__).parents[2]
# What these versions, as Colab has them, run in; none of it is a requirement of the course.
KERNEL = ("ipykernel==6.17.1", "jupyter-client==7.4.9", "nbclient==0.10.4", "nbformat==5.10.4")
RUN = """
import json, sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(
    notebook, timeout=600, iopub_timeout=600, kernel_name="python3", allow_errors=True
).execute()
said = [out for cell in notebook.cells for out in cell.get("outputs", [])]
wrong = [out.get("text") or out.evalue for out in said
         if out.output_type == "error" or out.get("name") == "stderr"]
shown = [out.get("data", {}) for out in said]
moved = sum("application/vnd.jupyter.widget-view+json" in data  # an explorer of either kind
            or 'script type="module"' in "".join(data.get("text/html", "")) for data in shown)
print(json.dumps([wrong, moved]))
"""
pytestmark = [pytest.mark.tier("full"), pytest.mark.xdist_group("oldest")]


@pytest.fixture(scope="module")
def oldest(tmp_path_factory):
    """An environment with the oldest versions; returns its Python."""
    folder = tmp_path_factory.mktemp("oldest")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pins = [f"{package}=={version}.*" for package, version in PACKAGES.items()]
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for packages in ([*pins, *KERNEL], [ROOT]):
        subprocess.run([*install, *packages], env=os.environ | PATIENT, check=True)
    return python


@pytest.mark.parametrize("path", sorted(ROOT.glob("solutions/*/*.ipynb")), ids=lambda p: p.stem)
def test_every_notebook_runs_with_the_oldest_versions(oldest, path, tmp_path):
    code = "import helpers; print(helpers.__file__)"
    where = subprocess.run([oldest, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert str(oldest.parents[1]) in where.stdout  # and not the folder of the tests
    done = subprocess.run(
        [oldest, "-c", RUN, path], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    wrong, moved = json.loads(done.stdout.splitlines()[-1])
    assert wrong == []
    source = path.with_suffix(".md").read_text(encoding="utf-8")
    assert (moved > 0) == ("explorers." in source)
