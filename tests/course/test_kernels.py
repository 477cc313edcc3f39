"""Kernels are talked to through files of their own."""

import gc
import sys
from pathlib import Path

import pytest

from helpers.course.kernels import FileKernelManager

pytestmark = pytest.mark.tier("check")


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_where_a_kernel_is_talked_to(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    one, other = FileKernelManager(), FileKernelManager()
    if platform == "win32":
        assert (one.transport, one.ip) == ("tcp", "127.0.0.1")
        return
    assert one.transport == "ipc"
    assert one.ip != other.ip
    folder = Path(one.ip).parent
    assert folder.is_dir()
    assert folder.is_absolute()
    del one
    gc.collect()
    assert not folder.exists()
