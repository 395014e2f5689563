"""Renders a page as the site does, and still knows which source line every word came from.

Each source line carries a mark (see `marks`), which is dropped from every text that leaves this
package. What decides is thus always what Python-Markdown renders with the site's own extensions,
never a second reading of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from lxml.html import HtmlElement
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import Treeprocessor

from handbook.base.html import fragment
from handbook.base.site_config import ConfigError, SiteConfig
from handbook.pages.parsing.anchors import STASHED, PublicAnchors
from handbook.pages.parsing.source_map import mark, unmarked
from handbook.pages.vocabulary import Index

MADE_BY_MARKDOWN = "data-md"
"""Set on every element that Markdown made, so that typed HTML can be told apart."""

WITHOUT_ANCHOR = "data-no-anchor"
"""Set on headings that only have the id that `toc` makes up, which moves when the page changes."""

_BEFORE_TOC = 6
"""`attr_list` (8) and the public anchors (7) have given their ids before 6, `toc` (5) has not."""
_HEADINGS = {f"h{level}" for level in range(1, 7)}
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FENCE_OPTIONS = re.compile(
    r"^([ >]*(?:`{3,}|~{3,}) *[\w+.#-]*) +(?:title|hl_lines|linenums) *=.*", re.MULTILINE
)
"""What superfences takes for a fence only where Pygments colours the code, as on the site."""


class Unrenderable(Exception):  # noqa: N818 - a finding about a page, not a failure of the program
    """Markdown itself fails on the page, as it would in the build."""


class _MarkOrigin(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element is not root and not self._is_wrapper(element):
                element.set(MADE_BY_MARKDOWN, "")
            if element.tag in _HEADINGS and not element.get("id"):
                element.set(WITHOUT_ANCHOR, "")

    def _is_wrapper(self, element: Element) -> bool:
        """A paragraph around a block of HTML, which Markdown takes away if it has no attributes."""
        stashed = STASHED.fullmatch(element.text or "")
        if element.tag != "p" or len(element) or not stashed:
            return False
        html = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
        return isinstance(html, str) and RawHtmlPostprocessor(self.md).isblocklevel(html)


class _Origin(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_MarkOrigin(md), "mark-origin", _BEFORE_TOC)


class _References(dict[str, tuple[str, str]]):
    """Link definitions, found also under a name that runs over two lines and so holds a mark."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(unmarked(str(name)))

    def __getitem__(self, name: str) -> tuple[str, str]:
        return super().__getitem__(unmarked(name))


class Renderer:
    """Renders pages with the site's extensions; make one and use it for many pages.

    Raises:
        ConfigError: if one of the extensions cannot be loaded.
    """

    def __init__(self, config: SiteConfig, terms: Index) -> None:
        settings = {name: dict(values) for name, values in config.extension_settings.items()}
        # Neither changes what the page says: link signs beside headings, colours in code.
        settings["toc"] = {**settings.get("toc", {}), "permalink": False, "anchorlink": False}
        settings["pymdownx.highlight"] = {"use_pygments": False}
        try:
            self._markdown = Markdown(
                extensions=[*config.extensions, PublicAnchors(terms), _Origin()],
                extension_configs=settings,
            )
        except Exception as error:  # any extension may raise anything
            raise ConfigError("config.extensions", found=error) from error
        self._markdown.references = _References()

    def html(self, lines: Sequence[str], first_line: int) -> str:
        """The rendered Markdown, with marks; `first_line` is the number of `lines[0]` in the file.

        Raises:
            Unrenderable: if Markdown fails, for example on nesting deeper than it can follow.
        """
        # Markdown expands tabs first of all, by columns: it must not count the marks.
        readable = UNREADABLE.sub("\ufffd", "\n".join(lines)).expandtabs(4)
        readable = _FENCE_OPTIONS.sub(r"\1", readable)
        numbered = enumerate(readable.split("\n"), start=first_line)
        marked = "\n".join(mark(line, number) for number, line in numbered)
        try:
            return str(self._markdown.reset().convert(marked))
        except Exception as error:  # any extension may raise anything
            raise Unrenderable(f"{type(error).__name__}: {error}") from error

    def render(self, lines: Sequence[str], first_line: int) -> HtmlElement:
        """The rendered page as a tree, with marks; arguments and errors as those of `html`."""
        return fragment(self.html(lines, first_line))
