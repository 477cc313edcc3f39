"""A pytest plugin: the kernels that nbval starts are talked to through files, not ports."""

import nbval.kernel

from helpers.course.kernels import FileKernelManager

nbval.kernel.KernelManager = FileKernelManager
