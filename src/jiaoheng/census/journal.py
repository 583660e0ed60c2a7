"""YAML files with one list that is only ever added to: what people wrote into them stays, nothing is lost.

Entries are written behind the text that is there, so comments and order stay. Each addition takes the place
of the file as a whole, once it is proved to say what it should: what was acknowledged outlives a crash.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from jiaoheng.census.files import remove_stale, sync_folder
from jiaoheng.errors import JiaohengError


class JournalError(JiaohengError):
    """Entries cannot be written behind those that the file has."""


class Flow(dict[str, Any]):
    """A mapping short enough to stand on one line."""


class Quoted(str):
    """Words that every reader of YAML must take for text: a code, a number that is a name."""


def append(
    path: Path, key: str, entries: Sequence[Any], *, head: str, proved: Callable[[Path], bool]
) -> None:
    """Write entries at the end of the list `key`; whoever calls holds a lock.

    Parameters
    ----------
    entries : plain mappings, with `Flow` and `Quoted` where wanted.
    head : what a new file starts with; it ends with the line of the key.
    proved : whether a file says what it should; asked of the new text before it takes the file's place.

    Raises
    ------
    JournalError
        The file is written in a way that nothing can be put behind.
    OSError
        The disk refused; the file is as it was.
    """
    text = path.read_text(encoding="utf-8-sig") if path.exists() else head
    _replace(path, _extended(text, key, entries), key, proved)


def _extended(text: str, key: str, entries: Sequence[Any]) -> str:
    """The file's text and the entries behind it, indented as those before."""
    if re.search(rf"^{key}:\s*(\[\s*\]|~|null)?\s*(#.*)?$", text, re.MULTILINE) is None:
        text = text.rstrip() + ("\n" if text.strip() else "") + f"{key}:\n"
    text = re.sub(rf"^{key}:\s*(\[\s*\]|~|null)[ \t]*$", f"{key}:", text, flags=re.MULTILINE)
    first = re.search(rf"^{key}:[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*( *)- ", text, re.MULTILINE)
    indent = first[1] if first else "  "
    block = yaml.dump(list(entries), Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    lines = "".join(f"{indent}{line}\n" if line else "\n" for line in block.splitlines())
    return text.rstrip() + "\n" + lines


def _replace(path: Path, text: str, key: str, proved: Callable[[Path], bool]) -> None:
    prefix = f".{path.stem}-"
    remove_stale(path.parent, f"{prefix}*.yaml")
    descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=".yaml", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        if not proved(beside):
            raise JournalError(
                f"{path}：这个文件的写法不能在后面续写。请把 {key} 写成每条一个“- ”开头的项，再试一次。"
            )
        os.replace(beside, path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), True)
)
_Dumper.add_representer(
    Quoted, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style='"')
)


__all__ = ["Flow", "JournalError", "Quoted", "append"]
