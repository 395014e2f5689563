"""HTML typed on a page: nothing that can act, load or hide, and no headings or links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic, Rule, Wording
from handbook.model import Page, Tag
from handbook.rules.places import place

UNSAFE_HTML = Rule(
    "unsafe-html",
    zh=Wording(
        "頁面應只有文字與排版，實際有 {found}，它會在讀者的瀏覽器裏執行或載入別的東西", "刪去它"
    ),
    en=Wording(
        "expected text and layout only, found {found}, which acts or loads in a reader's browser",
        "delete it",
    ),
)
RAW_HTML = Rule(
    "raw-html",
    zh=Wording("應用 Markdown 寫法，實為 HTML 標籤 {found}", "{fix}"),
    en=Wording("expected Markdown, found the HTML tag {found}", "{fix}"),
)

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
    "translate", "name",
}  # fmt: skip
_MARKDOWN = {
    "a": {"zh": "[文字](頁面.md)", "en": "[text](page.md)"},
    "img": {"zh": "![圖片說明](圖片.png)", "en": "![what the picture shows](picture.png)"},
}
_OTHERWISE = {"zh": "刪去標籤，用 Markdown 寫", "en": "delete the tag and write it in Markdown"}
_HEADING = re.compile("h([1-6])")


def check_html(page: Page) -> Iterator[Diagnostic]:
    """Every element of the rendered page."""
    for tag in page.tags:
        where = place(page, tag.line, f"<{tag.name}")
        if tag.name in _ACTIVE and not _is_own(tag):
            yield UNSAFE_HTML.at(where, found=f"<{tag.name}>")
            continue
        for name, value in tag.attributes:
            if name not in _ATTRIBUTES and not _is_markdowns(tag, name):
                yield UNSAFE_HTML.at(where, found=f'{name}="{value}"')
        if tag.raw and tag.name not in _ALLOWED:
            yield RAW_HTML.at(where, found=f"<{tag.name}>", fix=_instead(tag))


def _is_own(tag: Tag) -> bool:
    return not tag.raw and tag.name == "input"


def _is_markdowns(tag: Tag, name: str) -> bool:
    """What Markdown's own extensions set: footnotes, task lists, code blocks."""
    return (not tag.raw and name.startswith("data-")) or (tag.raw and name == "tabindex")


def _instead(tag: Tag) -> object:
    heading = _HEADING.fullmatch(tag.name)
    if heading:
        hashes = "#" * int(heading[1])
        return {"zh": f"{hashes} 標題", "en": f"{hashes} Heading"}
    return _MARKDOWN.get(tag.name, _OTHERWISE)
