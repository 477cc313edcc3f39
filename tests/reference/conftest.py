import warnings

import pytest

from tests import needs


@pytest.fixture(scope="session")
def torch():
    needs.require("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
    torch.set_num_threads(1)
    return torch


@pytest.fixture(scope="session")
def sklearn():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import sklearn
    return sklearn
