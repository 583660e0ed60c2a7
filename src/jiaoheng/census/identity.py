"""Turns identifiers of persons into keyed hashes, so that no snapshot, log or message holds one.

The same person has the same hash in every table and year of a workspace, and nobody without the workspace's
key can go back or try out candidates (HMAC-SHA256, RFC 2104; cut to 128 bits).
"""

from __future__ import annotations

import contextlib
import hmac
import os
import re
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jiaoheng.census.files import remove_stale
from jiaoheng.errors import JiaohengError

KEY_FILE = "secret.key"
PREFIX = "h1:"
"""Marks a hash and its making, so that what was taken out of a snapshot is not hashed twice."""

_HEX_DIGITS = 32
HASHED = f"^{PREFIX}[0-9a-f]{{{_HEX_DIGITS}}}$"
"""What a stored identifier looks like, as a regular expression."""

_HASHED = re.compile(HASHED, re.IGNORECASE)


class KeyFileError(JiaohengError):
    """The workspace's key is missing or not valid."""


def load_or_create_key(folder: Path | str) -> bytes:
    """The key of a workspace; made at the first call, readable by its owner alone.

    Raises
    ------
    KeyFileError
        The file is there and does not hold a key. A new key would break the link to earlier years, so none
        is made.
    """
    path = Path(folder) / KEY_FILE
    remove_stale(path.parent, f".{KEY_FILE}-*")
    if not path.exists():
        try:
            _create(path)
        except OSError as error:
            raise KeyFileError(
                f"{path}：无法建立密钥文件（{error.strerror}）。请检查文件夹是否存在、可写。"
            ) from None
    return _load(path)


def _create(path: Path) -> None:
    """Put a new key in place whole, unless another process did so meanwhile."""
    descriptor, name = tempfile.mkstemp(
        prefix=f".{KEY_FILE}-", dir=path.parent
    )  # readable by its owner alone
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(32).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def hash_identifiers(values: Sequence[str | None], key: bytes | None) -> list[str | None]:
    """The keyed hash of each identifier; None stays None, and what is already hashed stays as it is.

    Raises
    ------
    KeyFileError
        No key was given though there is something to hash.
    """
    if key is None:
        if all(value is None for value in values):
            return list(values)
        raise KeyFileError(
            "文件中有个人标识（学籍号、身份证件号），但没有给出密钥。请在工作区内导入，或传入 key。"
        )
    return [
        None
        if value is None
        else value.lower()
        if ":" in value and _HASHED.fullmatch(value)
        else PREFIX + hmac.digest(key, value.encode(), "sha256").hex()[:_HEX_DIGITS]
        for value in values
    ]


def _load(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) < 32:
        raise KeyFileError(f"{path}：密钥文件已损坏。请从备份恢复；换用新密钥会使历年的同一个人对不上。")
    return key
