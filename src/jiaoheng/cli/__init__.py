"""The command line: thin commands over `workspace`, each with `--json`."""

from jiaoheng.cli.app import main

__all__ = ["main"]
