"""`jiaoheng.toml`: whose workspace a folder is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from jiaoheng.census.files import replace
from jiaoheng.errors import JiaohengError

FILE_NAME = "jiaoheng.toml"

_KNOWN = (
    "synthetic（true 或 false）、standards（标准编号的列表）、"
    "region.code（6 位行政区划代码）、region.name（县名）"
)


class SettingsError(JiaohengError):
    """A workspace's settings cannot be read."""


class Region(BaseModel):
    """A county: its GB/T 2260 code and its name (empty until a census says it)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str = ""

    @field_validator("code")
    @classmethod
    def _six_digits(cls, code: str) -> str:
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValueError("不是 6 位行政区划代码")
        return code


class Settings(BaseModel):
    """What `jiaoheng.toml` holds.

    ``synthetic`` marks a made-up county: every report then says so on its first page. ``standards`` are those
    that the monitoring report speaks of; where there are none, the national ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: Region
    synthetic: bool = False
    standards: tuple[str, ...] = ()

    def save(self, folder: Path) -> Path:
        """Write the settings into the folder, whole or not at all; the file's path."""
        path = folder / FILE_NAME
        named = json.dumps(self.standards, ensure_ascii=False)
        standards = f"standards = {named}\n" if self.standards else ""
        text = (
            "# 教衡工作区。region.code 是 GB/T 2260 行政区划代码。\n"
            f"synthetic = {'true' if self.synthetic else 'false'}\n"
            f"{standards}\n"
            "[region]\n"
            f"code = {json.dumps(self.region.code)}\n"
            f"name = {json.dumps(self.region.name, ensure_ascii=False)}\n"
        )
        replace(path, text.encode())
        return path


def load(folder: Path) -> Settings:
    """Read the settings of a workspace.

    Raises
    ------
    SettingsError
        The file is missing, is not TOML, or says something that the settings do not know.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise SettingsError(
            f"{folder}：不是教衡工作区（没有 {FILE_NAME}）。请先运行 jiaoheng init {folder} --region 代码。"
        )
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}：不是 UTF-8 编码的 TOML 文件（{error}）。请改正后再试。") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path} › {place}：{first['msg']}。可用的设置：{_KNOWN}。") from None


def create(folder: Path, *, region: str, name: str, synthetic: bool) -> Path:
    """Make the folder of a new workspace with its settings; the folder.

    Raises
    ------
    SettingsError
        The code is not one of GB/T 2260, or the folder is a workspace already.
    """
    if (folder / FILE_NAME).exists():
        raise SettingsError(f"{folder}：已经是一个工作区，没有改动。请换一个文件夹。")
    try:
        made = Settings(region=Region(code=region, name=name), synthetic=synthetic)
    except ValidationError:
        raise SettingsError(f"“{region}”不是 6 位行政区划代码（GB/T 2260）。请写成如 441284。") from None
    for part in ("plans", "packs", "out"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    made.save(folder)
    return folder
