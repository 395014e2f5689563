"""HTML typed on a page: nothing that can act, load or hide, and no headings or links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.checks.rules.places import place, typed_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page, Tag

UNSAFE_HTML = rule("unsafe-html")
RAW_HTML = rule("raw-html")

_ALLOWED = {
    "abbr", "b", "br", "cite", "code", "del", "details", "dfn", "div", "em", "figcaption", "figure",
    "i", "ins", "kbd", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
    "summary", "sup", "u", "var", "wbr",
}  # fmt: skip
_ACTIVE = {
    "applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input",
    "link", "math", "meta", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "video",
}  # fmt: skip
_ATTRIBUTES = {
    "align", "alt", "cite", "class", "colspan", "datetime", "dir", "headers", "height", "href",
    "hreflang", "id", "lang", "loading", "markdown", "open", "rel", "reversed", "role", "rowspan",
    "scope", "src", "start", "title", "type", "value", "width", "aria-label", "aria-hidden",
    "translate",
}  # fmt: skip
_MARKDOWN = {
    "a": {"zh": "[文字](頁面.md)", "en": "[text](page.md)"},
    "img": {"zh": "![圖片說明](圖片.png)", "en": "![what the picture shows](picture.png)"},
}
_OTHERWISE = {"zh": "刪去標籤，用 Markdown 寫", "en": "delete the tag and write it in Markdown"}
_HEADING = re.compile("h([1-6])")
_WRAPPERS = {
    "table", "ul", "ol", "dl", "menu", "select", "picture", "svg", "math", "form", "object",
    "frameset", "map",
}  # fmt: skip
"""Elements whose parts need no message of their own."""
_OF_THE_THEME = re.compile(r"(?:^|\s)md-")
_SET_BY_MARKDOWN = {"data-footnote-backref", "data-footnote-ref", "data-lang", "data-linenos"}
_MISLEADING = re.compile(
    r"<!---?>|--!>|<!(?!--)|<\?|</?(?:html|body|head|image|isindex|plaintext)\b[^<>]*>?",
    re.IGNORECASE,
)
"""A comment that a browser ends at once, and tags whose attributes it moves to the page itself."""


def check_html(page: Page) -> Iterator[Diagnostic]:
    """Every element of the rendered page, and what is typed that a browser reads otherwise."""
    misleading = list(_misleading(page))
    yield from misleading
    lines = {diagnostic.line for diagnostic in misleading}
    wrapped = False
    for tag in page.tags:
        wrapped = wrapped and tag.raw
        if tag.line in lines and tag.raw:
            continue
        found = "" if wrapped else _unsafe(tag)
        if found:
            yield UNSAFE_HTML.at(place(page, tag.line, f"<{tag.name}"), found=found)
        elif tag.raw and tag.name not in _ALLOWED and not wrapped:
            where = place(page, tag.line, f"<{tag.name}")
            yield RAW_HTML.at(where, found=f"<{tag.name}>", fix=_instead(tag))
        wrapped = wrapped or (tag.raw and tag.name in _WRAPPERS)


def _unsafe(tag: Tag) -> str:
    """What on the element can act, load or hide; "" if nothing."""
    if tag.name in _ACTIVE and (tag.raw or tag.name != "input"):
        return f"<{tag.name}>"
    for name, value in tag.attributes:
        if name not in _ATTRIBUTES and not _is_markdowns(tag, name):
            return f'{name}="{value}"'
        if name == "class" and _OF_THE_THEME.search(value):
            return f'{name}="{value}"'
    return ""


def _misleading(page: Page) -> Iterator[Diagnostic]:
    """Comments and tags that browsers end, merge or move, unlike the parser used here."""
    for number in range(page.first_line, len(page.lines) + 1):
        line = page.lines[number - 1]
        match = _MISLEADING.search(line) if "<" in line or "--!>" in line else None
        if match and match[0] in _typed(page, number, match[0]):
            yield UNSAFE_HTML.at(place(page, number, match[0]), found=match[0])


def _typed(page: Page, number: int, found: str) -> str:
    """The line without code and, unless it is about one, without comments."""
    line = typed_lines(page)[number - 1]
    return page.lines[number - 1] if found.startswith(("<!--", "--")) and line != "" else line


def _is_markdowns(tag: Tag, name: str) -> bool:
    """What Markdown's own extensions set: code blocks, footnotes."""
    return (not tag.raw and name in _SET_BY_MARKDOWN) or (tag.raw and name == "tabindex")


def _instead(tag: Tag) -> object:
    heading = _HEADING.fullmatch(tag.name)
    if heading:
        hashes = "#" * int(heading[1])
        return {"zh": f"{hashes} 標題", "en": f"{hashes} Heading"}
    return _MARKDOWN.get(tag.name, _OTHERWISE)
