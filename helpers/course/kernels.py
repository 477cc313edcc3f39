"""Kernels that are talked to through files, where that is possible.

A kernel's ports are chosen before it opens them. On a busy machine another program takes one in
between, and the kernel dies. Nobody takes a file in a folder of its own.
"""

import sys
import tempfile
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager, KernelManager
from traitlets import default


class _ThroughFiles:
    """Where a kernel's sockets are."""

    @default("transport")
    def _files_or_ports(self) -> str:
        return "tcp" if sys.platform == "win32" else "ipc"

    @default("ip")
    def _place(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        self._folder = tempfile.TemporaryDirectory(prefix="kernel-")  # goes with its manager
        return str(Path(self._folder.name) / "socket")


class FileKernelManager(_ThroughFiles, KernelManager):
    """For who waits for a kernel."""


class AsyncFileKernelManager(_ThroughFiles, AsyncKernelManager):
    """For who does something else meanwhile."""
