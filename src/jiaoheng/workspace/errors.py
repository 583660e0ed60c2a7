"""What a workspace refuses."""

from jiaoheng.errors import JiaohengError


class WorkspaceError(JiaohengError):
    """A workspace cannot do what was asked of it."""
