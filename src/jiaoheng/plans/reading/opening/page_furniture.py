"""Tells what of a web page stands around the document: scripts, menus, breadcrumbs, footers."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An element of lxml, which has no types."""

_NEVER_READ = frozenset((
    "script", "style", "template", "noscript", "head", "title", "nav", "footer", "aside", "select",
    "option", "textarea", "button", "input", "iframe", "object", "embed", "svg", "audio", "video",
    "canvas", "map", "dialog", "rt", "rp", "datalist", "link", "meta",
))  # fmt: skip
_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar",
))  # fmt: skip
_NAMES = frozenset((
    "nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
    "footer", "foot", "bottom", "sidebar", "share", "bdsharebuttonbox", "copyright", "toolbar",
    "pagination", "pager", "related", "recommend", "qrcode", "ewm", "search", "login", "dqwz", "header",
    "top", "banner", "logo",
))  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HAN = re.compile("[\u4e00-\u9fff]")

_AROUND = re.compile(
    r"\W*(?:(?:[您你]?(?:现在|当前|所在)?的?位置|浏览次?[数量]|点击[数量]|[上下]一[篇条])\s*[:：]|分享到|扫一扫|【字体|字体\s*[:：]"
    r"|(?:(?:相关(?:链接|阅读|文档|稿件|解读|新闻)|打印(?:本[页文])?|关闭(?:窗口|本页)?|返回顶部|收藏|字体|[大中小])\W*)+\Z)"
)
_FOOTING = re.compile(r"网站标识码|ICP备|公网安备|版权所有|网站地图")
_SHORT = 150
"""Lines around a document have fewer characters than this, its feet fewer Chinese ones than twice this."""
_LARGE = 1 / 3
"""What holds more of the words of the page than this share is no furniture, whatever its name."""
_LINKED = 0.8
_FEWEST_LINKS = 3


def furniture(root: Element) -> frozenset[Element]:
    """The elements of a page that a reader of the document does not read."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    words, linked, links = _counts(elements)
    whole = words[root]
    dropped = set()
    for element in elements:
        if element.getparent() in dropped or _is_never_read(element):
            dropped.add(element)
        elif words[element] > _LARGE * whole:
            continue
        elif (
            _is_named_so(element, words[element] - linked[element])
            or _is_list_of_links(element, words[element], linked[element], links[element])
            or _is_line_around(element, words[element])
        ):
            dropped.add(element)
    return frozenset(dropped)


def _counts(elements: list[Element]) -> tuple[dict[Element, int], ...]:
    """Of each element: its Chinese characters, those of them in links, and its links."""
    words = dict.fromkeys(elements, 0)
    linked, links = words.copy(), words.copy()
    for element in reversed(elements):
        if _is_never_read(element):
            words[element] = 0
        else:
            words[element] += len(_HAN.findall(element.text or ""))
        if element.tag == "a":
            linked[element], links[element] = words[element], 1
        parent = element.getparent()
        if parent is not None:
            words[parent] += words[element] + len(_HAN.findall(element.tail or ""))
            linked[parent] += linked[element]
            links[parent] += links[element]
    return words, linked, links


def _is_never_read(element: Element) -> bool:
    if element.tag in _NEVER_READ:
        return True
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    return element.tag == "sup" and any(link.get("href", "").startswith("#") for link in element.iter("a"))


def _is_named_so(element: Element, said: int) -> bool:
    """Whether role, class or id say that it is furniture; a head that holds a title is none."""
    if element.tag in ("body", "html", "table", "tbody", "tr", "td", "th") or said > 2 * _SHORT:
        return False
    if element.get("role") in _ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if not any(word.lower() in _NAMES for word in _WORD.findall(names)):
        return False
    return next(element.iter("h1", "h2", "p"), None) is None or "foot" in names.lower()


def _is_list_of_links(element: Element, words: int, linked: int, links: int) -> bool:
    return links >= _FEWEST_LINKS and words > 0 and linked >= _LINKED * words


def _is_line_around(element: Element, words: int) -> bool:
    if element.tag in ("td", "th", "tr", "table") or words > 2 * _SHORT or not words:
        return False
    said = "".join(element.itertext()).strip()
    if len(said) < _SHORT and _AROUND.match(said):
        return True
    return _FOOTING.search(said) is not None and not re.search("[。；]", said)
