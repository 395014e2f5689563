"""Markdown that the site reads otherwise than it was meant, and HTML that may not be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.checks.rules.places import line_with, place, seen_lines, typed_lines
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page, Tag

MISREAD = rule("markup-misread")
SHOWN = rule("markup-shown")
UNSAFE_HTML = rule("unsafe-html")
RAW_HTML = rule("raw-html")


_VOID = {
    "br",
    "hr",
    "img",
    "input",
    "wbr",
    "meta",
    "link",
    "area",
    "base",
    "col",
    "embed",
    "source",
}
_OPTIONAL_END = {"p", "li", "dt", "dd", "td", "th", "tr", "option", "thead", "tbody"}
_CONTAINERS = {"article", "body", "details", "div", "html", "main", "p", "section", "span"}
"""Elements of the theme around a page, which a stray end on the page would close."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])(?P<rest>[^<>]*)>")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")
_BOX = re.compile(r"(!!!|\?\?\?\+?)[ \t]+\w")
_EMPTY_ITEM = re.compile(r"\s{0,3}-{1,2}\s*")
_EMPTY_HEADING = re.compile(r"\s{0,3}(#{2,6})\s*#*\s*")

_CLOSING_FENCE = {"zh": "代碼框結束的「{end}」", "en": "a line {end} at the end of the code block"}
_CLOSING_COMMENT = {"zh": "註解結束的「-->」", "en": "`-->` at the end of the comment"}
_CLOSING_TAG = {"zh": "與「{start}」成對的「{end}」", "en": "`{end}` to go with `{start}`"}
_ITEM_TEXT = {"zh": "「-」之後的文字", "en": "words after the `-`"}
_BOX_TEXT = {"zh": "提示框之內的文字", "en": "words inside the box"}
_INDENT = {
    "zh": "框內每一行之前加四個空格",
    "en": "put four spaces before each line that belongs in the box",
}
_HEADING_TEXT = {"zh": "「{start}」之後的標題文字", "en": "words after the `{start}`"}
_CLOSE_HERE = {"zh": "在這一塊的末尾另起一行寫上：\n{end}", "en": "write below its end:\n{end}"}
_FILL_OR_DELETE = {"zh": "寫上文字，或刪去這一行", "en": "write something there or delete the line"}

_TABLE = "leave an empty line above the table; its second line is | --- | --- |"
_SIGNS: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = tuple(
    (re.compile(pattern), {"zh": zh, "en": en})
    for pattern, zh, en in (
        (
            r"\*\*|＊＊",
            "粗體寫成 **文字**，星號與文字之間不留空格",
            "bold is **words**, no space inside",
        ),
        (
            r"\{\s*[:#][^{}]*\}?|｛\s*#",
            "標題一行的末尾寫 { #name }",
            "end the heading with { #name }",
        ),
        (
            r"^(?:!!!|！！！|\?\?\?\+?\s)",
            '提示框寫成：\n!!! note "標題"\n\n    內容（縮排四格）',
            'a box is written:\n!!! note "Title"\n\n    words, four spaces in',
        ),
        (r"^\|.*\|\s*$", "表格之前空一行，第二行寫 | --- | --- |", _TABLE),
        (r"^[#＃]+(?=\s|$|[＃])", "標題用半形「#」，最多六個", "a heading takes one to six `#`"),
        (r"^[•●▪◦‣]\s*|^－\s*", "列表每行以「- 」開頭", "begin each line of a list with `- `"),
        (r"^[-+](?=[^\s\d+\-.])", "「-」之後空一格", "put a space after the `-`"),
        (
            r"^\d{1,2}[)）]\s*",
            "編號列表每行以「1. 」開頭",
            "begin each line of the list with `1. `",
        ),
        (r"^\[[ xX]\]\s", "刪去「[ ]」", "delete the `[ ]`"),
        (r"`", "代碼的前後各寫一個「`」", "put a ` on both sides of code"),
        (r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*=[^<>]*)?\s*/?>", "刪去這個標籤", "delete the tag"),
        (r"--8<--|\{%", "刪去它，寫上內容本身", "delete it and write what it means"),
        (r"~~", "刪去這些記號", "delete these signs"),
    )
)
"""What Markdown never leaves in the text that readers see, and what to write instead."""

_ANY_SIGN = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _SIGNS))


def check_markup(page: Page) -> Iterator[Diagnostic]:
    """Blocks that are not closed, empty items and headings, and signs that readers see."""
    yield from _fences(page)
    yield from _comments(page)
    yield from _tags(page)
    yield from _empty(page)
    yield from _boxes(page)
    yield from _shown(page)


def _misread(
    page: Page, line: int, expected: dict[str, str], fix: dict[str, str], start: str, end: str = ""
) -> Diagnostic:
    words = {"start": start, "end": end}
    return MISREAD.at(
        place(page, line, start),
        expected={language: text.format(**words) for language, text in expected.items()},
        fix={language: text.format(**words) for language, text in fix.items()},
    )


def _fences(page: Page) -> Iterator[Diagnostic]:
    """A fence that readers see has no end."""
    for line, text in seen_lines(page).items():
        match = _FENCE.match(text)
        if match:
            fence = match["fence"]
            start = line_with(page, fence, line)
            yield _misread(page, start, _CLOSING_FENCE, _CLOSE_HERE, fence, fence)
            return


def _comments(page: Page) -> Iterator[Diagnostic]:
    for number, line in enumerate(typed_lines(page), start=1):
        if "<!--" in line:
            yield _misread(page, number, _CLOSING_COMMENT, _CLOSE_HERE, "<!--", "-->")
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
            yield _misread(page, number, _CLOSING_TAG, _FILL_OR_DELETE, tag[0], f"<{name}>")
            return
        del opened[position]
    for name, typed, number in opened:
        if name not in _OPTIONAL_END:
            yield _misread(page, number, _CLOSING_TAG, _CLOSE_HERE, typed, f"</{name}>")
            return


def _empty(page: Page) -> Iterator[Diagnostic]:
    """A `-` or `##` with nothing behind it: the line above, or nothing, becomes a heading."""
    lines = typed_lines(page)
    headings = {heading.line for heading in page.headings if heading.level == 2}
    blank = any(not heading.text and heading.level > 1 for heading in page.headings)
    for number, line in enumerate(lines, start=1):
        match = _EMPTY_HEADING.fullmatch(line) if blank else None
        if match:
            yield _misread(page, number, _HEADING_TEXT, _FILL_OR_DELETE, match[1])
        elif number - 1 in headings and _EMPTY_ITEM.fullmatch(line):
            yield _misread(page, number, _ITEM_TEXT, _FILL_OR_DELETE, line.strip())


def _boxes(page: Page) -> Iterator[Diagnostic]:
    """A box whose words are not indented is empty."""
    lines = typed_lines(page)
    for number, line in enumerate(lines, start=1):
        match = _BOX.match(line)
        if not match:
            continue
        inside = next((each for each in lines[number:] if each.strip()), "")
        if not inside.startswith(("    ", "\t")):
            yield _misread(page, number, _BOX_TEXT, _INDENT, match[1])


def _shown(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic for lines in a row."""
    last = 0
    for line, text in seen_lines(page).items():
        stripped = text.lstrip().partition("\n")[0]
        if not _ANY_SIGN.search(stripped) or _FENCE.match(stripped):
            continue
        for pattern, fix in _SIGNS:
            found = pattern.finditer(stripped)
            match = next((each for each in found if _is_meant(page, line, each[0])), None)
            if not match:
                continue
            if line != last + 1:
                yield SHOWN.at(place(page, line, match[0]), found=match[0].strip(), fix=fix)
            last = line
            break


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


def _is_meant(page: Page, line: int, found: str) -> bool:
    """Whether it was to be more than text: a tag written `&lt;b&gt;` or escaped was not."""
    typed = rf"(?<!\\){re.escape(found)}"
    return not found.startswith("<") or re.search(typed, page.lines[line - 1]) is not None
