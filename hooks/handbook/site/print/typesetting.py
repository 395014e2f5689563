"""Sets a book with Typst: the same bytes on every machine, tagged for assistive technology."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from handbook.base.words import Told
from handbook.pages.handbook_file import OWN

_HERE = Path(__file__).parent
TEMPLATES = {
    "book": (_HERE / "words.typ", _HERE / "design.typ", _HERE / "book.typ"),
    "pack": (_HERE / "words.typ", _HERE / "pack.typ"),
}
"""What sets each kind of file: these, one after the other."""
FONTS = _HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"


class TypesettingError(Told):
    """A book cannot be printed; says why, and what to look for."""


class Typesetter:
    """Sets books; make one and use it for many.

    Args:
        root: the repository, where pictures are.
        date: what the files give as the time at which they were made.
    """

    def __init__(self, root: Path, date: datetime) -> None:
        self._compiler = typst.Compiler(root=str(root.resolve()), font_paths=fonts())
        self._date = int(date.astimezone(UTC).timestamp())
        self._templates = {
            kind: b"".join(path.read_bytes() for path in paths) for kind, paths in TEMPLATES.items()
        }

    def pdf(self, book: Mapping[str, Any]) -> bytes:
        """The book as a PDF.

        Raises:
            TypesettingError: if a character has no glyph, a picture no description, and so on.
        """
        try:
            made, warnings = self._compiler.compile_with_warnings(
                input=self._templates[book["kind"]],
                format="pdf",
                sys_inputs={
                    "book": json.dumps(book, ensure_ascii=False),
                    "accent": OWN.accent.light.text,
                },
                pdf_standards=[STANDARD],
                timestamp=self._date,
            )
        except typst.TypstError as error:
            raise TypesettingError("print.said", said=[error.message, *error.hints]) from error
        if warnings:  # such as a font that is not there: Typst would leave its words out
            raise TypesettingError("print.said", said=[each.message for each in warnings])
        assert isinstance(made, bytes), "Typst gives one file for one PDF"  # noqa: S101
        return made


@cache
def fonts() -> typst.Fonts:
    """Those that all prints and pictures are set in, and no others."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
