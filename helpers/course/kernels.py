"""Kernels that are talked to through files, where that is possible.

A kernel's ports are chosen before it opens them. On a busy machine another program takes one in
between, and the kernel dies. Nobody takes a file in a folder of its own.
"""

import shutil
import sys
import tempfile
import weakref
from pathlib import Path

from jupyter_client.connect import ConnectionFileMixin
from jupyter_client.manager import AsyncKernelManager, KernelManager
from traitlets import default


class _ThroughFiles(ConnectionFileMixin):
    """Where a kernel's sockets are."""

    @default("transport")
    def _files_or_ports(self) -> str:
        return "tcp" if sys.platform == "win32" else "ipc"

    @default("ip")
    def _place(self) -> str:
        if self.transport == "tcp":
            return "127.0.0.1"
        folder = tempfile.mkdtemp(prefix="kernel-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return str(Path(folder) / "socket")


class FileKernelManager(_ThroughFiles, KernelManager):
    """For who waits for a kernel."""


class AsyncFileKernelManager(_ThroughFiles, AsyncKernelManager):
    """For who does something else meanwhile."""
