"""Where words stand in the source, and which words readers see on which line."""

from __future__ import annotations

from functools import lru_cache

from handbook.diagnostics import Place
from handbook.model import Page

CODE = "\ufffc"
"""Stands for a piece of code within a line's text, so that its neighbours do not meet."""


def place(page: Page, line: int, words: str = "") -> Place:
    """The place of `words` on `line` of `page`, of the line itself if they are not found there."""
    column = 1
    if words and 0 < line <= len(page.lines):
        column = page.lines[line - 1].find(words) + 1 or 1
    return Place(page.path, line, column, page.language)


@lru_cache(maxsize=16)
def seen_lines(page: Page) -> dict[int, str]:
    """The text that readers see, by source line; code and passages in another language left out."""
    lines: dict[int, str] = {}
    for run in page.runs:
        own = not run.language or run.language.startswith(page.language)
        text = run.text if own and not run.code else CODE
        lines[run.line] = lines.get(run.line, "") + text
    return lines


@lru_cache(maxsize=16)
def code_lines(page: Page) -> frozenset[int]:
    """The source lines of which all that readers see is code."""
    code = {run.line for run in page.runs if run.code}
    return frozenset(code - {run.line for run in page.runs if not run.code})
