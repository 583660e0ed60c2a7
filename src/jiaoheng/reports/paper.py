"""Documents on paper: the Word file with its page numbers, and the PDF."""

from __future__ import annotations

from jiaoheng.reports import docx, html, pdf
from jiaoheng.reports.blocks import Document
from jiaoheng.reports.pdf import PdfError
from jiaoheng.reports.pictures import Painter

NO_PAGES = (
    "Word 文件的目录没有页码：没有可用的 LibreOffice 来排版。"
    "在 Word 或 WPS 里右键单击目录，选“更新域”“更新整个目录”，页码就会出现。"
)
NO_PROGRAM = (
    "写 PDF 需要 LibreOffice（由 Word 文件转换）或者 Chrome、Edge、Chromium 浏览器（由网页打印），"
    "这台机器上都没有找到。请安装其中一个，或者先写成 Word 文件（docx），在 Word、WPS 里另存为 PDF。"
)
NO_FONT_FOR_PDF = (
    "这台机器没有中文字体，写出的 PDF 里汉字会是空框，因此没有写。"
    "请安装一种中文字体（如思源黑体 Noto Sans CJK SC）后重试，或者先写成 Word 文件（docx）。"
)


class Press:
    """Sets documents; what two files of one document share (charts, the Word file) is made once.

    ``warnings`` collects what a reader of the files must know.
    """

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self._painter = Painter()
        self._last: tuple[Document, bytes] | None = None

    def word(self, document: Document) -> bytes:
        """``document`` as a Word file; its contents have page numbers where LibreOffice can say them.

        Lines are fixed in height, so that Word breaks pages where LibreOffice does. Without LibreOffice, or
        where it fails, the contents are links without numbers: no number is better than a wrong one.
        """
        if self._last is None or self._last[0] is not document:
            self._last = (document, self._word(document))
        return self._last[1]

    def pdf(self, document: Document) -> bytes:
        """``document`` as PDF: the Word file by LibreOffice, or else the page by a browser.

        Raises
        ------
        PdfError
            The machine has neither, or no Chinese font, or the program failed.
        """
        if self._painter.warning:
            raise PdfError(NO_FONT_FOR_PDF)
        if pdf.office():
            return pdf.from_docx(self.word(document))
        if pdf.browser():
            return pdf.from_html(html.render(document))
        raise PdfError(NO_PROGRAM)

    def _word(self, document: Document) -> bytes:
        if document.charts and self._painter.warning:
            self._warn(self._painter.warning)
        draft = docx.render(document, painter=self._painter)
        if len(document.chapters) < 2:
            return draft
        pages = _pages(draft)
        if not pages:
            self._warn(NO_PAGES)
            return draft
        return docx.render(document, painter=self._painter, pages=pages)

    def _warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)


def _pages(draft: bytes) -> list[int]:
    """The page of every heading, as LibreOffice breaks them; none where it cannot say."""
    if pdf.office() is None:
        return []
    try:
        return pdf.heading_pages(pdf.from_docx(draft))
    except PdfError:
        return []
