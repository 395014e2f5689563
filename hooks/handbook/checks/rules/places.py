"""Which words readers see on which line of the source, and what of it is code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from handbook.pages.model import Page, TextRun

CODE = "\ufffc"
"""Stands for a piece of code within a line's text, so that its neighbours do not meet."""

_NEARBY = 8
_TEXT_ATTRIBUTES = {"alt", "title"}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE_CODE = re.compile(r"(`+)(?!`).{0,2000}?(?<!`)\1(?!`)")


@lru_cache(maxsize=16)
def seen_lines(page: Page) -> dict[int, str]:
    """The text that readers see, by source line; code and passages in another language left out."""
    lines: dict[int, str] = {}
    for run in page.runs:
        own = not run.language or run.language.startswith(page.language)
        text = run.text if own and not run.code else CODE
        line = run.line if run.code else _line_of(page, run.text.strip(), run.line)
        lines[line] = lines.get(line, "") + text
    return lines


def _line_of(page: Page, text: str, line: int) -> int:
    """The source line of a text, which is further down if it begins with signs (`**`, `|`, `!!!`).

    Signs carry no mark of their own, so they seem to belong to the line above.
    """
    if not text or text[0].isalnum() or text in page.lines[line - 1]:
        return line
    first = text.split("\n", maxsplit=1)[0]
    nearby = range(line, min(line + _NEARBY, len(page.lines)))
    return next((number + 1 for number in nearby if first in page.lines[number]), line)


@lru_cache(maxsize=16)
def code_lines(page: Page) -> frozenset[int]:
    """The source lines of which all that readers see is code."""
    code = {line for run in page.runs if run.code for line in _lines_of_code(page, run)}
    return frozenset(code - {run.line for run in page.runs if not run.code})


def _lines_of_code(page: Page, run: TextRun) -> range:
    """Lines of code that begin with HTML carry no mark, so they seem to belong to one above."""
    first, *others = run.text.split("\n")
    line = line_with(page, first.strip(), run.line)
    return range(line, line + 1 + len(others))


def hidden_texts(page: Page) -> Iterator[tuple[int, str]]:
    """(line, text) of what is not in the page's text but read by someone: hover texts, search."""
    description = page.front_matter.get("description")
    if isinstance(description, str):
        yield line_with(page, "description", 1), description
    for tag in page.tags:
        for name, value in tag.attributes:
            first = value.strip().split("\n")[0]
            if name in _TEXT_ATTRIBUTES and first:
                line = line_with(page, first, 1)
                if first in page.lines[line - 1]:  # not a text that Markdown makes up
                    yield line, value


def line_with(page: Page, words: str, start: int) -> int:
    """The first line from `start` on that holds `words`; `start` if none does."""
    for number in range(max(start, 1), len(page.lines) + 1):
        if words in page.lines[number - 1]:
            return number
    return start


def set_apart(page: Page, number: int, right: str) -> str:
    """What should stand in the place of a line: `right`, with an empty line above and below."""
    above = page.lines[number - 2].strip() if number > 1 else ""
    below = "".join(page.lines[number : number + 1]).strip()
    return "\n" * bool(above) + right + "\n" * bool(below)


@lru_cache(maxsize=16)
def typed_lines(page: Page) -> tuple[str, ...]:
    """The lines of the page's Markdown as typed, blank where they are code or comment.

    Counts from the first line of the file; the front matter is blank.
    """
    code = fenced_lines(page)
    lines = [
        "" if number < page.first_line or number in code else _INLINE_CODE.sub(_blank, line)
        for number, line in enumerate(page.lines, start=1)
    ]
    return tuple(_COMMENT.sub(_blank, "\n".join(lines)).split("\n"))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


@lru_cache(maxsize=16)
def fenced_lines(page: Page) -> frozenset[int]:
    """The lines of code blocks; those of a fence that hold nothing to see lie between others."""
    code = sorted(code_lines(page))
    seen = sorted(seen_lines(page))
    inside = set(code)
    for first, second in pairwise(code):
        following = bisect_right(seen, first)
        if following == len(seen) or seen[following] >= second:
            inside.update(range(first, second))
    return frozenset(inside)
