"""Rules of the house: NumPy only, quick to import, small functions, complete docstrings, lean."""

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

import helpers.reference as ref
from helpers.reference import Network

pytestmark = pytest.mark.tier("check")

MODULES = [
    importlib.import_module(f"helpers.reference.{info.name}")
    for info in pkgutil.iter_modules(ref.__path__)
]
FUNCTIONS = [n for n in ref.__all__ if inspect.isfunction(getattr(ref, n))]


def test_only_numpy_is_imported():
    code = "import sys, helpers.reference; print(*{name.split('.')[0] for name in sys.modules})"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"scipy", "sklearn", "torch", "pandas", "matplotlib", "IPython", "ipywidgets", "tqdm"}
    assert not heavy & set(out.stdout.split())
    assert out.stderr == ""


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_modules_are_small_and_functions_fit_on_a_screen(module):
    source = inspect.getsource(module)
    code = 0
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            docstring = ast.get_docstring(node, clean=False) or ""
            length = node.end_lineno - node.lineno + 1 - docstring.count("\n") - bool(docstring)
            assert length <= 60, f"{node.name} has {length} lines"
            code += length
    assert code <= 300


@pytest.mark.parametrize("name", FUNCTIONS)
def test_docstrings_have_an_example_and_name_what_is_raised(name):
    doc = inspect.getdoc(getattr(ref, name))
    assert ">>>" in doc
    if "raise ValueError" in inspect.getsource(getattr(ref, name)):
        assert "Raises" in doc
    signature = inspect.signature(getattr(ref, name))
    assert signature.return_annotation is not inspect.Signature.empty


def test_public_names_exist_once():
    assert all(hasattr(ref, name) for name in ref.__all__)
    assert len(ref.__all__) == len(set(ref.__all__))


def peak(m, epochs):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(m, 20))
    y = (X[:, :1] > 0).astype(float)
    network = Network((20, 8, 1), rng=0, epochs=epochs, batch_size=32)
    network.fit(X[:32], y[:32])  # the first run also imports what shows its progress
    tracemalloc.start()
    network.fit(X, y)
    _, top = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return top / X.nbytes


def test_training_needs_about_one_shuffled_copy_and_does_not_grow_with_epochs():
    short, long = peak(5000, 2), peak(5000, 12)
    assert short < 2.5
    assert long < short * 1.1 + 0.05
