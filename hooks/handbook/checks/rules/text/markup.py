"""Markdown that the site reads otherwise than it was meant, and HTML that may not be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.base.words import both
from handbook.checks.rules.places import line_with, seen_lines, typed_lines
from handbook.checks.rules.role.anchors import meant_anchor
from handbook.checks.rules.text.link_syntax import IN_A_TAG
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page, Tag
from handbook.pages.parsing.structure import is_numbered, locate

MISREAD = rule("markup-misread")
CELLS = rule("markup-misread/cells")
UNSAFE_HTML = rule("unsafe-html")
RAW_HTML = rule("raw-html")


_VOID = {
    "br", "hr", "img", "input", "wbr", "meta", "link", "area", "base", "col", "embed", "source",
}  # fmt: skip
_OPTIONAL_END = {"p", "li", "dt", "dd", "td", "th", "tr", "option", "thead", "tbody"}
_CONTAINERS = {"article", "body", "details", "div", "html", "main", "p", "section", "span"}
"""Elements of the theme around a page, which a stray end on the page would close."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])(?P<rest>[^<>]*)>")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")
_BOX = re.compile(r"(!!!|\?\?\?\+?)[ \t]+\w")
_EMPTY_ITEM = re.compile(r"\s{0,3}-{1,2}\s*")
_UNDERLINE = re.compile(r"(-{3,}|={2,}) *")
_RULED = re.compile(r"[\s|:-]*-[\s|:-]*")
_BAR = re.compile(r"(?<!\\)\|")
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：", "；")
_EMPTY_HEADING = re.compile(r"\s{0,3}(#{2,6})\s*#*\s*")


def check_markup(page: Page) -> Iterator[Diagnostic]:
    """Blocks that are not closed, empty items and headings, sentences that became headings."""
    yield from _fences(page)
    yield from _comments(page)
    yield from _tags(page)
    yield from _empty(page)
    yield from _underlined(page)
    yield from _boxes(page)
    yield from _cells(page)


def _misread(
    page: Page, line: int, expected: str, fix: str, start: str, end: str = ""
) -> Diagnostic:
    """One whose words have the keys `expected` and `fix`."""
    told = both(f"rule.markup.{expected}", start=start, end=end)
    mend = both(f"rule.markup.{fix}", start=start, end=end)
    return MISREAD.at(page.place(line, start), expected=told, fix=mend)


def _fences(page: Page) -> Iterator[Diagnostic]:
    """A fence that readers see has no end."""
    for line, text in seen_lines(page).items():
        match = _FENCE.match(text)
        if match:
            fence = match["fence"]
            start = line_with(page, fence, line)
            yield _misread(page, start, "closing-fence", "close-here", fence, fence)
            return


def _comments(page: Page) -> Iterator[Diagnostic]:
    for number, line in enumerate(typed_lines(page), start=1):
        if "<!--" in line:
            yield _misread(page, number, "closing-comment", "close-here", "<!--", "-->")
            return


def _tags(page: Page) -> Iterator[Diagnostic]:
    """The first typed tag without its end, or end without its tag."""
    text = "\n".join(typed_lines(page))
    raw = {tag.name for tag in page.tags if tag.raw}
    opened: list[tuple[str, str, int]] = []
    for tag in _TAG.finditer(text):
        name, number = tag["name"].lower(), text.count("\n", 0, tag.start()) + 1
        known = name in raw or name in _CONTAINERS
        if not known or name in _VOID or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            opened.append((name, tag[0], number))
            continue
        position = next((i for i in reversed(range(len(opened))) if opened[i][0] == name), None)
        if position is None:
            yield _misread(page, number, "closing-tag", "fill-or-delete", tag[0], f"<{name}>")
            return
        del opened[position]
    for name, typed, number in opened:
        if name not in _OPTIONAL_END:
            yield _misread(page, number, "closing-tag", "close-here", typed, f"</{name}>")
            return


def _empty(page: Page) -> Iterator[Diagnostic]:
    """A `-` or `##` with nothing behind it: the line above, or nothing, becomes a heading."""
    lines = typed_lines(page)
    headings = {heading.line for heading in page.headings if heading.level == 2}
    blank = any(not heading.text and heading.level > 1 for heading in page.headings)
    for number, line in enumerate(lines, start=1):
        match = _EMPTY_HEADING.fullmatch(line) if blank else None
        if match:
            yield _misread(page, number, "heading-text", "fill-or-delete", match[1])
        elif number - 1 in headings and _EMPTY_ITEM.fullmatch(line):
            yield _misread(page, number, "item-text", "fill-or-delete", line.strip())


def _underlined(page: Page) -> Iterator[Diagnostic]:
    """A rule right below a sentence, which makes a heading of the sentence."""
    lines = typed_lines(page)
    sections = [each.heading for each in locate(page)] if page.is_role else []
    title = next((each for each in page.headings if each.level == 1), None)
    for heading in page.headings[page.headings.index(title) :] if title else ():
        under = _UNDERLINE.fullmatch(lines[heading.line]) if heading.line < len(lines) else None
        named = lines[heading.line - 1].rstrip().endswith("}")
        meant = named or heading in (*sections, title) or is_numbered(heading)
        if under and (heading.text.endswith(_ENDS) or not meant):
            yield _misread(page, heading.line + 1, "empty-line", "part-or-delete", under[1])


def _boxes(page: Page) -> Iterator[Diagnostic]:
    """A box whose words are not indented is empty."""
    lines = typed_lines(page)
    for number, line in enumerate(lines, start=1):
        match = _BOX.match(line)
        if not match:
            continue
        inside = next((each for each in lines[number:] if each.strip()), "")
        if not inside.startswith(("    ", "\t")):
            yield _misread(page, number, "box-text", "indent", match[1])


def _cells(page: Page) -> Iterator[Diagnostic]:
    """A row of a table with more cells than its head, of which the site shows only as many."""
    most = 0
    lines = typed_lines(page)
    for number, line in enumerate(lines, start=1):
        if _RULED.fullmatch(line) and "|" in line:
            most = _count(line) if _count(lines[number - 2]) == _count(line) else 0
        elif not line.strip():
            most = 0
        elif most and (found := _count(line)) > most:
            yield CELLS.at(page.place(number), expected=most, found=found)


def _count(line: str) -> int:
    """How many cells a row of a table has."""
    return len(_BAR.findall(line.strip().strip("|"))) + 1


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
_MARKDOWN = {"a": "rule.links.to-page", "img": "rule.markup.img"}
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
    wrapped, typed = False, typed_lines(page)
    for tag in page.tags:
        wrapped = wrapped and tag.raw
        if tag.raw and (
            tag.line in lines or ("." in tag.name and IN_A_TAG.search(typed[tag.line - 1]))
        ):
            continue
        found = "" if wrapped or meant_anchor(page, tag) else _unsafe(tag)
        if found:
            yield UNSAFE_HTML.at(page.place(tag.line, f"<{tag.name}"), found=found)
        elif tag.raw and tag.name not in _ALLOWED and not wrapped:
            where = page.place(tag.line, f"<{tag.name}")
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
            yield UNSAFE_HTML.at(page.place(number, match[0]), found=match[0])


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
        return both("rule.markup.heading", hashes=hashes)
    return both(_MARKDOWN.get(tag.name, "rule.markup.otherwise"))
