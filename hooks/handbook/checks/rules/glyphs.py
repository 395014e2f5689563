"""Characters that the printed handbook has no glyph for: with one, its PDFs could not be made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from handbook.checks.rules.places import vocabulary_lines
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.model import Page
from handbook.site.print.glyphs import without_glyph

PRINT_CHARACTER = rule("print-character")

_PRINTED = {"index", "overview", "about"}
"""The pages that are printed, beside those of the roles."""
_UNPRINTED_PART = "everyday:"
"""From here on the vocabulary serves search alone."""


def check_print_characters(page: Page) -> Iterator[Diagnostic]:
    """One diagnostic a line, at the first such character."""
    if not (page.is_role or page.key in _PRINTED) or not without_glyph(_words(page)):
        return
    first: dict[int, str] = {}
    for run in page.runs:
        if found := without_glyph(run.text):
            first.setdefault(run.line, found)
    for line, found in first.items():
        yield _missing(found, page.lines[line - 1], Place(page.path, line, 1, page.language))


def check_vocabulary(path: Path, shown: str) -> Iterator[Diagnostic]:
    """The same for the vocabulary, which is printed as the glossary.

    Args:
        path: the file.
        shown: its path as messages give it.
    """
    for number, line in enumerate(vocabulary_lines(path), start=1):
        if line.startswith(_UNPRINTED_PART):
            return
        if not line.lstrip().startswith("#") and (found := without_glyph(line)):
            yield _missing(found, line, Place(shown, number))


def _words(page: Page) -> str:
    return "".join(run.text for run in page.runs)


def _missing(found: str, line: str, at: Place) -> Diagnostic:
    place = Place(at.path, at.line, max(line.find(found), 0) + 1, at.language)
    name = unicodedata.name(found, "").title()
    code = f"U+{ord(found):04X}" + (f" {name}" if name and "Ideograph" not in name else "")
    return PRINT_CHARACTER.at(place, found=found, code=code)
