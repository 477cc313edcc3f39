import pytest

from . import peers


@pytest.fixture(scope="session")
def torch():
    module = peers.load("torch")
    module.set_num_threads(1)
    return module


@pytest.fixture(scope="session")
def sklearn():
    return peers.load("sklearn")
