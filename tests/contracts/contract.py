"""Reads the contracts: published figures with their source, which only a decision record may change."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LEDGER = HERE / "ledger.yaml"
DECISIONS = HERE.parents[1] / "docs" / "decisions"


def contract(name: str) -> dict[str, Any]:
    """The figures of ``<name>.yaml``."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def contracts() -> dict[str, Path]:
    """Every contract by name: tables of figures, and tests that hold their figures themselves."""
    tables = [path for path in HERE.glob("*.yaml") if path != LEDGER]
    tests = list(HERE.glob("test_*_contract.py"))
    return {path.stem: path for path in sorted([*tables, *tests])}


def fingerprint(path: Path) -> str:
    """The hash of what a contract says; spaces, line breaks and imports are no part of it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        said = json.dumps(yaml.safe_load(text), ensure_ascii=False, sort_keys=True, default=str)
    else:
        imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
        left_out = {line for node in imports for line in range(node.lineno, (node.end_lineno or 0) + 1)}
        lines = enumerate(text.splitlines(), start=1)
        said = "".join("".join(line.split()) for number, line in lines if number not in left_out)
    return hashlib.sha256(said.encode()).hexdigest()
