import pytest
from hypothesis import settings

from . import peers

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def torch():
    module = peers.load("torch")
    module.set_num_threads(1)
    return module


@pytest.fixture(scope="session")
def sklearn():
    return peers.load("sklearn")
