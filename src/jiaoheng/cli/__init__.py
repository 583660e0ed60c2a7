"""The command line: thin commands over `workspace`. Each takes `--json` and exits 0, 1 (falls short) or 2 (bad input)."""

from jiaoheng.cli.app import main

__all__ = ["main"]
