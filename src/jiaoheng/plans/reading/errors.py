"""What can be wrong with a document that is to be read."""

from __future__ import annotations

from jiaoheng.errors import JiaohengError


class ReadingError(JiaohengError):
    """A document cannot be read. The message names the file, what is wrong, and what to do."""
