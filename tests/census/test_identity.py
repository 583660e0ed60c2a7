"""Identifiers of persons become keyed hashes, and the key is kept."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import sys
from pathlib import Path

import pytest

from jiaoheng.census.identity import KEY_FILE, KeyFileError, hash_identifiers, load_or_create_key

KEY = bytes(range(32))


def test_the_hash_is_hmac_sha256() -> None:
    wanted = hmac.new(KEY, b"G440101199901011234", hashlib.sha256).hexdigest()[:32]
    assert hash_identifiers(["G440101199901011234"], KEY) == [f"h1:{wanted}"]


def test_another_key_gives_another_hash() -> None:
    assert hash_identifiers(["G1"], KEY) != hash_identifiers(["G1"], KEY[::-1])


def test_nothing_stays_nothing_and_needs_no_key() -> None:
    assert hash_identifiers([None, None], None) == [None, None]


def test_a_hash_is_not_hashed_again() -> None:
    (once,) = hash_identifiers(["G1"], KEY)
    assert once is not None
    assert hash_identifiers([once, once.upper()], KEY) == [once, once]


@pytest.mark.parametrize("text", ["h1:123", "h1:" + "g" * 32, "h2:" + "a" * 32, "h1:" + "a" * 33])
def test_what_only_looks_like_a_hash_is_hashed(text: str) -> None:
    (result,) = hash_identifiers([text], KEY)
    assert result != text


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = load_or_create_key(tmp_path)
    assert len(key) == 32
    assert load_or_create_key(tmp_path) == key
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(tmp_path / KEY_FILE).st_mode) == 0o600


def test_two_workspaces_have_different_keys(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert load_or_create_key(tmp_path / "a") != load_or_create_key(tmp_path / "b")


@pytest.mark.parametrize("content", ["", "abc", "zz" * 32, "00" * 16])
def test_a_damaged_key_is_an_error_and_is_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / KEY_FILE).write_text(content)
    with pytest.raises(KeyFileError, match="备份"):
        load_or_create_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_text() == content


def test_a_missing_folder_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="文件夹"):
        load_or_create_key(tmp_path / "nowhere")
