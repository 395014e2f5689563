"""Renders a page as the site does, and still knows which source line every word came from.

Each source line gets one private character where its text begins (after `##`, `-`, `>` …), where
Markdown takes it for a letter like any other. In the rendered page the characters tell the lines;
they are dropped from every text that leaves this package. What decides is thus always what
Python-Markdown renders with the site's own extensions, never a second reading of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import lxml.html
from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.anchors import MARKS, PublicAnchors
from handbook.site_config import SiteConfig
from handbook.vocabulary import Index

_FIRST_MARK = 0xF0000
MOST_LINES = 0xFFFD
"""The most lines that can be marked; a page is far shorter."""

MADE_BY_MARKDOWN = "data-md"
"""Set on every element that Markdown made, so that typed HTML can be told apart."""

WITHOUT_ANCHOR = "data-no-anchor"
"""Set on headings that only have the id that `toc` makes up, which moves when the page changes."""

_BEFORE_TOC = 6
"""`attr_list` (8) and the public anchors (7) have given their ids, `toc` (5) has not."""
_HEADINGS = {f"h{level}" for level in range(1, 7)}

_STRUCTURE = re.compile(
    r"(?:[ \t\u3000]|>|[*+-](?=[ \t])|\d+\.(?=[ \t])|\#{1,6}|:(?=[ \t])|\|)*", re.VERBOSE
)
_UNMARKABLE = re.compile(
    r"""
    ```|~~~|!!!|\?\?\?|<|\{                 # fences, boxes, typed HTML, attribute lists
    | \[[^\]]*\]:|\*\[[^\]]*\]:             # link, footnote and abbreviation definitions
    | [-=+*_|:\s\#~^]+$                    # rules, table rulings, underlines
    """,
    re.VERBOSE,
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\U000f0000-\U0010ffff]")


class _MarkOrigin(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element is not root:
                element.set(MADE_BY_MARKDOWN, "")
            if element.tag in _HEADINGS and not element.get("id"):
                element.set(WITHOUT_ANCHOR, "")


class _Origin(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_MarkOrigin(md), "mark-origin", _BEFORE_TOC)


class Renderer:
    """Renders pages with the site's extensions; make one and use it for many pages.

    Args:
        config: the site's Markdown extensions.
        terms: the vocabulary's look-up, for the public anchors.
    """

    def __init__(self, config: SiteConfig, terms: Index) -> None:
        settings = {name: dict(values) for name, values in config.extension_settings.items()}
        # Neither changes what the page says: link signs beside headings, colours in code.
        settings["toc"] = {**settings.get("toc", {}), "permalink": False, "anchorlink": False}
        settings["pymdownx.highlight"] = {"use_pygments": False}
        self._markdown = Markdown(
            extensions=[*config.extensions, PublicAnchors(terms), _Origin()],
            extension_configs=settings,
        )

    def render(self, lines: Sequence[str], first_line: int) -> HtmlElement:
        """The rendered page as a tree, with marks.

        Args:
            lines: the page's Markdown, without front matter.
            first_line: the number of `lines[0]` in the file, from 1.

        Raises:
            RecursionError: if the page is nested deeper than Markdown can follow.
        """
        marked = "\n".join(
            mark(_UNREADABLE.sub("\ufffd", line), number)
            for number, line in enumerate(lines, start=first_line)
        )
        html = self._markdown.reset().convert(marked)
        parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
        return lxml.html.fragment_fromstring(html.encode(), create_parent="div", parser=parser)


def mark(line: str, number: int) -> str:
    """`line` with the mark of line `number` where its text begins, if it has any."""
    match = _STRUCTURE.match(line)
    start = match.end() if match else 0
    if start == len(line) or _UNMARKABLE.match(line, start):
        return line
    return f"{line[:start]}{chr(_FIRST_MARK + number)}{line[start:]}"


def line_of(char: str) -> int:
    """The line number that a mark stands for."""
    return ord(char) - _FIRST_MARK


def unmarked(text: str) -> str:
    """`text` without marks."""
    return MARKS.sub("", text)
