"""The faces of official documents, and what stands in for each where a machine does not have it."""

from __future__ import annotations

from dataclasses import dataclass

LATIN = "Times New Roman"


@dataclass(frozen=True)
class Face:
    """A Chinese font as Word knows it.

    ``others`` are its other names and its stand-ins, the best first; ``family`` is the kind of letter
    that a program falls back to when it has none of them.
    """

    name: str
    others: tuple[str, ...]
    family: str = "roman"


# 方正小标宋 is sold under several names; 宋体 is the nearest that every Windows has.
TITLE = Face(
    "方正小标宋简体", ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "华文中宋", "宋体", "Noto Serif CJK SC")
)
BODY = Face("仿宋_GB2312", ("仿宋", "FangSong", "FangSong_GB2312", "华文仿宋", "Noto Serif CJK SC"))
HEI = Face("黑体", ("SimHei", "华文黑体", "Noto Sans CJK SC"), family="swiss")
KAI = Face("楷体_GB2312", ("楷体", "KaiTi", "KaiTi_GB2312", "华文楷体", "Noto Serif CJK SC"))
SONG = Face("宋体", ("SimSun", "新宋体", "华文宋体", "Noto Serif CJK SC"))
FACES = (BODY, TITLE, HEI, KAI, SONG)


def table_xml() -> bytes:
    """``fontTable.xml``: every face that the document names, with its stand-ins (``w:altName``)."""
    faces = "".join(_font(face.name, ",".join(face.others), face.family, "86") for face in FACES)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{faces}{_font(LATIN, 'Liberation Serif', 'roman', '00')}</w:fonts>"
    ).encode()


def stand_ins_xml() -> bytes:
    """A configuration for fontconfig: the machine's own, and our stand-ins for faces that it does not have.

    LibreOffice reads no ``w:altName``; on Linux it asks fontconfig, which would give one font for all.
    """
    faces = "".join(_alias(face.name, face.others) for face in FACES)
    latin = _alias(LATIN, ("Liberation Serif", "Tinos", "Noto Serif", "Noto Serif CJK SC"))
    own = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig>{own}{faces}{latin}</fontconfig>"
    ).encode()


def _alias(name: str, others: tuple[str, ...]) -> str:
    families = "".join(f"<family>{other}</family>" for other in others)
    return f'<alias binding="same"><family>{name}</family><accept>{families}</accept></alias>'


def _font(name: str, others: str, family: str, charset: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )
