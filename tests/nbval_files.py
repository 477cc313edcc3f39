"""A pytest plugin: nbval on a busy machine.

Its kernels are talked to through files, not ports, and what a cell prints may come late.
"""

import nbval.kernel
import nbval.plugin

from helpers.course.kernels import FileKernelManager

SECONDS = 120  # where nbval waits for five, and has no option

nbval.kernel.KernelManager = FileKernelManager
nbval.plugin.IPyNbCell.output_timeout = property(lambda _: SECONDS, lambda *_: None)
