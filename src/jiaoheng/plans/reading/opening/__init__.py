"""Opens a document of any kind as a `Source`, within limits that no file can break.

The kind is told from the content (`kinds`). ``plain_text`` reads .txt and .md, ``web_page`` .html, ``word``
.docx, ``portable`` .pdf. All but plain text are read into `blocks`, of which the text is composed.
"""

from __future__ import annotations

from jiaoheng.plans.reading.opening.door import open_document

__all__ = ["open_document"]
