"""SVG drawings: each only draws, with what is on the lists, and not without end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.parsers import expat

from handbook.base.words import both
from handbook.checks.rules.docs.drawing_css import (
    DOCTYPES,
    EDITORS,
    ELEMENTS,
    EVERYTHING,
    SVG,
    Element,
    EndlessError,
    Found,
    Refused,
    Spread,
    add_painted,
    in_attribute,
    in_note,
    in_style_sheet,
    needs_parser,
    work,
)
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.site.page.pictures import drawing_size

FILE_DRAWING = rule("file-drawing")


LARGEST_SIDE = 20_000
MOST_WORK = 50_000
"""Elements, each as often as it is drawn. A page with 100,000 takes seconds to print."""

_MOST_CSS = 50_000
_DEEPEST = 100
_MOST_TOLD = 10
_TAKE_AWAY = both("rule.drawings.take-away")
_EXPORT = both("rule.drawings.export")
_SAVE = both("rule.drawings.save")
_GIVE_NAMESPACE = both("rule.drawings.give-namespace", svg=SVG)
_MUCH_WORK = both("rule.drawings.much-work")


class _Enough(Exception):  # noqa: N818 - a finding about a file
    """What stands below need not be read."""


def check_drawing(raw: bytes, place: Place) -> Iterator[Diagnostic]:
    """What of an SVG file is not on the lists, each at its line."""
    reader = _Reader(raw, place)
    try:
        reader.read()
    except _Enough:
        pass
    except expat.ExpatError as error:
        broken = both("rule.drawings.broken")
        reader.problems.append(_problem(place, broken, _SAVE, error.lineno, error.offset + 1))
    if not reader.problems and (found := _bounds(raw, reader)):
        reader.problems.append(_problem(place, *found))
    yield from reader.problems


def _bounds(raw: bytes, reader: _Reader) -> tuple[dict[str, str], dict[str, str]] | None:
    """What of a drawing is boundless, and what to do."""
    try:
        add_painted(reader.elements, reader.painted, MOST_WORK)
        if work(reader.elements) > MOST_WORK:
            return _MUCH_WORK, _EXPORT
    except EndlessError:
        return _MUCH_WORK, _EXPORT
    width, height = drawing_size(raw) or (1, 1)
    is_shown = min(width, height) > 0 and max(width, height) <= LARGEST_SIDE
    return None if is_shown else (both("rule.drawings.no-size"), both("rule.drawings.give-size"))


def _problem(
    place: Place, found: object, fix: object, line: int = 1, column: int = 1
) -> Diagnostic:
    return FILE_DRAWING.at(Place(place.path, line, column, place.language), found=found, fix=fix)


class _Reader:
    """Reads a drawing from top to bottom; what declares entities ends it before any is used."""

    def __init__(self, raw: bytes, place: Place) -> None:
        self.problems: list[Diagnostic] = []
        self.elements: list[Element] = []
        self.painted: dict[str, set[tuple[str, Spread]]] = defaultdict(set)
        """What the style sheets paint with, by the name that they use."""
        self._raw, self._place = raw, place
        self._open: list[int] = []
        self._sheet: list[str] | None = None
        self._sheet_line = 1
        self._css = self._vertices = 0
        self._refused = 0
        """The depth of the element that is refused with all that is within; 0 outside of it."""

    def read(self) -> None:
        """Read all of it.

        Raises:
            _Enough: if more cannot or need not be told.
            expat.ExpatError: if it is no XML.
        """
        try:
            self._raw.decode()
        except UnicodeDecodeError as error:
            self._tell(both("rule.drawings.not-utf8"), _SAVE, error.start)
            raise _Enough from error
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.SkippedEntityHandler = self._entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.Parse(self._raw, True)

    def _tell(self, found: object, fix: object = _TAKE_AWAY, at: int | None = None) -> None:
        at = self._parser.CurrentByteIndex if at is None else at
        line = self._raw.count(b"\n", 0, at) + 1
        column = len(self._raw[self._raw.rfind(b"\n", 0, at) + 1 : at].decode()) + 1
        self._tell_at(line, column, found, fix)

    def _tell_at(self, line: int, column: int, found: object, fix: object) -> None:
        self.problems.append(_problem(self._place, found, fix, line, column))
        if len(self.problems) == _MOST_TOLD:
            raise _Enough

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            self._tell(f'encoding="{encoding}"', _SAVE)

    def _doctype(
        self, _name: str, system: str | None, _public: str | None, has_subset: int
    ) -> None:
        if has_subset or system not in DOCTYPES:
            self._tell("<!DOCTYPE>")
            raise _Enough

    def _instruction(self, target: str, _data: str) -> None:
        self._tell(f"<?{target}?>")

    def _entity(self, name: str, _is_parameter: int) -> None:
        self._tell(f"&{name};")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if len(self._open) == _DEEPEST or len(self.elements) == MOST_WORK:
            deep = len(self._open) == _DEEPEST
            self._tell(both("rule.drawings.deep") if deep else _MUCH_WORK, _EXPORT)
            raise _Enough
        self._add(tag, attributes)
        if self._refused:  # what is within goes with it
            return
        is_drawn = namespace == SVG and tag in ELEMENTS
        if len(self._open) == 1 and name != f"{SVG} svg":
            self._tell(f"<{tag}>", _GIVE_NAMESPACE)
            raise _Enough
        if self._sheet is not None or not (is_drawn or namespace in EDITORS):
            self._refused = len(self._open)
            self._tell(f"<{tag}>")
            return
        for key, value in attributes.items():
            if is_drawn and needs_parser(key, value):
                self._count_css(value)
            self._judge(key, in_attribute(tag, key, value) if is_drawn else in_note(key, value))
        if is_drawn and tag == "style":
            self._sheet = []

    def _add(self, tag: str, attributes: dict[str, str]) -> None:
        own = attributes.get("id", "")
        classes = (f".{each}" for each in attributes.get("class", "").split())
        self._open.append(len(self.elements))
        names = frozenset({tag, EVERYTHING, f"#{own}", *classes})
        self.elements.append(Element(own, names, vertices=-self._vertices))
        line = attributes.get("d", "") + attributes.get("points", "")
        self._vertices += len(line) // 2 + 1  # a sign and a number each, at least

    def _judge(self, key: str, found: Found) -> None:
        for each in found:
            if isinstance(each, Refused):
                start = self._parser.CurrentByteIndex
                at = self._raw.find(key.rpartition(" ")[2].encode(), start)
                self._tell(each.text, at=max(at, start))
            else:
                self.elements[-1].uses.append((each.target, each.spread))

    def _end(self, _name: str) -> None:
        if self._refused == len(self._open):
            self._refused = 0
        element = self.elements[self._open.pop()]
        element.end = len(self.elements)
        element.vertices += self._vertices
        if self._sheet is not None and not self._refused:
            sheet, self._sheet = "".join(self._sheet), None
            self._style_sheet(sheet)

    def _text(self, text: str) -> None:
        if self._sheet is not None:
            if not self._sheet:
                self._sheet_line = self._parser.CurrentLineNumber
            self._sheet.append(text)

    def _style_sheet(self, sheet: str) -> None:
        self._count_css(sheet)
        for each in in_style_sheet(sheet):
            if isinstance(each, Refused):
                self._tell_at(self._sheet_line + each.line - 1, 1, each.text, _TAKE_AWAY)
            else:
                for name in each.painted:
                    self.painted[name].add((each.target, each.spread))

    def _count_css(self, css: str) -> None:
        self._css += len(css)
        if self._css > _MOST_CSS:
            self._tell(both("rule.drawings.much-css"), _EXPORT)
            raise _Enough
