"""教衡 Jiaoheng: a county's education plan, made computable.

    import jiaoheng as jh

    ws = jh.open("sihui")
    jh.measures.compute(ws.census(2025), by="school")

The rooms (`census`, `measures`, `plans`, `reports`, …) are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from jiaoheng.errors import JiaohengError

if TYPE_CHECKING:
    from jiaoheng import (
        census,
        engine,
        forecast,
        measures,
        packs,
        places,
        plans,
        reports,
        standards,
        terms,
        workspace,
    )
    from jiaoheng.workspace import init, open

__version__ = version("jiaoheng")

_ROOMS = (
    "census",
    "engine",
    "forecast",
    "measures",
    "packs",
    "places",
    "plans",
    "reports",
    "standards",
    "terms",
    "workspace",
)
_CALLS = ("init", "open")

__all__ = [
    "JiaohengError",
    "__version__",
    "census",
    "engine",
    "forecast",
    "init",
    "measures",
    "open",
    "packs",
    "places",
    "plans",
    "reports",
    "standards",
    "terms",
    "workspace",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"jiaoheng.{name}")
    if name in _CALLS:
        return getattr(import_module("jiaoheng.workspace"), name)
    raise AttributeError(f"module 'jiaoheng' has no attribute {name!r}")
