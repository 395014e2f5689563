"""One walk over a rendered page that notes everything the rules and the parser look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from lxml.html import HtmlElement

from handbook.base.html import inner
from handbook.pages.model import PLAIN, Block, Heading, Link, Passage, Tag, TextRun
from handbook.pages.parsing.rendering import MADE_BY_MARKDOWN, WITHOUT_ANCHOR
from handbook.pages.parsing.source_map import MARKS, line_of, unmarked
from handbook.pages.schema import label_of

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "div", "table", "thead", "tbody", "tr",
    "th", "td", "pre", "details", "summary", "figure", "section", *_HEADINGS,
}  # fmt: skip
_INLINE = {"strong", "em", "code", "br", "hr"}
_PLAIN = _BLOCKS - {"details", "summary", "figure", "section"} | _INLINE
"""What Markdown makes by itself; by `markdown="1"` it also makes what can act, such as a form."""
_OURS = {MADE_BY_MARKDOWN, WITHOUT_ANCHOR, "data-typed-id"}
_CODE = {"pre", "code", "kbd", "samp"}
_CONTAINERS = {"blockquote": "quote", "ul": "list", "ol": "list", "dl": "list", "details": "box"}
LABEL = re.compile(r"<strong>(.*?)</strong>\s*([:：]?)\s*", re.DOTALL)
"""The bold words and the colon with which the HTML of a labelled paragraph begins."""
_SIGNED = re.compile(rf"([*_]+)({MARKS.pattern})")
"""Bold that is not closed: its sign stands on the line of the mark behind it."""
_MARK_OR_TEXT = re.compile(f"({MARKS.pattern})")


class _Inside(NamedTuple):
    """What surrounds an element."""

    code: bool = False
    language: str = ""
    container: str = ""


class Observation:
    """What a rendered page holds, in the order of the page.

    Args:
        body: the page, rendered with marks.
        lines: all of the file.
        first_line: where its Markdown begins.
    """

    def __init__(self, body: HtmlElement, lines: Sequence[str], first_line: int) -> None:
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.runs: list[TextRun] = []
        self._lines = lines
        self._line = first_line
        self._marks: list[int] = []
        self._typed: dict[str, tuple[int, int]] = {}
        self._places: dict[HtmlElement, int] = {}
        self._heading_of: dict[HtmlElement, Heading] = {}
        self._document(body)
        self._children(body, _Inside())
        self.blocks = [self._block(element) for element in body if _is_block(element)]

    def _document(self, body: HtmlElement) -> None:
        """A typed `<html …>` or `<body …>` leaves its attributes on the page's own."""
        for element in (body.getparent(), body):
            if element is not None and element.attrib:
                name = str(element.tag)
                attributes = _attributes(dict(element.attrib))
                self.tags.append(Tag(name, attributes, self._typed_line(name), raw=True))

    def _children(self, element: HtmlElement, inside: _Inside) -> None:
        self._text(element.text, inside)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, inside)
            self._text(child.tail, inside)

    def _element(self, element: HtmlElement, inside: _Inside) -> None:
        name: str = element.tag
        given = {str(key): str(value) for key, value in element.attrib.items()}
        raw = MADE_BY_MARKDOWN not in given
        typed = raw and name not in _CODE
        line = self._typed_line(name) if typed else self._line
        index, marks = len(self.tags), len(self._marks)
        self.tags.append(PLAIN)  # until all that is in it has been seen
        within = _Inside(
            inside.code or name in _CODE,
            given.get("lang") or inside.language,
            inside.container or _container(name, given.get("class", "")),
        )
        self._children(element, within)
        if (
            not typed
            and len(self._marks) > marks
            and (name in _BLOCKS or MARKS.match(element.text or ""))
        ):
            line = self._marks[marks]
        self._places[element] = line
        attributes = _attributes(given)
        plain = name in _PLAIN and not raw and not attributes
        self.tags[index] = PLAIN if plain else Tag(name, attributes, line, raw)
        if name in _HEADINGS:
            self._heading(element, given, inside.container or ("html" if raw else ""), line)
        if len(given) > 1 or raw:
            self._note(element, given, line)

    def _heading(
        self, element: HtmlElement, given: Mapping[str, str], container: str, line: int
    ) -> None:
        heading = Heading(
            _HEADINGS[element.tag],
            _words(element),
            line,
            "" if WITHOUT_ANCHOR in given else unmarked(given.get("id", "")),
            unmarked(given.get("data-typed-id", "")),
            container,
        )
        self._heading_of[element] = heading
        self.headings.append(heading)

    def _note(self, element: HtmlElement, given: Mapping[str, str], line: int) -> None:
        name = element.tag
        anchor = given.get("id") or (given.get("name") if name == "a" else None)
        if anchor and WITHOUT_ANCHOR not in given:
            self.anchors.append(unmarked(anchor))
        target = given.get("href" if name == "a" else "src")
        if target is not None and name in {"a", "img"}:
            text = _words(element) if name == "a" else unmarked(given.get("alt", ""))
            raw = MADE_BY_MARKDOWN not in given
            self.links.append(Link(name, unmarked(target), text, line, raw))

    def _text(self, text: str | None, inside: _Inside) -> None:
        if not text:
            return
        for part in _MARK_OR_TEXT.split(_SIGNED.sub(r"\2\1", text)):
            if MARKS.fullmatch(part):
                self._line = line_of(part)
                self._marks.append(self._line)
            elif part.strip():
                self.runs.append(
                    TextRun(part.strip("\n"), self._line, inside.code, inside.language)
                )

    def _typed_line(self, name: str) -> int:
        """Typed HTML may carry no mark: its line is the next one that opens this element."""
        opening = _opening_tag(name)
        line, column = max((self._line, 0), self._typed.get(name, (0, 0)))
        for number in range(line, len(self._lines) + 1):
            match = opening.search(self._lines[number - 1], column)
            if match:
                self._typed[name] = number, match.end()
                return number
            column = 0
        return self._line

    def _block(self, element: HtmlElement) -> Block:
        items: tuple[Passage, ...] = ()
        if element.tag in {"ul", "ol"}:
            items = tuple(self._passage(item) for item in element if item.tag == "li")
        passage, kind = self._passage(element), ""
        if element.tag == "p" and (match := LABEL.match(passage.html)):
            bold = re.sub(r"<[^>]*>", "", match[1])
            kind = label_of(bold) if match[2] or bold.rstrip().endswith((":", "：")) else ""
        return Block(element.tag, passage, items, self._heading_of.get(element), kind)

    def _passage(self, element: HtmlElement) -> Passage:
        return Passage(_words(element), _inner_html(element), self._places.get(element, 1))


def _is_block(element: HtmlElement) -> bool:
    """Markdown wraps some comments in a paragraph of their own: that is no block to a reader."""
    if not isinstance(element.tag, str):
        return False
    only_comments = not any(isinstance(child.tag, str) for child in element)
    return element.tag != "p" or not only_comments or bool(_words(element))


@cache
def _opening_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{re.escape(name)}(?![\w-])", re.IGNORECASE)


def _attributes(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The attributes as typed; a tag over several lines has marks among them."""
    if len(given) == 1 and MADE_BY_MARKDOWN in given:
        return ()
    pairs = ((unmarked(name), unmarked(value)) for name, value in given.items())
    return tuple((name, value) for name, value in pairs if name and name not in _OURS)


def _container(name: str, classes: str) -> str:
    """What a heading within an element is hidden in; Markdown puts headings into nothing else."""
    if "admonition" in classes.split():
        return "box"
    return _CONTAINERS.get(name, "html")


def _words(element: HtmlElement) -> str:
    return " ".join(unmarked("".join(element.itertext())).split())


def _inner_html(element: HtmlElement) -> str:
    return unmarked(inner(element)).replace(f' {MADE_BY_MARKDOWN}=""', "")
