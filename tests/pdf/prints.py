"""Printed files as a reader's program sees them: text, lines, tags, fields, where links lead."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2
from pypdf.generic import DictionaryObject

MILLIMETRE = 72 / 25.4
HEAD, FOOT = 24 * MILLIMETRE, 23.5 * MILLIMETRE
"""What of a page belongs to the running head and foot."""

_HYPHEN_AT_LINE_END = re.compile("[\x02\ufffe]")
"""How PDFium gives a hyphen at which a line ends; words are never broken otherwise."""
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_PAGES_AND_ADDRESSES = re.compile(
    r"（第\s*\d+\s*(?:頁|页)）|\(page\s+\d+\)|[（(]\s*handbook\.example[^）)]*[）)]"
)


@dataclass(frozen=True)
class Tag:
    """A tag of the file's structure: its kind, its own language, and its attributes."""

    kind: str
    language: str
    depth: int
    values: DictionaryObject


@dataclass(frozen=True, eq=False)
class Print:
    """A printed file."""

    name: str
    pdf: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.pdf))

    @cached_property
    def document(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.pdf)

    @property
    def catalog(self) -> Any:
        return self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, without running head and foot."""
        return [self._text(n) for n in range(len(self.document))]

    @cached_property
    def text(self) -> str:
        return "\n".join(self.pages)

    @cached_property
    def running(self) -> str:
        """All text without white space, and without what print alone adds to a link."""
        return squeezed(_PAGES_AND_ADDRESSES.sub("", self.text))

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line with its page, from 1."""
        for number, page in enumerate(self.pages, start=1):
            for line in page.splitlines():
                if line.strip():
                    yield number, line.strip()

    def whole_page(self, number: int) -> str:
        """The text of a page with its running head and foot."""
        return str(self.document[number - 1].get_textpage().get_text_range())

    def foot(self, number: int) -> str:
        """The text of a page's foot, in one line from left to right."""
        page = self.document[number - 1]
        text = page.get_textpage().get_text_bounded(0, 0, page.get_width(), FOOT)
        return " ".join(text.split())

    def outer_head(self, number: int) -> str:
        """The text of a page's head, in the half that is away from the spine."""
        page = self.document[number - 1]
        (width, height), recto = page.get_size(), number % 2
        left, right = (width / 2, width) if recto else (0, width / 2)
        return str(page.get_textpage().get_text_bounded(left, height - HEAD, right, height))

    def _text(self, number: int) -> str:
        page = self.document[number]
        width, height = page.get_size()
        box = {"left": 0, "bottom": FOOT, "right": width, "top": height - HEAD}
        if number == 0:
            box |= {"bottom": 0, "top": height}
        return _HYPHEN_AT_LINE_END.sub("-", page.get_textpage().get_text_bounded(**box))

    def languages(self) -> list[str]:
        """The languages of passages within a line, as the pages mark them."""
        pages = [page.get_contents() for page in self.reader.pages]
        drawn = "".join(each.get_data().decode("latin-1") for each in pages if each is not None)
        return re.findall(r"/Span<<[^>]*/Lang\(([\w-]+)\)", drawn)

    def sizes(self) -> set[float]:
        """Every size of type that is seen, in points."""
        found = set()
        for page in self.document:
            text = page.get_textpage()
            for n in range(text.count_chars()):
                found.add(round(pypdfium2.raw.FPDFText_GetFontSize(text, n), 1))
        return found - {1.0}  # what PDFium makes up between words and lines

    def filled(self, number: int) -> float:
        """How far down a page's text reaches, as a share of the height that text has."""
        page = self.document[number - 1]
        text = page.get_textpage()
        top, bottom = page.get_height() - HEAD, FOOT
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        lowest = min((low for _, low, _, high in boxes if high > bottom and low < top), default=top)
        return float((top - lowest) / (top - bottom))

    def tags(self) -> Iterator[Tag]:
        """The structure, in reading order."""
        yield from _tags(self.catalog["/StructTreeRoot"], 0)

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Every bookmark with its depth and page, from 1."""
        return list(self._bookmarks(self.reader.outline, 0))

    def _bookmarks(self, outline: Any, depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in outline:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, depth + 1)
            else:
                page = self.reader.get_destination_page_number(entry)
                assert page is not None, entry
                yield depth, entry.title, page + 1

    def annotations(self, kind: str) -> list[Any]:
        pages: Any = self.reader.pages
        found = [each.get_object() for page in pages for each in page.get("/Annots", ())]
        return [each for each in found if each["/Subtype"] == kind]

    def fonts(self) -> dict[str, Any]:
        """Every font that a page or a field uses, by name, with its descriptor."""
        found: dict[str, Any] = {}
        resources = [page["/Resources"] for page in self.reader.pages]
        if "/AcroForm" in self.catalog:
            resources.append(self.catalog["/AcroForm"]["/DR"])
        for each in resources:
            for reference in each.get_object().get("/Font", {}).values():  # type: ignore[union-attr]
                font = reference.get_object()
                descendant = font.get("/DescendantFonts", [font])[0].get_object()
                found[str(font["/BaseFont"])] = descendant["/FontDescriptor"]
        return found


def _tags(element: Any, depth: int) -> Iterator[Tag]:
    element = element.get_object()
    if not isinstance(element, DictionaryObject):
        return
    if "/S" in element:
        yield Tag(str(element["/S"]), str(element.get("/Lang", "")), depth, element)
    below: Any = element.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    for child in below if isinstance(below, list) else [below]:
        if hasattr(child, "get_object"):
            yield from _tags(child, depth + 1)


def squeezed(text: str) -> str:
    """`text` without white space, and with straight apostrophes and quotation marks."""
    return re.sub(r"\s", "", text).translate(_STRAIGHT)
