"""Writes PDF files object by object, so that a test can put any letter and any line where it wants.

Letters are those of a font that is not embedded; a reader takes them by their code (UCS-2).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

SIZE = 12
"""The size of letters in points; a Chinese letter is as wide."""
WIDTH, HEIGHT = 595, 842


def words(x: float, y: float, said: str, size: float = SIZE) -> str:
    """Words that begin at `x` and stand on `y`, in points from the upper left corner."""
    code = said.encode("utf-16-be").hex()
    return f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{code}> Tj ET"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A ruled line."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def picture(width: float = WIDTH, height: float = HEIGHT) -> str:
    """A picture from the lower left corner."""
    return f"q {width} 0 0 {height} 0 0 cm /I Do Q"


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[str]:
    """The lines of a table with these edges."""
    return [rule(xs[0], y, xs[-1], y) for y in ys] + [rule(x, ys[0], x, ys[-1]) for x in xs]


def write_pdf(path: Path, pages: Iterable[Sequence[str]], *, page: str = "", trailer: str = "") -> Path:
    """A PDF of `pages`, each the things drawn on it; `page` and `trailer` are added to their dictionaries."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\nA\nendstream",
    ]
    kids = []
    for things in pages:
        content = "\n".join(things)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {page} "
            f"/Contents {len(objects)} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")
    path.write_bytes(out)
    return path
