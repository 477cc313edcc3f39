"""One JupyterLab for all tests of a process that look at the course's notebooks."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from . import lab


@dataclass(frozen=True)
class Jupyter:
    """A JupyterLab that runs, and the folder whose files it shows."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory):
    """Start JupyterLab on a copy of all student notebooks."""
    folder = tmp_path_factory.mktemp("course") / "notebooks"
    shutil.copytree(lab.ROOT / "notebooks", folder)
    with lab.server(folder) as address:
        yield Jupyter(address, folder)
