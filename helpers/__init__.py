"""Backprop by Hand: the network, its checks, its figures and its explorers.

Parts load on first use, so ``import helpers`` costs next to nothing: Matplotlib
and ipywidgets are imported only when a figure or an explorer is.

A notebook starts with ``from helpers import check, explorers, figures, quiz``.
"""

from importlib import import_module
from typing import Any

_PARTS = {
    "check": ("helpers.checks.notebook", "check"),
    "checks": ("helpers.checks", None),
    "environment": ("helpers.environment", None),
    "explorers": ("helpers.explorers", None),
    "figures": ("helpers.figures", None),
    "progress": ("helpers.progress", None),
    "quiz": ("helpers.quiz", None),
    "reference": ("helpers.reference", None),
}

__all__ = list(_PARTS)


def __getattr__(name: str) -> Any:
    if name not in _PARTS:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    module, attribute = _PARTS[name]
    part = import_module(module)
    return getattr(part, attribute) if attribute else part


def __dir__() -> list[str]:
    return __all__
