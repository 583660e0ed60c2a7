"""The error of this room."""

from __future__ import annotations

from jiaoheng.errors import JiaohengError


class EngineError(JiaohengError):
    """An engine that cannot be opened, or a query that it cannot run. The message is Chinese."""
