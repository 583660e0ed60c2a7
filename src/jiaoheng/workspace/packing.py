"""A county's own rules: packs written as workbooks, optional packs, and what is in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jiaoheng import packs
from jiaoheng.census.workbook import open_book
from jiaoheng.measures.columns import all_columns
from jiaoheng.packs.pack import Pack
from jiaoheng.packs.sheets import read_sheets, sheets_of
from jiaoheng.packs.yaml_lines import Located, build, nearest, text_of
from jiaoheng.packs.yaml_lines import load as load_file
from jiaoheng.packs.yaml_lines import read as read_yaml
from jiaoheng.reports.pack_workbook import render_pack
from jiaoheng.workspace.errors import WorkspaceError
from jiaoheng.workspace.files import put

Origin = Literal["shipped", "optional", "local"]

FOLDER = "packs"
"""Where a county's own packs are, in its workspace."""


@dataclass(frozen=True)
class KnownPack:
    """A pack, and where it comes from: with Jiaoheng, on offer with Jiaoheng, or the county's own."""

    origin: Origin
    path: Path
    pack: Pack

    @property
    def id(self) -> str:
        """The id of its document."""
        return self.pack.document.id

    def counts(self) -> dict[str, int]:
        """How many entries it has, by section; sections without any are left out."""
        sections = {name: getattr(self.pack, name) for name in Pack.model_fields if name != "document"}
        return {name: len(entries) for name, entries in sections.items() if entries}


def known_packs(folder: Path | None) -> tuple[KnownPack, ...]:
    """All packs: those in force first, the county's own last. An optional one that was added is the county's.

    Raises
    ------
    PackError
        One of the county's own cannot be read.
    """
    local = () if folder is None else _known("local", sorted((folder / FOLDER).glob("*.yaml")))
    taken = {one.id for one in local}
    offered = (one for one in _known("optional", packs.optional_paths()) if one.id not in taken)
    return (*_known("shipped", packs.builtin_paths()), *offered, *local)


def write_pack_workbook(path: Path, *, like: str | None = None, overwrite: bool = False) -> Path:
    """Write an empty workbook for a pack, or one that holds a pack.

    Parameters
    ----------
    like : the id of a document whose pack comes with Jiaoheng, or a pack's YAML file.

    Raises
    ------
    WorkspaceError
        There is no such pack, or there is a file already, which somebody may have filled in.
    """
    if path.suffix.lower() != ".xlsx":
        raise WorkspaceError(f"{path}：规则工作簿的扩展名应是 .xlsx。请改正。")
    if path.exists() and not overwrite:
        raise WorkspaceError(
            f"{path}：已有这个文件，可能已经填过，没有改动。请换一个名字，或加 --overwrite 覆盖。"
        )
    pack = None if like is None else _pack_named(like)
    title = "规则包" if pack is None else f"规则包：{pack.document.title}"
    return put(render_pack(sheets_of(pack), title=title), path)


def import_pack(folder: Path, path: Path, *, overwrite: bool = False) -> KnownPack:
    """Take a filled workbook into a county's own packs: proved beside all others, whole or not at all.

    Raises
    ------
    FileError
        The workbook cannot be opened.
    PackError
        Something in it is wrong; a line for each fault, with sheet, row and column.
    WorkspaceError
        The county has a pack of this document already.
    """
    book = open_book(path)
    located = read_sheets(book.file, [(sheet.name, sheet.rows) for sheet in book.visible])
    pack = build(Pack, located)
    comment = f"# 由工作簿 {book.file} 导入。可以直接修改，也可以改工作簿后重新导入。\n"
    return _take(folder, pack, located, comment + text_of(located.data), overwrite=overwrite)


def add_pack(folder: Path, name: str, *, overwrite: bool = False) -> KnownPack:
    """Copy an optional pack into a county's own, where it holds from then on and can be changed.

    Raises
    ------
    WorkspaceError
        No optional pack has that name, or the county has it already.
    PackError
        It does not fit the county's other packs.
    """
    offered = _known("optional", packs.optional_paths())
    chosen = next((one for one in offered if name in (one.id, one.path.stem)), None)
    if chosen is None:
        ids = [one.id for one in offered]
        hint = nearest(name, ids) or f"可选：{'、'.join(ids)}。"
        raise WorkspaceError(f"没有可选的规则包“{name}”。{hint}")
    text = chosen.path.read_text("utf-8")
    located = read_yaml(chosen.path)
    return _take(folder, chosen.pack, located, text, overwrite=overwrite)


def packs_document(known: Sequence[KnownPack]) -> list[dict[str, Any]]:
    """What `known_packs` found, for JSON."""
    return [
        {
            "origin": one.origin,
            "document": one.id,
            "title": one.pack.document.title,
            "number": one.pack.document.number,
            "file": str(one.path),
            "entries": one.counts(),
            "standards": [standard.id for standard in one.pack.standards],
            "score_cards": [card.id for card in one.pack.score_cards],
        }
        for one in known
    ]


def _take(folder: Path, pack: Pack, located: Located, text: str, *, overwrite: bool) -> KnownPack:
    """Prove a pack beside all others and write it; what was there before is replaced or left as it is."""
    target = folder / FOLDER / f"{pack.document.id.replace('-', '_')}.yaml"
    others = [path for path in sorted((folder / FOLDER).glob("*.yaml")) if path != target]
    packs.load((*packs.builtin_paths(), *others), columns=all_columns(), drafts=[located])
    if target.exists() and not overwrite:
        raise WorkspaceError(f"{target}：已有这份文件的规则，没有改动。要用新的代替，请加 --overwrite。")
    return KnownPack("local", put(text.encode(), target), pack)


def _known(origin: Origin, paths: Sequence[Path]) -> tuple[KnownPack, ...]:
    return tuple(KnownPack(origin, path, load_file(Pack, path)) for path in paths)


def _pack_named(like: str) -> Pack:
    if like.endswith((".yaml", ".yml")):
        return load_file(Pack, Path(like))
    known = list(_by_name(known_packs(None)))
    for names, pack in known:
        if like in names:
            return pack
    ids = [names[0] for names, _ in known]
    hint = nearest(like, ids) or f"可用：{'、'.join(ids)}。"
    raise WorkspaceError(f"没有规则包“{like}”。{hint}")


def _by_name(known: Sequence[KnownPack]) -> Iterator[tuple[tuple[str, ...], Pack]]:
    for one in known:
        standards = [standard.id.replace("_", "-") for standard in one.pack.standards]
        yield (one.id, one.path.stem, *standards), one.pack


__all__ = [
    "FOLDER",
    "KnownPack",
    "add_pack",
    "import_pack",
    "known_packs",
    "packs_document",
    "write_pack_workbook",
]
