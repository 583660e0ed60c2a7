"""Fills a template, or says which tag is wrong, where it stands, and what was probably meant."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import docx
import jinja2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate

from jiaoheng.errors import JiaohengError
from jiaoheng.reports.docx import package
from jiaoheng.reports.pictures import Painter
from jiaoheng.reports.word_template.insert import Markup, picture_markup, table_markup
from jiaoheng.reports.word_template.sandbox import Function, Sandbox, TagError
from jiaoheng.reports.word_template.values import Values

_MOST_BYTES = 200_000_000
_SHOWN = 60
_WIDTH, _NARROWEST, _WIDEST = 150.0, 20.0, 400.0
_PIXELS = 640
_FALLBACK_FACE = "仿宋_GB2312"
# What an input method for Chinese puts where a tag needs the plain sign.
_PLAIN = str.maketrans("（），．［］＝＋－＊／＞＜！：　", "(),.[]=+-*/><!: ")
_BRACES = (("｛｛", "{{"), ("｝｝", "}}"), ("｛%", "{%"), ("%｝", "%}"), ("｛％", "{%"), ("％｝", "%}"))
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_TABLE_TAGS, _CHART_TAGS = ("插表", "whole_table"), ("插图", "chart")
# Where text begins and ends, and the tags that put in something whole.
_IN_TEXT = re.compile(r"<w:t(?: [^>]*)?>|</w:t>|\{\{\s*(插表|whole_table|插图|chart)\s*\(")
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注"}


class WordTemplateError(JiaohengError):
    """A template cannot be read, or one of its tags cannot be filled."""


def fill(template: Path, values: Values, painter: Painter) -> bytes:
    """The template with every tag filled.

    Parameters
    ----------
    template : a .docx file.
    painter : draws the charts.

    Returns
    -------
    bytes
        A .docx file. Data that are made up are marked as such on top, where the template does not do so.

    Raises
    ------
    WordTemplateError
        The file is no Word document, or a tag asks for what is not there: the message names the place, the
        tag, and the names that come nearest.
    """
    content = _read(template)
    filler = _Filler(content, template.name)
    top = values.top() | _inserted(filler, values, painter)
    filler.render({}, Sandbox(top), autoescape=True)
    if values.warning:
        _warn(filler.docx, values.warning)
    return package.to_bytes(filler.docx, created=values.inputs.generated_on)


def _read(path: Path) -> bytes:
    """The file's bytes, if they are a Word document of a sane size."""
    content = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > _MOST_BYTES:
            raise WordTemplateError(f"{path}：展开后有 {size // 1_000_000} MB，不像模板，没有打开。")
        docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise WordTemplateError(
            f"{path}：不是 Word 文档（.docx）。请在 Word 或 WPS 里打开它，另存为 .docx 后再试。"
        ) from None
    return content


def _inserted(filler: _Filler, values: Values, painter: Painter) -> dict[str, Any]:
    """The functions that put in a whole table or a chart."""
    document = docx.Document(io.BytesIO(filler.content))
    face, room = _face(document), _room(document)

    def table(name: Any = "", **options: Any) -> Markup:
        return table_markup(values.table(name), face, room=Mm(_width(options, room)).pt)

    def chart(name: Any = "", **options: Any) -> Any:
        width = _width(options, min(room, _WIDTH))
        wanted = values.chart(name)
        picture = painter.draw(wanted, width=_PIXELS)
        if picture is None:
            return f"（图：{wanted.title}。{wanted.alt}）"
        return picture_markup(wanted, picture, filler.current_rendering_part, width=width)

    tables, charts = Function("插表", table), Function("插图", chart)
    return dict.fromkeys(_TABLE_TAGS, tables) | dict.fromkeys(_CHART_TAGS, charts)


def _width(options: dict[str, Any], usual: float) -> float:
    """The width in millimetres that a tag asks for."""
    width = options.pop("宽", options.pop("width", usual))
    if options:
        raise TagError(f"不认识“{next(iter(options))}”。可以写 宽=150（毫米）")
    if not isinstance(width, int | float) or not _NARROWEST <= width <= _WIDEST:
        raise TagError(f"宽应是 {_NARROWEST:g} 到 {_WIDEST:g} 之间的毫米数")
    return width


class _Filler(DocxTemplate):  # type: ignore[misc]
    """docxtpl, which forgives what input methods do to tags and says in which paragraph one is wrong."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(io.BytesIO(content))
        self.content = content
        self._name = name

    def patch_xml(self, src_xml: str) -> str:
        for full, plain in _BRACES:
            src_xml = src_xml.replace(full, plain)
        patched: str = super().patch_xml(src_xml)
        return _TAG.sub(_plain, patched)

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: Any = None
    ) -> str:
        # The lines as docxtpl hands them to Jinja: each paragraph begins one.
        lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n")
        try:
            _check_places(lines)
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except Exception as error:
            line = getattr(error, "lineno", None) or _line(error.__traceback__)
            raise WordTemplateError(
                f"{self._name} › {_part_name(part)}{_place(lines, line)}：{_said(error)}。请改正模板后再试。"
            ) from None

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        try:
            super().render_properties(context, jinja_env)
        except Exception as error:
            raise WordTemplateError(f"{self._name} › 文档属性：{_said(error)}。请改正模板后再试。") from None


def _check_places(lines: list[str]) -> None:
    """A table stands between paragraphs and a picture in one: elsewhere they would break the document."""
    inside = False
    for number, line in enumerate(lines, start=1):
        for found in _IN_TEXT.finditer(line):
            if found[0].startswith("<"):
                inside = not found[0].startswith("</")
            elif inside and found[1] in _TABLE_TAGS:
                raise TagError(f"{found[1]}要单独成一段，写成 {{{{p {found[1]}(…) }}}}", number)
            elif not inside and found[1] in _CHART_TAGS:
                raise TagError(f"{found[1]}前面不要写 p，写成 {{{{ {found[1]}(…) }}}}", number)


def _plain(tag: re.Match[str]) -> str:
    """A tag with plain signs; what stands in quotation marks stays as it is."""
    pieces = _QUOTED.split(tag[0])
    return "".join(piece if place % 2 else piece.translate(_PLAIN) for place, piece in enumerate(pieces))


def _said(error: Exception) -> str:
    match error:
        case TagError():
            return str(error)
        case jinja2.TemplateSyntaxError():
            return f"标签写法有误，请核对括号和引号是否成对、for 和 if 是否有结尾（{error.message}）"
        case jinja2.UndefinedError():
            return str(error.message).rstrip("。")
        case RecursionError():
            return "标签套得太深"
        case TypeError() if "NoneType" in str(error):
            return "有一个值没有数据，不能比较或计算。可先判断：if ….数值 is not none"
        case _:
            return f"标签无法计算（{error}）"


def _line(traceback: TracebackType | None) -> int | None:
    """The template's line at which an error arose; Jinja puts its own lines into the traceback."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _place(lines: list[str], line: int | None) -> str:
    """The words of the paragraph, as a person would look for them."""
    if line is None or not 0 < line <= len(lines):
        return ""
    words = html.unescape(re.sub(r"<[^>]+>", "", lines[line - 1])).strip()
    if len(words) > _SHOWN:
        start = max(0, words.find("{") - _SHOWN // 3)
        words = f"{'…' if start else ''}{words[start : start + _SHOWN]}…"
    return f"“{words}”"


def _part_name(part: Part) -> str:
    stem = re.sub(r"\d+$", "", Path(str(part.partname)).stem)
    return _PARTS.get(stem, stem)


def _face(document: Document) -> str:
    """The East Asian font of the template's own text: of its normal style, else of its defaults."""
    normal = document.styles["Normal"].element
    defaults = document.styles.element
    for element in (normal, defaults):
        for fonts in element.iter(qn("w:rFonts")):
            name = fonts.get(qn("w:eastAsia"))
            if name:
                return str(name)
    return _FALLBACK_FACE


def _room(document: Document) -> float:
    """The width of the text on the template's first page, in millimetres."""
    first = document.sections[0]
    page, left, right = first.page_width, first.left_margin, first.right_margin
    if page is None or left is None or right is None:
        return _WIDTH
    return max(_NARROWEST, (page - left - right) / Mm(1))


def _warn(document: Document, warning: str) -> None:
    """Put the warning on top, unless the template says it somewhere itself."""
    said = "".join(text.text or "" for text in document.element.body.iter(qn("w:t")))
    if warning in said:
        return
    first = document.element.body[0]
    paragraph = document.add_paragraph()
    run = paragraph.add_run(warning)
    run.bold = True
    face = _face(document)
    run.font.name = face
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    first.addprevious(paragraph._p)
