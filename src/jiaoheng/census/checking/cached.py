"""Puts the results of formulas back into a workbook that openpyxl saved: it keeps formulas and drops results.

Without them the formulas count as not worked out, and nothing could be imported until Excel saved the file.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class _Result(NamedTuple):
    """What a formula gave: the type of the value as the file writes it, and its text."""

    kind: str | None
    text: str | None


def keep_cached(saved: bytes, original: bytes) -> bytes:
    """``saved`` with the results that ``original`` has for the same formulas' cells."""
    with zipfile.ZipFile(io.BytesIO(original)) as old:
        results = {name: _results(old.read(part)) for name, part in _parts(old).items()}
    if not any(results.values()):
        return saved
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as new, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        sheets = {part: results.get(name, {}) for name, part in _parts(new).items()}
        for entry in new.infolist():
            content = new.read(entry)
            if sheets.get(entry.filename):
                content = _filled(content, sheets[entry.filename])
            out.writestr(entry, content)
    return target.getvalue()


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part that holds it."""
    relations = _tree(book.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    found = {}
    for sheet in _tree(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if "worksheets/" in part and part in book.namelist():
            found[str(sheet.get("name"))] = part
    return found


def _results(content: bytes) -> dict[str, _Result]:
    if b"<f" not in content and b":f" not in content:
        return {}
    found = {}
    for cell in _tree(content).iter(f"{_MAIN}c"):
        if cell.find(f"{_MAIN}f") is not None:
            value = cell.find(f"{_MAIN}v")
            found[str(cell.get("r"))] = _Result(cell.get("t"), None if value is None else value.text)
    return found


def _filled(content: bytes, results: dict[str, _Result]) -> bytes:
    tree = _tree(content)
    for cell in tree.iter(f"{_MAIN}c"):
        result = results.get(str(cell.get("r")))
        if result is None or cell.find(f"{_MAIN}f") is None:
            continue
        value = cell.find(f"{_MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{_MAIN}v")
        value.text = result.text
        cell.attrib.pop("t", None)
        if result.kind is not None:
            cell.set("t", result.kind)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _tree(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)
