"""Marks: one private character for each source line, put where the line's text begins.

There Markdown takes the mark for a letter like any other, so that it changes nothing and tells, in
the rendered page, from which source line the words beside it came. Where no letter could stand
(a fence, a ruling, a definition) the line gets no mark.
"""

from __future__ import annotations

import re

from markdown.util import BLOCK_LEVEL_ELEMENTS

MARKS = re.compile("[\U000f0000-\U0010fffd]")
"""Private characters that never belong to the text."""

_FIRST = 0xF0000

_STRUCTURE = re.compile(
    r"(?:[ \u3000]|>|[*+-](?=[ ])|\d+\.(?=[ ])|\#{1,6}|:(?=[ ])|\||\[\^[^\]]*\]:)*", re.VERBOSE
)
"""What may stand before a line's text: indents, quotes, bullets, `##`, `|`, `[^note]:`."""

_WITHOUT_TEXT = re.compile(
    r"""
    `{3,}[^`]*$|~{3,}                       # fences
    | \{.*\}\ *$                            # attribute lists
    | \[TOC\]\s*$
    | \*\[[^\]]*\]\ ?:                      # abbreviations
    | \[[^\[\]]*\]:\ *(?:\S+\ *(?:["'(].*)?)?$   # link definitions
    | [\W_]*$                               # rules, table rulings, underlines: no words
    """,
    re.VERBOSE,
)
_BOX = re.compile(r'(?:!!!|\?\?\?\+?) ?[\w -]*(?:(?P<title>")(?=[^"].*" *$)|"" *$|$)')
"""The first line of an admonition or of details; the title is its only text."""

_BLOCK_HTML = re.compile(r"<(?:[!?]|/?([a-zA-Z][^\s<>/]*))")
_HTML = re.compile(r"(?:<!--(?:(?!-->).)*+-->|<(?!!--)[^<>]*+>|\ )++(?=[^<{&\s])")
_OPENING = re.compile(r"""(?:["'(]|\[(?![\^\]])|(?:(?:\*+|_+)\s+)*(?:\*+|_+)?)(?=.)""")
"""A quotation mark may open a link's title, `[` a link's name, and emphasis looks beside it."""


def mark(line: str, number: int) -> str:
    """`line` (without tabs) with the mark of line `number` where its text begins, if it has any.

    A second mark follows the end of a comment, in which the first may vanish.
    """
    if not line:
        return line
    places = {_text_begins(line, 0)}
    if "-->" in line:
        places.add(_text_begins(line, line.rindex("-->") + len("-->")))
    for start in sorted((place for place in places if place is not None), reverse=True):
        line = f"{line[:start]}{chr(_FIRST + number)}{line[start:]}"
    return line


def _text_begins(line: str, start: int) -> int | None:
    start = _after(_STRUCTURE, line, start)
    if line.startswith(("!!!", "???"), start) and (box := _BOX.match(line, start)):
        return box.end() if box["title"] else None
    if line.startswith("<", start) and _is_block(line, start):
        html = _after(_HTML, line, start)
        if html == start:
            return None
        start = _after(_STRUCTURE, line, html)
    if _WITHOUT_TEXT.match(line, start):
        return None
    return _after(_OPENING, line, start)


def _after(pattern: re.Pattern[str], line: str, start: int) -> int:
    """Where what `pattern` matches at `start` ends; `start` if it matches nothing there."""
    match = pattern.match(line, start)
    return match.end() if match else start


def _is_block(line: str, start: int) -> bool:
    """Whether HTML at `start` is a block, which Markdown knows only at the start of a line."""
    match = _BLOCK_HTML.match(line, start)
    return match is not None and (match[1] is None or match[1].lower() in BLOCK_LEVEL_ELEMENTS)


def line_of(char: str) -> int:
    """The line number that a mark stands for."""
    return ord(char) - _FIRST


def unmarked(text: str) -> str:
    """`text` without marks."""
    return MARKS.sub("", text)
